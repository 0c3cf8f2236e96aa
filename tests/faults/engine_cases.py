"""The engine gone, refusing, slow or damaged at every call; containers killed from outside; a poison pill."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.faults.case import Act, Case
from tests.faults.oracle import Ideal, contract, final, one_run, settled, told_of
from tests.faults.proxy import Call, How, Proxy, Rule
from tests.faults.world import World

STAGES = {  # what the body of a create says, and which of those it is
    "static": ("static.py", 1),
    "sabotage": ("sabotage.py", 1),
    "train": ("train.py", 1),
    "predict": ("predict.py", 1),
    "predict-one": ("predict.py", 2),
    "predict-shuffled": ("predict.py", 3),
    "test": ("tests.py", 1),
    "test-sabotaged": ("tests.py", 2),
    "mutants": ("mutants.py", 1),
    "test-mutants": ("trials.py", 1),
}
OF_A_STAGE = (Call.CREATE, Call.START, Call.WAIT, Call.INSPECT, Call.LOGS, Call.REMOVE)
BEFORE_STAGES = (Call.VERSION, Call.LIST, Call.VOLUMES, Call.IMAGE, Call.INFO)
HAS_AN_ANSWER = (Call.CREATE, Call.WAIT, Call.INSPECT, Call.LOGS, *BEFORE_STAGES)
# where there is something to lose: training says nothing
_SPEAKS = {Call.LOGS: "tests.py"}
# words by which a person finds the fault
WORDS = ("runs again", "left for the reaper", "error:", "remove a container: ", "read a log: ")


def cases() -> Iterator[Case]:
    """All of them; the first of each family is quick."""
    yield from _gone()
    yield from _refused()
    yield from _damaged()
    yield from _slow()
    for stage in STAGES:
        yield Case("container killed from outside", stage, killed(stage), quick=stage == "train")
    yield Case("container killed from outside", "every stage once", killed(*STAGES))
    for call in (Call.CREATE, Call.WAIT, Call.REMOVE):
        down = Rule(call, How.DOWN, stage="train.py", seconds=3.0)
        yield Case("engine down for 3 s", f"at {call.name}", spoiled(down), quick=call is Call.WAIT)
    for call in (Call.CREATE, Call.WAIT):
        brief = Rule(call, How.DOWN, stage="train.py", seconds=0.2)
        yield Case("engine down for 0.2 s", f"at {call.name}", spoiled(brief))
    yield Case("cleanup fails", "REMOVE refused every time", cleanup_refused, quick=True)
    yield Case("poison pill", "its containers are refused", poison, quick=True)
    yield from _volumes()


def _gone() -> Iterator[Case]:
    for call in (*OF_A_STAGE, *BEFORE_STAGES):
        stage = "train.py" if call in OF_A_STAGE else ""
        for how, when in ((How.GONE_BEFORE, "before"), (How.GONE_AFTER, "after")):
            for nth, often in ((1, "once"), (0, "always")):
                quick = (call, when, often) in (
                    (Call.START, "after", "once"),
                    (Call.INSPECT, "before", "always"),
                )
                rule = Rule(call, how, nth, stage)
                yield Case(f"engine gone {when} a call", f"{call.name} {often}", spoiled(rule), quick=quick)


def _refused() -> Iterator[Case]:
    for call in (*OF_A_STAGE, *BEFORE_STAGES):
        stage = "train.py" if call in OF_A_STAGE else ""
        for status in (500, 409, 404) if stage else (500,):
            for nth, often in ((1, "once"), (0, "always")):
                rule = Rule(call, How.REFUSED, nth, stage, status=status)
                quick = (call, status, often) == (Call.CREATE, 409, "once")
                name = f"{call.name} {status} {often}"
                yield Case("engine answers an error", name, spoiled(rule), quick=quick)
        if stage:
            rule = Rule(call, How.DENIED, 1, stage)
            yield Case("engine acts, then answers 500", call.name, spoiled(rule), quick=call is Call.START)


def _damaged() -> Iterator[Case]:
    for call in HAS_AN_ANSWER:
        stage = _SPEAKS.get(call, "train.py") if call in OF_A_STAGE else ""
        for how in (How.TRUNCATED, How.CUT):
            for nth, often in ((1, "once"), (0, "always")):
                quick = (call, how, often) in (
                    (Call.WAIT, How.CUT, "once"),
                    (Call.LOGS, How.TRUNCATED, "once"),
                )
                name = f"{call.name} {how.name.lower()} {often}"
                yield Case("answer truncated", name, spoiled(Rule(call, how, nth, stage)), quick=quick)


def _slow() -> Iterator[Case]:
    for call in OF_A_STAGE:
        yield Case("engine slow", f"{call.name} 2 s", spoiled(Rule(call, How.SLOW, 1, "train.py", seconds=2)))
    every = tuple(Rule(call, How.SLOW, 0, seconds=0.2) for call in (*OF_A_STAGE, *BEFORE_STAGES))
    yield Case("engine slow", "0.2 s at every call", spoiled(*every))


def spoiled(*rules: Rule) -> Act:
    """Grade with these rules, ask what must hold, and grade once more without them."""

    def act(world: World, ideal: Ideal) -> list[str]:
        done = world.grade(rules=rules)
        if not world.proxy.spoiled:
            return ["the rule never fired: nothing was tried"]
        told = contract(done, world, ideal)
        if any(rule.how is not How.SLOW for rule in rules):
            told += told_of(done, WORDS)
        return [*told, *settled(world, ideal)]

    return act


def killed(*stages: str) -> Act:
    """Containers killed from outside as soon as they run: run again, once, and nobody is charged."""
    # the second occurrence of a stage that was run again counts, too: later ones move by one
    shift = {"predict-one": 1, "predict-shuffled": 2, "test-sabotaged": 1} if len(stages) > 1 else {}

    def act(world: World, ideal: Ideal) -> list[str]:
        rules = [
            Rule(Call.START, How.KILLED, STAGES[s][1] + shift.get(s, 0), STAGES[s][0], seconds=0)
            for s in stages
        ]
        done = world.grade(rules=rules)
        told = contract(done, world, ideal, codes=(0,))
        if done.run:
            found = json.loads((done.run / "evidence.json").read_text())["stages"]
            again = sorted(name for name in found if found[name]["attempts"] == 2)
            if again != sorted(stages):
                told.append(f"run twice were {again}, killed were {sorted(stages)}")
        return [*told, *told_of(done, ("runs again",)), *settled(world, ideal)]

    return act


def cleanup_refused(world: World, ideal: Ideal) -> list[str]:
    """Nothing can be removed: the grade stands, the log says so, and the next run reaps."""
    done = world.grade(rules=[Rule(Call.REMOVE, How.REFUSED, 0)])
    told = contract(done, world, ideal, codes=(0, 3))
    return [*told, *told_of(done, ("left for the reaper", "error:")), *settled(world, ideal)]


def poison(world: World, ideal: Ideal) -> list[str]:
    """A submission whose containers are never made: exit 3 each time, and its neighbours are graded."""
    bad = world.folder / "poison"
    bad.mkdir()
    for path in world.source.glob("*.*"):
        (bad / path.name).write_bytes(path.read_bytes())
    settings = (bad / "submission.toml").read_text().replace("train.py", "poison.py")
    (bad / "submission.toml").write_text(settings)
    (bad / "poison.py").write_text((bad / "train.py").read_text())
    rules = [Rule(Call.CREATE, How.REFUSED, 0, "poison.py")]
    told = []
    for number in (1, 2):
        done = world.grade(source=bad, rules=rules)
        told += [f"try {number}: {s}" for s in contract(done, world, ideal, codes=(3,))]
    if list(world.slug_runs.glob("[!.]*")):
        told.append("a poisoned submission left a finished run")
    done = world.grade(rules=rules)
    told += [f"the next submission: {s}" for s in contract(done, world, ideal, codes=(0,))]
    told += one_run(world, ideal)
    done = world.grade(source=bad)  # the fault is mended: the pill is a submission like any other
    if done.code != 0:
        told.append(f"exit code {done.code} after the fault was mended: {done.tail}")
    return [*told, *final(world, ideal)]


def _volumes() -> Iterator[Case]:
    """Over TCP the harness cannot mount for the engine, and uses a volume and its holder."""
    for call in (Call.CREATE_VOLUME, Call.REMOVE_VOLUME, Call.ARCHIVE):
        hows = [How.GONE_BEFORE, How.GONE_AFTER, How.REFUSED]
        for how in [*hows, How.TRUNCATED] if call is Call.ARCHIVE else hows:
            rule = Rule(call, how, 1)
            yield Case("volume output", f"{call.name} {how.name.lower()}", over_tcp(rule))
    yield Case(
        "volume output",
        "train killed from outside",
        over_tcp(Rule(Call.START, How.KILLED, 1, "train.py", seconds=0)),
    )


def over_tcp(rule: Rule) -> Act:
    """As ``spoiled``, by TCP."""

    def act(world: World, ideal: Ideal) -> list[str]:
        proxy = Proxy(None, [rule], engine=world.proxy.engine)
        try:
            done = world.grade(env={"DOCKER_HOST": proxy.url})
            if not proxy.spoiled:
                return ["the rule never fired: nothing was tried"]
        finally:
            proxy.close()
        return [*contract(done, world, ideal), *told_of(done, WORDS), *settled(world, ideal)]

    return act
