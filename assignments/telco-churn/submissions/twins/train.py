"""Nothing to train."""
