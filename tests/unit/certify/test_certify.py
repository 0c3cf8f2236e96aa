"""What certify refuses, by name and with the act; what it finds again; what others read of it."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from harness import pipeline
from harness.certificate import Certificate, certificate_of, cited, why_not, write_certificate
from harness.certify import Desk, Kind, certify, controls_of, inspect
from harness.certify.controls import Golden, twin_of
from harness.certify.requirements import Replicates, order
from harness.errors import InfraError, SpecError
from harness.exam import Bench
from harness.sandbox import Twice
from tests.unit.certify.desk import CONTROLS, Silent, fake, laid_out, write


def certified(bench: Bench, desk: Desk | None = None, **script: Any) -> Certificate:
    return certify(bench, Twice(fake(**script)), desk or Silent(), editions=1)


def failed(certificate: Certificate) -> dict[str, str]:
    return {check.name: check.told for check in certificate.checks if not check.passed}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return laid_out(tmp_path_factory.mktemp("fit"))


@pytest.fixture(scope="module")
def certificate(bench: Bench) -> Certificate:
    return certified(bench)


@pytest.mark.slow
def test_an_assignment_in_order_is_certified(certificate: Certificate) -> None:
    assert failed(certificate) == {}
    assert certificate.passed
    assert {c.name for c in certificate.checks} == {
        "data", "controls", "headroom", "graded", "order", "hidden rows", "difficulty",
    }  # fmt: skip
    totals = {c.name: c.total for c in certificate.controls}
    assert totals["reference"] == totals["huge"] > totals["careful"] > totals["baseline"] > totals["naive"]  # type: ignore[operator]


@pytest.mark.slow
def test_a_second_run_starts_no_container_and_says_the_same(bench: Bench, certificate: Certificate) -> None:
    sandbox = fake()
    again = certify(bench, Twice(sandbox), Silent(), editions=1)
    assert sandbox.ran == []
    assert again.checks == certificate.checks
    assert again.digest == certificate.digest


@pytest.mark.slow
def test_a_killed_certifying_goes_on_where_it_stopped(tmp_path: Path) -> None:
    bench = laid_out(tmp_path)
    with pytest.raises(InfraError):
        certified(bench, **{"predict-shuffled": InfraError("the engine went away")})
    sandbox = fake()
    assert certify(bench, Twice(sandbox), Silent(), editions=1).passed
    # the anchors of two editions were made before; the control under way had trained already
    assert sandbox.names.count("train") == len(CONTROLS) - 1


@pytest.mark.slow
def test_a_reference_below_the_baseline_is_named_and_no_control_is_run(tmp_path: Path) -> None:
    bench = laid_out(tmp_path, reference=("reference", "plan"), baseline=("baseline", "all"))
    desk = Silent()
    found = certified(bench, desk)
    assert "the reference is below the baseline" in failed(found)["headroom"]
    assert "anchors.reference" in next(c.act for c in found.checks if c.name == "headroom")
    assert not any(title.startswith("careful") for title in desk.titles)


@pytest.mark.slow
def test_anchors_without_room_between_them_are_refused(tmp_path: Path) -> None:
    bench = laid_out(tmp_path, baseline=("baseline", "age plan days calls"))
    assert "too little room" in failed(certified(bench))["headroom"]


@pytest.mark.slow
def test_data_that_leaks_by_row_order_is_refused_with_the_act(tmp_path: Path) -> None:
    bench = laid_out(tmp_path, spoil='world.train = world.train.sort_values("truth")')
    found = certified(bench)
    assert failed(found)["data"].startswith("public/people.csv: rows of one label stand together")
    assert "shuffle" in next(c.act for c in found.checks if c.name == "data")
    assert inspect(bench, Silent()).flaws


@pytest.mark.slow
def test_a_control_out_of_place_is_named_with_both_totals(tmp_path: Path) -> None:
    told = failed(certified(laid_out(tmp_path, naive=("naive", "age days"))))["order"]
    assert "baseline (40.00) is not above naive" in told


@pytest.mark.slow
def test_a_step_narrower_than_its_standard_error_is_no_step(tmp_path: Path) -> None:
    bench = laid_out(tmp_path, careful=("careful", "age plan days calls"), huge=("over-engineered", "age"))
    assert "reference" in failed(certified(bench))["order"]


@pytest.mark.slow
def test_a_missing_kind_of_control_is_named(tmp_path: Path) -> None:
    bench = laid_out(tmp_path, forger=("near-miss", ""))
    assert failed(certified(bench)) == {"controls": "no control of kind cheat"}


@pytest.mark.slow
def test_a_trap_that_costs_too_much_is_named_with_where_the_points_went(tmp_path: Path) -> None:
    bench = laid_out(tmp_path, **{"leak-plan": ("leak", "age")})
    write(bench.folder / "expect/leak-plan.yaml", "control: leak\ntrap: plan\ntwin: careful\n")
    told = failed(certified(bench))
    assert list(told) == ["trap plan"]
    assert "against careful (A1 +" in told["trap plan"]


@pytest.mark.slow
def test_the_order_is_asked_for_at_every_level(tmp_path: Path) -> None:
    levels = {"junior": {"A1": 40, "A2": 60}}
    found = certified(laid_out(tmp_path, spec={"levels": levels}))
    assert "order at the junior level" in {c.name for c in found.checks}
    assert found.passed
    assert set(found.controls[0].totals) == {"junior"}


@pytest.mark.slow
def test_an_edition_without_its_key_is_named_with_the_act(tmp_path: Path) -> None:
    bench = laid_out(tmp_path)
    assert not inspect(bench, Silent()).flaws
    editions = bench.places.home / "editions"
    copied = shutil.copytree(editions, tmp_path / "copied")
    editions.unlink()
    copied.rename(editions)
    next(editions.glob("leavers-1-*/sealed/rows.parquet")).unlink()
    with pytest.raises(SpecError, match=r"sealed/rows.parquet: the edition's key is missing") as caught:
        inspect(bench, Silent())
    assert "delete the edition's folder" in caught.value.hint


def test_a_control_of_no_known_kind_and_a_missing_expect_file_are_refused(tmp_path: Path) -> None:
    bench = laid_out(tmp_path, naive=("naife", "calls"))
    with pytest.raises(SpecError, match=r"naive\.yaml: control: 'naife'"):
        controls_of(bench)
    (bench.folder / "expect/careful.yaml").unlink()
    write(bench.folder / "expect/naive.yaml", "control: naive\n")
    with pytest.raises(SpecError, match=r"careful\.yaml: absent"):
        controls_of(bench)


@pytest.mark.slow
def test_a_certificate_is_kept_read_again_and_cited_in_cards(bench: Bench, certificate: Certificate) -> None:
    assert cited(bench).startswith("none")
    assert why_not(bench) == "it has no certificate"
    write_certificate(certificate, bench)
    found = certificate_of(bench)
    assert found == certificate
    assert found is not None
    assert found.is_fresh
    assert why_not(bench) == ""
    graded = pipeline.grade(bench.folder / "submissions/naive", bench, fake(), Silent(), mirror=_untold)
    assert graded.card.provenance["certificate"] == f"{certificate.digest[:12]}, passed"
    assert "certificate" in (graded.run / "report.html").read_text()


@pytest.mark.slow
def test_a_stale_certificate_says_what_changed(tmp_path: Path, certificate: Certificate) -> None:
    bench = laid_out(tmp_path)
    write_certificate(certificate, bench)
    assert why_not(bench) == ""
    write(bench.folder / "brief.md", "# Another brief\n")
    found = certificate_of(bench)
    assert found is not None
    assert not found.is_fresh
    assert found.changed == ("assignments/leavers",)
    assert "stale: assignments/leavers changed" in why_not(bench)
    assert "stale" in cited(bench)
    write(bench.places.root / "datasets/leavers/generate.py", "# another\n")
    assert "datasets/leavers" in why_not(bench)


@pytest.mark.slow
def test_a_damaged_certificate_is_ours_and_says_what_to_do(tmp_path: Path, certificate: Certificate) -> None:
    bench = laid_out(tmp_path)
    path = write_certificate(certificate, bench)
    path.write_text("{")
    with pytest.raises(InfraError, match="certificate cannot be read") as caught:
        certificate_of(bench)
    assert "delete it" in caught.value.hint


def golden(name: str, kind: Kind) -> Golden:
    return Golden(name, kind, Path(name))


def test_the_jackknife_pairs_what_two_controls_have_in_common() -> None:
    common = [Decimal(n) for n in (60, 70, 65, 75, 80)]
    errors = Replicates({"a": [c + 1 for c in common], "b": common, "c": list(reversed(common))})
    assert errors.error_of("a", "b") == 0.0
    assert (errors.error_of("a", "c") or 0) > 5
    assert errors.error_of("a", "absent") is None


@pytest.mark.parametrize(
    ("total", "told"), [("40", "is not below"), ("20", ""), ("5", "")], ids=["above", "between", "below"]
)
def test_what_does_not_run_is_below_everything_that_was_meant(total: str, told: str) -> None:
    controls = [
        golden("reference", Kind.REFERENCE),
        golden("scaled", Kind.NEAR_MISS),
        golden("b", Kind.BROKEN),
    ]
    totals = {"reference": Decimal(90), "scaled": Decimal(30), "b": Decimal(total)}
    check = order(controls, totals, None)
    assert check.passed != bool(told)
    assert told in check.told


def test_a_leaks_twin_is_the_control_with_the_most_lines_alike(tmp_path: Path) -> None:
    bench = laid_out(tmp_path, **{"leak-a": ("leak", "all"), "huge": ("over-engineered", "age plan")})
    for name, text in {"careful": "a\nb\nc\n", "leak-a": "a\nb\nc\nd\n", "huge": "x\ny\n"}.items():
        write(bench.folder / "submissions" / name / "model.py", text)
    controls = controls_of(bench)
    leak = next(g for g in controls if g.kind is Kind.LEAK)
    found = twin_of(leak, controls)
    assert found is not None
    assert found.name == "careful"


def _untold(run_dir: Path, *, home: Path) -> Any:
    from harness.track import Outcome, State

    return Outcome(State.WAITING, "nobody was told")
