"""A declared command -> the argv of a stage: braces filled in, a shell only where one was meant."""

from __future__ import annotations

import shlex

from harness.errors import SubmissionError

RUNNER = "/opt/takehome"
DATA, INPUT, OUTPUT, MODEL, KEPT = "/data", "/input", "/output", "/model", "/kept"
REFERENCE, CURRENT = "/reference", "/current"
SHELL_WORDS = frozenset({"&&", "||", "|", ";", ">", ">>", "<", "&"})


def argv_of(command: str, *, model: str, output: str = "predictions.csv") -> tuple[str, ...]:
    """The words of ``command`` with {data}, {model}, {input}, {reference}, {current} and {output} filled in.

    ``output``: the file that the stage keeps.

    Raises:
        SubmissionError: quotes that do not close.
    """
    filled = command
    for name, value in (
        ("data", DATA),
        ("model", model),
        ("input", INPUT),
        ("reference", REFERENCE),
        ("current", CURRENT),
        ("output", f"{OUTPUT}/{output}"),
    ):
        filled = filled.replace("{" + name + "}", value)
    try:
        words = shlex.split(filled)
    except ValueError as error:
        raise SubmissionError(f"the command {command!r} cannot be split into words: {error}") from None
    if not words:
        raise SubmissionError("the command is empty")
    meant_for_a_shell = any(word in SHELL_WORDS or word.endswith(";") for word in words)
    assigns_first = "=" in words[0] and words[0].split("=")[0].isidentifier()
    if meant_for_a_shell or assigns_first:
        return ("sh", "-c", filled)
    return tuple(words)


def environment(*, model: str, python_path: tuple[str, ...] = ()) -> dict[str, str]:
    """What every stage of theirs finds in its environment."""
    found = {
        "TAKEHOME_DATA": DATA,
        "TAKEHOME_INPUT": INPUT,
        "TAKEHOME_MODEL": model,
        "TAKEHOME_OUTPUT": OUTPUT,
    }
    return {**found, "PYTHONPATH": ":".join(python_path)} if python_path else found
