"""What a candidate is sent: theirs alone, the same every time, with nothing in it that is not for them."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.dataset import open_edition
from harness.errors import SpecError, UsageError
from harness.exam import Bench
from harness.handout import Handout, differences, handout_key, make_handout, personal, read_spec
from harness.handout.editions import candidate_id
from harness.store import digest_of_folder
from tests.kit.tiny import CANARY, KEY, certified, tiny_bench, tiny_handout, write


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return tiny_bench(tmp_path)


def made(
    bench: Bench, candidate: str = "jane", *, key: bytes = KEY, out: str = "out", zipped: bool = False
) -> Handout:
    folder = bench.places.home.parent / out
    return make_handout(personal(bench, candidate, key), key, out=folder, zipped=zipped, certified=certified)


def texts(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_handout_has_every_part_that_the_brief_promises(bench: Bench) -> None:
    folder = made(bench).path
    assert {
        "brief.md", "brief.html", "baseline.py", "data/people.csv", "data/visits.csv", "data/dictionary.md",
        "data/validation/labels.csv", "starter/submission.toml", "starter/train.py", "samples/payload.json",
        "samples/predictions.csv", "samples/input/people.csv", ".takehome/check.json", ".takehome/image.lock",
        ".takehome/questions.json",
    } <= set(texts(folder))  # fmt: skip
    spec = read_spec(folder)
    assert (spec.slug, spec.version, spec.candidate) == ("tiny-world", 3, "jane")
    assert spec.limits_for("train").memory_mb == 512
    assert spec.limits_for("predict-one").timeout_s == 300
    assert spec.graders == ("tests_run", "structure", "claims")


def test_the_same_assignment_candidate_and_key_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = tiny_handout(tmp_path / "here", zipped=True), tiny_handout(tmp_path / "there", zipped=True)
    assert one.path.read_bytes() == other.path.read_bytes()
    assert one.sha256 == other.sha256


def test_a_zip_unpacks_to_the_folder(bench: Bench, tmp_path: Path) -> None:
    folder, archive = made(bench).path, made(bench, zipped=True).path
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path / "unpacked")
        assert all(entry.date_time[0] == 1980 for entry in packed.infolist())
    assert digest_of_folder(tmp_path / "unpacked" / folder.name) == digest_of_folder(folder)


def test_every_candidate_and_every_key_has_another_edition(bench: Bench) -> None:
    ids = {
        name: frozenset(pd.read_csv(made(bench, who, key=key, out=name).path / "data/people.csv")["id"])
        for name, who, key in (("a", "jane", KEY), ("b", "john", KEY), ("c", "jane", KEY + b"!"))
    }
    assert len(ids["a"] | ids["b"] | ids["c"]) == 3 * 80


def test_capitals_do_not_make_another_person(bench: Bench) -> None:
    assert (
        personal(bench, " Jane ", KEY).assignment.dataset == personal(bench, "jane", KEY).assignment.dataset
    )


@given(st.text(max_size=70))
def test_a_candidate_id_is_a_safe_name_or_refused(text: str) -> None:
    try:
        name = candidate_id(text)
    except UsageError:
        return
    assert re.fullmatch(r"[a-z0-9][a-z0-9._@+-]{0,63}", name)
    assert ".." not in name
    assert candidate_id(name) == name


def test_the_seed_follows_the_published_formula(bench: Bench) -> None:
    import hashlib
    import hmac

    digest = hmac.new(KEY, b"tiny-world|jane", hashlib.sha256).digest()
    expected = int.from_bytes(digest[:8], "big") % 2**63
    assert personal(bench, "jane", KEY).assignment.dataset.seed == expected


def test_no_name_of_an_edition_tells_its_seed(bench: Bench) -> None:
    dataset = personal(bench, "jane", KEY).assignment.dataset
    name = open_edition(dataset, bench.places).name
    assert str(dataset.seed) not in name
    assert dataset.label in name


def test_nothing_secret_is_anywhere_in_the_handout(bench: Bench) -> None:
    folder = made(bench).path
    dataset = personal(bench, "jane", KEY).assignment.dataset
    sealed = pd.read_parquet(open_edition(dataset, bench.places).sealed / "rows.parquet")
    secrets = [CANARY, str(dataset.seed), KEY.decode(), str(bench.places.root), str(bench.places.home)]
    secrets += [
        "claim_rows",
        "submissions/",
        "card.md",
        "a trap nobody",
        "row canary",
        "how reference does it",
        '"weight"',
    ]
    secrets += sealed["id"].tolist()
    for name, content in texts(folder).items():
        told = [secret for secret in secrets if secret.encode() in content]
        assert told == [], name


@pytest.mark.parametrize(
    ("where", "text", "word"),
    [
        ("brief.md", "# Hi\n\nThe canary is {canary}\n", "a canary of the answer key"),
        ("brief.md", "# Hi\n\nSee submissions/reference\n", "a private path: submissions/"),
        ("brief.md", "# Hi\n\nclaim_rows is what counts\n", "a parameter of the rubric: E2.claim_rows"),
        ("brief.md", "# Hi\n\nIt is generated from seed {seed}.\n", "the edition's seed"),
        ("brief.md", "# Hi\n\nLook at {hidden} first\n", "ids of 1 hidden rows"),
        (
            "starter/train.py",
            "# how reference does it\n",
            "is a copy of assignments/tiny-world/submissions/reference",
        ),
    ],
)
def test_a_secret_in_what_an_author_wrote_stops_the_handout(
    bench: Bench, where: str, text: str, word: str
) -> None:
    dataset = personal(bench, "jane", KEY).assignment.dataset
    hidden = pd.read_parquet(open_edition(dataset, bench.places).sealed / "rows.parquet")["id"][0]
    write(bench.folder, {where: text.format(canary=CANARY, seed=dataset.seed, hidden=hidden)})
    if where.startswith("starter"):  # what stands in the starter is public, unless only part of it does
        write(bench.folder, {"baseline.py": text})
        (bench.folder / where).write_text("x = 1\n")
    with pytest.raises(SpecError, match="would tell secrets") as refused:
        made(bench)
    assert word in str(refused.value)
    assert not list((bench.places.home.parent / "out").glob("*"))


def test_a_brief_shows_html_and_does_not_obey_it(bench: Bench) -> None:
    page = (made(bench).path / "brief.html").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<table>" in page
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=\"(?!data:)", page)


def test_a_brief_ends_with_how_to_check_and_send(bench: Bench) -> None:
    text = (made(bench).path / "brief.md").read_text()
    assert text.index("takehome check") < text.index("### Send it")
    assert "takehome ask" in text
    (bench.folder / "questions.yaml").unlink()
    again = made(bench, out="again").path
    assert "takehome ask" not in (again / "brief.md").read_text()
    assert not (again / ".takehome/questions.json").exists()


def test_the_baseline_script_runs_in_the_folder_and_says_its_metric(bench: Bench) -> None:
    folder = made(bench).path
    done = subprocess.run(
        [sys.executable, "baseline.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "roc_auc on 60 validation rows" in done.stdout
    assert (folder / "predictions.csv").read_text().startswith("id,prediction\n")


def test_samples_belong_together(bench: Bench) -> None:
    samples = made(bench).path / "samples"
    chosen = pd.read_csv(samples / "input/people.csv")["id"].tolist()
    assert pd.read_csv(samples / "predictions.csv")["id"].tolist() == chosen
    assert set(pd.read_csv(samples / "input/visits.csv")["person"]) == set(chosen)
    assert len(pd.read_csv(samples / "input/shops.csv")) == 2
    assert json.loads((samples / "payload.json").read_text())["people"][0]["id"] == chosen[0]


def test_an_assignment_without_a_certificate_is_not_handed_out_unless_forced(
    bench: Bench, tmp_path: Path
) -> None:
    mine = personal(bench, "jane", KEY)
    out = tmp_path / "out"
    with pytest.raises(UsageError, match="the certificate is stale") as refused:
        make_handout(mine, KEY, out=out, zipped=False, certified=lambda _: "the certificate is stale")
    assert "--force" in refused.value.hint
    forced = make_handout(mine, KEY, out=out, zipped=False, certified=lambda _: "it is stale", force=True)
    assert forced.forced == "it is stale"
    assert "it is stale" in (bench.places.home / "handouts/tiny-world/jane.json").read_text()


def test_the_same_handout_again_is_found_and_another_one_is_not_overwritten(bench: Bench) -> None:
    first = made(bench)
    assert made(bench) == first
    (first.path / "my-notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="something else lies there"):
        made(bench)
    assert (first.path / "my-notes.txt").is_file()


def test_nothing_is_left_when_making_one_fails(bench: Bench) -> None:
    (bench.folder / "starter/submission.toml").unlink()
    with pytest.raises(SpecError, match=r"submission\.toml: absent"):
        made(bench)
    out = bench.places.home.parent / "out"
    assert not list(out.iterdir())


@pytest.mark.parametrize(
    ("about", "word"),
    [
        ("", "the generator wrote none"),
        ('{"table": "people.csv", "id": "id", "label": "left"}', "positive"),
        ('{"table": "persons.csv", "id": "id", "label": "left", "positive": "1"}', "persons.csv"),
        ('{"table": "people.csv", "id": "name", "label": "left", "positive": "1"}', "no column 'name'"),
    ],
)
def test_an_edition_that_does_not_say_how_its_tables_hang_together_is_named(
    bench: Bench, about: str, word: str
) -> None:
    script = bench.places.root / "datasets/tiny-world/generate.py"
    end = (
        f'(given.out / "about.json").write_text({about!r})\n'
        if about
        else '(given.out / "about.json").unlink()\n'
    )
    script.write_text(script.read_text() + end)
    with pytest.raises(SpecError, match=r"about\.json") as refused:
        made(bench)
    assert word in str(refused.value)


def test_a_key_is_made_once_and_only_its_owner_may_read_it(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TAKEHOME_KEY", raising=False)
    with pytest.raises(UsageError, match="there is no key"):
        handout_key(bench.places, make=False)
    key = handout_key(bench.places, make=True)
    path = bench.places.home / "handout.key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert handout_key(bench.places, make=True) == handout_key(bench.places, make=False) == key
    monkeypatch.setenv("TAKEHOME_KEY", path.read_text())
    assert handout_key(bench.places, make=False) == key
    monkeypatch.delenv("TAKEHOME_KEY")
    path.chmod(0o644)
    with pytest.raises(UsageError, match="others on this machine can read the key"):
        handout_key(bench.places, make=False)


def test_a_key_that_can_be_guessed_is_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TAKEHOME_KEY", "secret")
    with pytest.raises(UsageError, match="can be guessed") as refused:
        handout_key(bench.places, make=True)
    assert "secret" not in str(refused.value)


def test_grading_notices_a_typo_another_key_and_data_that_moved_on(bench: Bench) -> None:
    made(bench)
    mine = personal(bench, "jane", KEY)
    name = open_edition(mine.assignment.dataset, bench.places).name
    assert differences(mine, name) == ""
    assert "on record" in differences(personal(bench, "jnae", KEY), name)
    assert "has changed" in differences(mine, name + "0")
    with pytest.raises(UsageError, match="was handed edition"):
        differences(personal(bench, "jane", KEY + b"!"), name)


def test_a_metric_that_the_assignment_names_reaches_the_candidate(bench: Bench) -> None:
    assert read_spec(made(bench).path).metric == "roc_auc"


def test_a_spec_of_another_version_is_refused_with_the_act(bench: Bench) -> None:
    folder = made(bench).path
    path = folder / ".takehome/check.json"
    path.write_text(path.read_text().replace('"schema_version": 1', '"schema_version": 9'))
    with pytest.raises(UsageError, match="schema_version 9"):
        read_spec(folder)


def test_a_bench_of_nobody_keeps_its_own_edition(bench: Bench) -> None:
    assert replace(bench).candidate == ""
    assert open_edition(bench.assignment.dataset, bench.places).name.startswith("tiny-world-1-")
