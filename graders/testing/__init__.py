"""C: tests. Whether the candidate's tests run, and whether they check anything."""
