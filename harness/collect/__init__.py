"""Submission -> Evidence. The only step that runs candidate code; it cannot be given an answer key."""

from harness.collect.collect import Watcher, collect, collect_predictions
from harness.collect.stages import Ground, dockerfile_of

__all__ = ["Ground", "Watcher", "collect", "collect_predictions", "dockerfile_of"]
