"""Who is about to leave: telco exports in, probabilities out."""
