import json

import pandas as pd
import pytest

from churnkit.core.events import Bus, Event
from churnkit.core.pipeline import DEFAULT, Pipeline
from churnkit.core.registry import MODELS, Registry
from churnkit.data.transformers import number


def test_a_registry_creates_what_was_registered():
    registry = Registry("thing")
    registry.register("list")(list)
    assert registry.create({"type": "list"}) == []


def test_a_registry_refuses_what_it_does_not_know():
    with pytest.raises(ValueError, match="unknown thing: 'ghost'"):
        Registry("thing").create({"type": "ghost"})


def test_every_handler_hears_every_event():
    heard = []

    class Ear:
        def handle(self, event):
            heard.append(event)

    Bus([Ear(), Ear()]).tell("done", rows=3)
    assert heard == [Event("done", {"rows": 3})] * 2


def test_the_default_configuration_builds_a_pipeline():
    pipeline = Pipeline(json.loads(DEFAULT.read_text()))
    assert len(pipeline.transformers) == 5


def test_a_stack_has_all_members():
    config = json.loads(DEFAULT.read_text())["pipeline"]["model"]
    assert len(MODELS.create(config).build().estimators) == 6


def test_numbers_are_read():
    assert number(pd.Series(["1,5", "2.283,30", "7"])).tolist() == [1.5, 2283.3, 7.0]
    assert number(pd.Series(["-999", "N/A"])).isna().all()
