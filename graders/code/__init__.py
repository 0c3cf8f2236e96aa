"""B: code. What our own analysers said about the submission, weighed."""
