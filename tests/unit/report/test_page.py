"""The page: what a lead sees first, that every lost point shows why, and that it is sound HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from harness.model import Chart, Finding, Place, Score
from harness.report import render
from harness.report.view import view

PageOf = Callable[[Any], str]
RUNS = pytest.mark.parametrize("any_run", ["excellent", "poor", "broken", "ungraded"], indirect=True)
VOID = {"meta", "link", "br"}
CSS = Path(render.__code__.co_filename).with_name("report.css")


@RUNS
def test_the_same_run_gives_the_same_bytes_wherever_it_is_written(any_run: Any, tmp_path: Path) -> None:
    first = render(any_run.card, any_run.evidence, any_run.assignment, tmp_path / "a")
    second = render(any_run.card, any_run.evidence, any_run.assignment, tmp_path / "elsewhere/b")
    assert [p.relative_to(tmp_path / "a").as_posix() for p in first] == [
        "report.html",
        "results/summary.md",
        "results/junit.xml",
    ]
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]


@RUNS
def test_the_page_has_no_script_loads_nothing_and_says_so_to_the_browser(
    any_run: Any, page_of: PageOf
) -> None:
    page = page_of(any_run)
    assert page.count("<script") == 0
    names = [name for _, attributes in page_elements(page) for name in attributes]
    assert not [name for name in names if name.startswith("on") or name in {"src", "srcset", "action"}]
    assert set(re.findall(r"https?://[^\"' ]+", page)) <= {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\((?!#)", page)
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    policy = f'<meta http-equiv="Content-Security-Policy" content="{policy}'
    assert policy in page
    assert page.index(policy) < page.index("<style>")


@RUNS
def test_the_page_is_sound_html_with_headings_in_order(any_run: Any, page_of: PageOf) -> None:
    page = page_of(any_run)
    open_tags: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            if tag not in VOID:
                open_tags.append(tag)

        def handle_startendtag(self, tag: str, attrs: Any) -> None:
            pass

        def handle_endtag(self, tag: str) -> None:
            assert open_tags.pop() == tag, self.getpos()

    reader = Reader()
    reader.feed(page)
    reader.close()
    assert open_tags == []
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@RUNS
def test_every_id_is_one_of_a_kind_and_every_link_leads_to_one(any_run: Any, page_of: PageOf) -> None:
    elements = page_elements(page_of(any_run))
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = {a["href"] for tag, a in elements if tag == "a"}
    labels = {f"#{name}" for _, a in elements for name in (a.get("aria-labelledby") or "").split()}
    assert {link.removeprefix("#") for link in links | labels} <= set(ids)
    assert len(links) > len(any_run.card.lines)


@RUNS
def test_every_lost_point_shows_its_reason_and_where_it_was_seen(any_run: Any, page_of: PageOf) -> None:
    blocks = _blocks(page_of(any_run))
    for line in any_run.card.lines:
        shown = blocks[line.criterion.id]
        assert _as_html(line.score.reason) in shown
        if line.points is not None and line.points < Decimal(str(line.weight)).quantize(Decimal("0.01")):
            findings = [f for f in line.score.findings if _as_html(f.what) in shown]
            stage = re.search(r'Evidence: <a href="#stage-\d+">', shown)
            said = "No finding came with this score" in shown or "no claim was made" in shown
            assert findings or stage or said, line.criterion.id


def test_points_are_printed_as_decimals(one: Callable[..., Any], page_of: PageOf) -> None:
    run = one({"A1": Score.graded(0.7125, "so so")})
    assert run.card.total == Decimal("71.25")
    page = page_of(run)
    assert "<strong>71.25</strong>" in page
    assert "71.2<" not in page


def test_the_first_screen_tells_the_total_its_interval_and_that_no_verdict_is_given(
    poor: Any, page_of: PageOf
) -> None:
    top = page_of(poor).split('id="criteria"')[0]
    low, high = poor.card.total_interval
    for words in (
        poor.assignment.title,
        str(poor.card.total),
        str(low),
        str(high),
        poor.card.submission[:12],
    ):
        assert _as_html(words) in top
    assert "no verdict on a person" in top
    assert not re.search(r"\b(no hire|hire|reject|recommend)\b", top, re.IGNORECASE)


def test_the_costliest_criterion_comes_first_with_its_reason_and_the_act(poor: Any) -> None:
    told = view(poor.card, poor.evidence, poor.assignment)
    assert [cost.blocks[0].line.criterion.id for cost in told.costs] == ["A3", "E2", "A1", "A2", "C1"]
    assert told.costs[0].lost == "18.75"
    assert "closure_code" in told.costs[0].act
    assert told.other_losses == "8.40"


def test_criteria_that_died_of_one_stage_are_one_cost(broken: Any, page_of: PageOf) -> None:
    told = view(broken.card, broken.evidence, broken.assignment)
    assert [b.line.criterion.id for b in told.costs[0].blocks] == ["A1", "A2", "A3", "E2"]
    assert told.costs[0].lost == "76.00"
    page = page_of(broken)
    assert "KeyError: &#39;closure_code&#39;" in page
    assert "A cap applies" in page


def test_what_is_strong_is_told_to_whoever_did_well(excellent: Any) -> None:
    told = view(excellent.card, excellent.evidence, excellent.assignment)
    assert told.any_strong
    assert [b.line.criterion.id for b in told.strengths] == ["A3", "A1", "E2", "A2"]


def test_without_anything_strong_what_came_closest_is_told(poor: Any, page_of: PageOf) -> None:
    told = view(poor.card, poor.evidence, poor.assignment)
    assert not told.any_strong
    assert [b.line.criterion.id for b in told.strengths] == ["A1", "B1"]
    assert "these came closest" in page_of(poor)


def test_a_withheld_total_shows_why_and_no_number(ungraded: Any, page_of: PageOf) -> None:
    top = page_of(ungraded).split('id="sections"')[0]
    assert "Total withheld" in top
    assert "A2 could not be graded" in top
    assert not re.search(r"\d\d\.\d\d", top.split("<body>")[1])


def test_a_criterion_that_does_not_apply_is_named_and_the_weights_are_explained(
    ungraded: Any, page_of: PageOf
) -> None:
    page = page_of(ungraded)
    assert "does not apply to the notebook track (weight 10.00 in the rubric)" in page
    assert "scaled to add up to 100" in page
    assert "weight 25.00 in the rubric" in _blocks(page)["A1"]


def test_a_major_finding_shows_its_lines_of_code_and_marks_the_hit(poor: Any, page_of: PageOf) -> None:
    block = _blocks(page_of(poor))["B3"]
    assert "src/train.py:9" in block
    assert re.search(
        'class="hit"><i>\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}   9</i> +except Exception:', block
    )


def test_findings_come_gravest_first_and_the_rest_is_folded(poor: Any, page_of: PageOf) -> None:
    block = _blocks(page_of(poor))["B3"]
    severities = re.findall(r'class="severity">(\w+)<', block)
    assert severities == ["critical", "major", *["minor"] * 12]
    assert "6 more findings, none graver" in block


def test_the_bar_of_a_section_is_points_earned_of_points_possible(poor: Any) -> None:
    told = view(poor.card, poor.evidence, poor.assignment)
    rows = {s.letter: (s.earned, s.possible, s.earned_share, s.standing.value) for s in told.sections}
    assert rows["A"] == ("24.22", "62.00", Decimal("39.1"), "judged")
    assert rows["D"] == ("0.00", "0.00", Decimal("0.0"), "not part of this assignment")


def test_people_get_slots_and_questions_that_come_from_lost_points(poor: Any, page_of: PageOf) -> None:
    told = view(poor.card, poor.evidence, poor.assignment)
    assert told.questions[0].criterion == "E2", "what looks odd is asked first"
    assert told.questions[1].criterion == "A3"
    assert told.questions[1].place == "src/train.py:16"
    page = page_of(poor)
    for slot in (
        "Business framing",
        "Explanation to a non-technical reader",
        "Domain judgement",
        "Follow-up",
    ):
        assert slot in page


def test_nobody_is_asked_about_points_they_did_not_lose(one: Callable[..., Any]) -> None:
    run = one({"A1": Score.graded(1.0, "all of it")})
    told = view(run.card, run.evidence, run.assignment)
    assert told.questions == ()
    assert told.costs == ()


def test_a_chart_that_cannot_be_drawn_never_costs_the_page(one: Callable[..., Any], page_of: PageOf) -> None:
    chart = Chart(kind="bars", title="Broken", x=("a", "b"), y=(1.0,))
    page = page_of(one({"A1": Score.graded(0.5, "half", charts=(chart,))}))
    assert "This chart could not be drawn: a chart&#39;s series have the same length." in page


def test_an_unproved_loss_is_owned_up_to(one: Callable[..., Any], page_of: PageOf) -> None:
    page = page_of(one({"A1": Score.graded(0.5, "half of it")}))
    assert "No finding came with this score" in page
    finding = Finding(what="here", place=Place(file="src/train.py", line=1))
    page = page_of(one({"A1": Score.graded(0.5, "half of it", findings=(finding,))}))
    assert "No finding came with this score" not in page


def test_a_card_of_another_run_is_refused(poor: Any, tmp_path: Path) -> None:
    other = replace(poor, card=poor.card.model_copy(update={"submission": "f" * 64}))
    with pytest.raises(ValueError, match="not of one run"):
        other.into(tmp_path / "run")
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_stands_out_from_its_background_in_both_schemes(scheme: int) -> None:
    block = re.findall(r":root \{(.*?)\}", CSS.read_text(encoding="utf-8"), re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))
    for text in ("ink", "muted", "accent", "weak"):
        for back in ("page", "card", "human-back", "act-back", "hit-back"):
            assert _contrast(colours[text], colours[back]) >= 4.5, (text, back)
    for bar in ("accent", "fair", "weak"):
        assert _contrast(colours[bar], colours["track"]) >= 3, bar


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _blocks(page: str) -> dict[str, str]:
    return dict(re.findall(r'<article id="(\w+)"(.*?)</article>', page, re.DOTALL))


def _as_html(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;").replace("<", "&lt;")


def page_elements(page: str) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, dict(attrs)))

    reader = Reader()
    reader.feed(page)
    reader.close()
    return found
