"""What the fixtures hold is for containers: pytest on the host must not import a line of it."""

collect_ignore_glob = ["*/submission", "*/submission/*", "_base", "_base/*"]
