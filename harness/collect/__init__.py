"""Submission -> Evidence. The only step that runs candidate code; it cannot be given an answer key."""

from harness.collect.collect import collect, collect_predictions
from harness.collect.ground import Ground, Rival
from harness.collect.line import Watcher
from harness.collect.packages import collect_packages
from harness.collect.stages import ORDER

__all__ = ["ORDER", "Ground", "Rival", "Watcher", "collect", "collect_packages", "collect_predictions"]
