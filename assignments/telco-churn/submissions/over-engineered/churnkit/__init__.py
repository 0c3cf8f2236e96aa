"""A configurable platform for churn models."""
