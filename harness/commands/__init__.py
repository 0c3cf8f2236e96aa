"""Commands in groups: arguments in, an exit code out. What they do stands in the rooms they call."""
