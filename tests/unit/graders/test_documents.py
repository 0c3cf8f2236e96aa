"""E3, E4, E5: what a candidate writes earns by what it says, not by its words' number or order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graders.communication import form, issues_named, model_card
from graders.kit.case import GOOD_README, ISSUES, document, documents, make_evidence, told, write
from graders.words import Text, apart
from harness.model import AnswerKey, Evidence, Grader, Score, Track

NO_KEY = AnswerKey(root=Path("nowhere"))


def score(tmp_path: Path, grader: Grader[Any], report: dict[str, Any], *, track: Track = Track.REPO) -> Score:
    write(tmp_path, "static", "documents.json", json.dumps(report))
    evidence: Evidence = make_evidence(tmp_path)
    submission = evidence.submission.model_copy(update={"track": track})
    return grader.grade(evidence.model_copy(update={"submission": submission}), NO_KEY, told(grader))


def value(tmp_path: Path, grader: Grader[Any], *statements: str, **changes: Any) -> float:
    found = score(tmp_path, grader, documents(document("README.md", *statements, **changes)))
    assert found.value is not None
    return found.value


def test_without_a_readme_there_is_no_form_and_the_place_says_which_file(tmp_path):
    found = score(tmp_path, form.GRADER, {"documents": [], "paths": []})
    assert (found.value, found.findings[0].place.file) == (0.0, "README.md")


def test_the_starters_readme_is_nobodys_work(tmp_path):
    assert value(tmp_path, form.GRADER, "A small project that runs as it is.") == 0.0


def test_a_short_plain_readme_with_commands_loses_nothing(tmp_path):
    code = [
        {"language": "", "text": "python train.py --data data --model model " * 5, "line": 9, "cell": None}
    ]
    assert value(tmp_path, form.GRADER, *GOOD_README[:2], code=code) == 1.0


def test_a_broken_link_costs_and_one_to_what_training_writes_or_to_the_data_does_not(tmp_path):
    def links(*targets: str) -> float:
        found = [{"target": t, "image": False, "resolves": False, "line": 4, "cell": None} for t in targets]
        return value(tmp_path, form.GRADER, *GOOD_README, links=found)

    assert links("nowhere.md") == 0.5
    assert links("data/customers.csv", "model/metrics.json") == 1.0


def test_the_text_of_a_notebook_counts_as_its_readme(tmp_path):
    report = documents(document("solution.ipynb", *GOOD_README, kind="notebook"))
    assert score(tmp_path, form.GRADER, report, track=Track.NOTEBOOK).value == 1.0
    assert score(tmp_path, form.GRADER, report).value == 0.0


def test_ten_thousand_words_lose_the_length(tmp_path):
    long = [f"Sentence number {n} says one more thing that nobody reads." for n in range(1200)]
    assert value(tmp_path, form.GRADER, *long) < 0.5


def test_saying_the_same_again_makes_no_readme_longer(tmp_path):
    assert value(tmp_path, form.GRADER, *["It predicts churn quite well."] * 100) == 0.0


@given(st.permutations(range(len(GOOD_README))))
def test_issues_may_be_named_in_any_order(order):
    words = [Text(GOOD_README[n]) for n in order]
    for issue in ISSUES.issues:
        assert any(issues_named._names(text, Text(""), issue) for text in words)


@pytest.mark.parametrize(
    "told_so",
    [
        "The old system, LEGACY, bills in cents; I divide its monthly charges by 100.",
        "Amounts of LEGACY are a hundred times too large.",
        "Monthly charges needed converting, depending on who billed.",
    ],
)
def test_ones_own_words_name_an_issue(tmp_path, told_so):
    found = score(tmp_path, issues_named.GRADER, documents(document("README.md", told_so)))
    assert found.measures["named"] == 1.0


def test_a_word_for_the_column_alone_names_nothing(tmp_path):
    sentence = "Most important features: closure_code, monthly_charges, contract."
    assert value(tmp_path, issues_named.GRADER, sentence) == 0.0


def test_a_heap_of_keywords_in_one_sentence_names_little(tmp_path):
    dump = "legacy cents closure_code leak"
    found = score(tmp_path, issues_named.GRADER, documents(document("README.md", dump)))
    assert found.measures["named"] == 1.0


def test_claiming_every_fault_of_every_column_loses_by_precision(tmp_path):
    columns = ("monthly_charges", "closure_code", "partner", "dependents")
    faults = (
        "has missing values",
        "has typos in it",
        "is in mixed units",
        "leaks the outcome",
        "has outliers in it",
    )
    everything = [f"The column {column} {fault}" for column in columns for fault in faults]
    honest = value(tmp_path, issues_named.GRADER, *GOOD_README)
    assert honest == 1.0
    assert value(tmp_path, issues_named.GRADER, *everything) < 0.25


def test_one_invented_issue_is_free_and_three_beside_the_right_ones_cost(tmp_path):
    """We may have misread one."""
    invented = (
        "The column partner has missing values in it",
        "The column dependents has typos in it",
        "The column partner has outliers in it",
    )
    assert value(tmp_path, issues_named.GRADER, *GOOD_README, invented[0]) == 1.0
    found = score(tmp_path, issues_named.GRADER, documents(document("README.md", *GOOD_README, *invented)))
    assert found.value is not None
    assert found.value < 0.8
    assert "3 claims are not so" in found.reason


@pytest.mark.parametrize("shape", ["a line a column", "a line a fault", "one sentence"])
def test_a_table_of_all_faults_and_all_columns_loses_in_any_shape(tmp_path, shape):
    columns = ["monthly_charges", "closure_code", "partner", "dependents"]
    faults = [
        "missing values",
        "typos",
        "mixed units, cents",
        "a leak, known afterwards",
        "outliers",
        "duplicates",
    ]
    lines = {
        "a line a column": [f"{column}: {', '.join(faults)}" for column in columns],
        "a line a fault": [f"{fault}: {', '.join(columns)}" for fault in faults],
        "one sentence": [f"{', '.join(columns)}: {', '.join(faults)}"],
    }
    assert value(tmp_path, issues_named.GRADER, *lines[shape]) < 0.35


def test_saying_that_a_column_is_fine_is_no_false_claim(tmp_path):
    found = score(
        tmp_path,
        issues_named.GRADER,
        documents(
            document(
                "README.md",
                *GOOD_README,
                "partner has no missing values.",
                "dependents is complete, no typos.",
            )
        ),
    )
    assert found.measures["wrong"] == 0.0


def test_what_everybody_was_sent_earns_nothing_when_handed_back(tmp_path):
    write(tmp_path, "static", "documents.json", json.dumps(documents()))
    params = told(issues_named.GRADER).model_copy(update={"given": tuple(GOOD_README)})
    assert issues_named.GRADER.grade(make_evidence(tmp_path), NO_KEY, params).value == 0.0


def test_a_full_card_anywhere_in_the_documents_is_a_card(tmp_path):
    assert value(tmp_path, model_card.GRADER, *GOOD_README) == 1.0
    report = documents(document("docs/notes.md", *GOOD_README, kind="prose"))
    assert score(tmp_path, model_card.GRADER, report).value == 1.0


@pytest.mark.parametrize("left_out", range(2, 7))
def test_what_a_card_does_not_speak_of_costs_that_topic(tmp_path, left_out):
    rest = [sentence for n, sentence in enumerate(GOOD_README) if n not in (left_out, 8, 9)]
    assert value(tmp_path, model_card.GRADER, *rest) < 1.0


def test_a_card_of_template_text_is_worth_nothing(tmp_path):
    write(tmp_path, "static", "documents.json", json.dumps(documents()))
    params = told(model_card.GRADER).model_copy(update={"given": (" ".join(GOOD_README),)})
    assert model_card.GRADER.grade(make_evidence(tmp_path), NO_KEY, params).value == 0.0


def test_a_file_that_is_named_and_not_there_costs(tmp_path):
    report = documents(document("README.md", *GOOD_README, "See plots/slices.png for the rest."))
    found = score(tmp_path, model_card.GRADER, report)
    assert found.measures["files_named"] == 0.5


def test_features_with_one_figure_are_no_slices(tmp_path):
    sentence = "contract, two year, month to month and contract again reach 0.80"
    report = documents(document("README.md", sentence))
    assert score(tmp_path, model_card.GRADER, report).measures["metrics_by_slice"] == 0.0


def test_a_term_is_found_as_words_in_a_row_with_a_star_for_any_ending():
    text = Text("Monthly_Charges: -999 or 2.283,30, mis-spelt")
    assert text.has(("monthly charges",))
    assert text.has(("charg*",))
    assert text.has(("-999",))
    assert not text.has(("month",))
    assert not text.has(("charges monthly",))


def test_one_word_cannot_be_both_the_thing_and_what_is_wrong_with_it():
    text = Text("outcome")
    assert apart(text.spans(("outcome",)), text.spans(("outcome*",))) is None
