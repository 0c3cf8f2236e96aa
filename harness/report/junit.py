"""View -> results/junit.xml: one test case a criterion, so that any CI system can show the card.

A failure is a criterion below half of its value; an error one that we could not grade.
"""

from __future__ import annotations

from xml.etree import ElementTree

from harness.model import Verdict
from harness.report.blocks import Block
from harness.report.safe import xml
from harness.report.view import View

PASSING_VALUE = 0.5
MOST_FINDINGS = 50


def junit(view: View) -> str:
    """The document as text. Times are left out: they would differ between equal grades."""
    cases = [_case(block, view) for block in view.blocks] + [
        _left_out(out.criterion.id, out.criterion.title, out.reason, view) for out in view.card.left_out
    ]
    counts = {
        "tests": len(cases),
        "failures": sum(case.find("failure") is not None for case in cases),
        "errors": sum(case.find("error") is not None for case in cases),
        "skipped": sum(case.find("skipped") is not None for case in cases),
    }
    attributes = {"name": view.card.assignment, **{name: str(count) for name, count in counts.items()}}
    root = ElementTree.Element("testsuites", attributes)
    suite = ElementTree.SubElement(root, "testsuite", attributes)
    suite.extend(cases)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _case(block: Block, view: View) -> ElementTree.Element:
    score, leaf = block.line.score, block.line.criterion
    case = _named(leaf.id, leaf.title, view)
    points = f"{block.points or 'no'} of {block.weight} points"
    if score.verdict is Verdict.UNGRADED:
        _add(case, "error", f"not graded: {score.reason}", block, kind="ungraded")
    elif score.value is not None and score.value < PASSING_VALUE:
        _add(case, "failure", f"{points}: {score.reason}", block, kind=score.verdict.value)
    ElementTree.SubElement(case, "system-out").text = xml(f"{points}. {score.reason}")
    return case


def _left_out(name: str, title: str, reason: str, view: View) -> ElementTree.Element:
    case = _named(name, title, view)
    ElementTree.SubElement(case, "skipped", {"message": xml(reason)})
    return case


def _named(name: str, title: str, view: View) -> ElementTree.Element:
    return ElementTree.Element(
        "testcase", {"classname": f"{view.card.assignment}.{name[0]}", "name": xml(f"{name} {title}")}
    )


def _add(case: ElementTree.Element, tag: str, message: str, block: Block, *, kind: str) -> None:
    element = ElementTree.SubElement(case, tag, {"message": xml(message, limit=1000), "type": kind})
    told = [
        f"{seen.where or seen.stage or 'the submission'}: {seen.finding.what}"
        for seen in (*block.shown, *block.folded)
    ]
    element.text = "\n".join(xml(line, limit=500) for line in told[:MOST_FINDINGS])
