"""Section D: the service as an operator meets it."""
