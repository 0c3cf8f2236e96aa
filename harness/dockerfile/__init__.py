"""Dockerfile -> Recipe: parsed and checked by us, no engine asked, no frontend run. Pure."""

from harness.dockerfile.draft import PATH
from harness.dockerfile.reading import read
from harness.dockerfile.recipe import BuildStage, Copy, Image, Recipe, Run
from harness.dockerfile.runlines import Wanted

__all__ = ["PATH", "BuildStage", "Copy", "Image", "Recipe", "Run", "Wanted", "read"]
