"""Enterprise fraud platform core."""
