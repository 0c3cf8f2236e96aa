"""E: communication. What was said against what was measured."""
