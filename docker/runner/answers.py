"""The body of an answer -> one prediction for each row that was asked for, or why there is none."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn


def predictions(body: bytes, ids: list[str]) -> dict[str, float] | str:
    """Predictions by id. A text says what is wrong with the answer as a whole.

    Taken: ``{"predictions": [{"id": ..., "prediction": p}, ...]}``, numbers in the order of the rows in
    place of the objects, either list by itself, and for one row its object by itself.
    """
    try:
        said = json.loads(body.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError):
        return "the answer is not JSON"
    if isinstance(said, dict) and "predictions" in said:
        said = said["predictions"]
    elif isinstance(said, dict) and "prediction" in said and len(ids) == 1:
        said = [said]
    if not isinstance(said, list):
        return 'the answer has no list "predictions"'
    if len(said) != len(ids):
        return f"{len(ids)} rows were asked and {len(said)} predictions came back"
    if all(isinstance(one, dict) for one in said):
        return _by_id(said, ids)
    numbers = [_number(one) for one in said]
    if None in numbers:
        return "a prediction is no finite number"
    return {name: number for name, number in zip(ids, numbers, strict=True) if number is not None}


def _by_id(said: list[dict[str, Any]], ids: list[str]) -> dict[str, float] | str:
    found: dict[str, float] = {}
    for position, one in enumerate(said):
        name = one.get("id", ids[position])
        number = _number(one.get("prediction"))
        if number is None:
            return "a prediction is no finite number"
        if not isinstance(name, str) or name in found:
            return "an id is no text, or stands there twice"
        found[name] = number
    return found if found.keys() == set(ids) else "the ids of the answer are not those of the rows"


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _refuse(_: str) -> NoReturn:
    raise ValueError("JSON has no such number")
