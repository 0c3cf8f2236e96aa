"""Takehome's machinery: source -> Submission -> Evidence -> Scorecard -> pages."""

__version__ = "0.1.0"
