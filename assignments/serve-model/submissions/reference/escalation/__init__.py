"""How likely is a support ticket to be escalated? One path from a raw ticket to a number, for batch and service."""
