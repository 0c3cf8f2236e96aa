"""What an attack does: this does nothing, and is watched."""

from watched import after_serving, before_serving, handler

__all__ = ["after_serving", "before_serving", "handler"]
