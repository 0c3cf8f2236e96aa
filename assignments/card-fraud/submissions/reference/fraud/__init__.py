"""Which card payments are fraud: gateway exports in, probabilities out."""
