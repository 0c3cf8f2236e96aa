"""Instructions -> Recipe: the policy. Nothing of theirs names an image of the engine's.

A base is one of a written-down few that the local image stands in for, or an earlier stage. Variables are
put in here, so whoever builds reads no Dockerfile.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping

from harness.dockerfile.bases import base_of, is_uv, python_of
from harness.dockerfile.draft import PLATFORM, Draft, RefusedError
from harness.dockerfile.files import bind_of, copy_of, script_of
from harness.dockerfile.lexer import shown, words
from harness.dockerfile.recipe import Copy, Recipe, Run
from harness.dockerfile.runlines import findings_of
from harness.dockerfile.syntax import Dockerfile, Instruction, SyntaxFaultError, parse
from harness.model import Finding, Place, Severity

OFFICIAL_SYNTAX = re.compile(r"(docker\.io/)?docker/dockerfile:1(\.\d+){0,2}(-labs)?(@sha256:[0-9a-f]{64})?")
MAX_RUNS = 60  # layers of one image: the engine's file system stacks at most 125
AT_HOME = "try `docker build .` at home"


def read(raw: bytes, *, file: str = "Dockerfile") -> Recipe:
    """Read and check a Dockerfile; what is wrong with it is a finding, never an exception."""
    return _Reading(file).recipe(raw)


class _Reading:
    def __init__(self, file: str) -> None:
        self._file = file
        self._findings: list[tuple[int, Finding]] = []  # the stage they belong to, -1 for the file
        self._drafts: list[Draft] = []
        self._globals: dict[str, str] = dict(PLATFORM)
        self._escape = "\\"
        self._refused: list[str] = []

    def recipe(self, raw: bytes) -> Recipe:
        try:
            source = parse(raw)
        except SyntaxFaultError as fault:
            self._refuse(fault.line, str(fault), AT_HOME)
            return self._recipe()
        self._escape = source.escape
        for remark in source.remarks:
            self._note(1, remark, Severity.MINOR, rule="dockerfile.encoding")
        self._check_syntax(source)
        for instruction in source.instructions:
            self._read(instruction)
        if not self._drafts:
            self._refuse(1, "it has no FROM", "begin it with FROM python:3.11-slim")
        return self._recipe()

    def _recipe(self) -> Recipe:
        needed = self._needed()
        reasons = [*self._refused, *(why for n in sorted(needed) for why in self._drafts[n].refused)]
        runs = sum(isinstance(s, Run) for n in needed for s in self._drafts[n].steps)
        if runs > MAX_RUNS:
            reasons.append(f"it has {runs} RUN instructions; at most {MAX_RUNS} are run")
            self._note(1, reasons[-1], Severity.CRITICAL, "join them with &&", "dockerfile.refused")
        stages = tuple(draft.done(needed=n in needed) for n, draft in enumerate(self._drafts))
        kept = tuple(f for n, f in self._findings if n < 0 or n in needed)
        return Recipe(file=self._file, stages=stages, findings=kept, refused="; ".join(reasons[:5]))

    def _needed(self) -> set[int]:
        """The last stage and what it is made from; the others, say for tests, are not built."""
        open_ends = [len(self._drafts) - 1] if self._drafts else []
        found: set[int] = set()
        while open_ends:
            number = open_ends.pop()
            if number in found:
                continue
            found.add(number)
            draft = self._drafts[number]
            open_ends += [draft.parent] if draft.parent is not None else []
            open_ends += [s.origin for s in draft.steps if isinstance(s, Copy) and s.origin is not None]
        return found

    def _check_syntax(self, source: Dockerfile) -> None:
        syntax = source.directives.get("syntax", "")
        if not syntax:
            return
        if OFFICIAL_SYNTAX.fullmatch(syntax):
            self._note(
                1,
                "the syntax line is not obeyed: no frontend is fetched or run, our own parser reads the file",
                Severity.INFO,
                rule="dockerfile.syntax",
            )
        else:
            self._refuse(
                1, "its syntax line names a frontend of somebody's, which is never run", "remove the line"
            )

    def _read(self, instruction: Instruction) -> None:
        try:
            if not self._drafts and instruction.keyword not in ("FROM", "ARG"):
                raise RefusedError(f"{instruction.keyword} stands before the first FROM")
            HANDLERS[instruction.keyword](self, instruction)
        except RefusedError as refused:
            self._refuse(instruction.line, str(refused), refused.fix)
        except ValueError as fault:
            self._refuse(instruction.line, f"{instruction.keyword}: {fault}", AT_HOME)

    # ------------------------------------------------------------------ what is said about it

    def _note(self, line: int, what: str, severity: Severity, fix: str = "", rule: str = "") -> None:
        place = Place(file=self._file, line=line)
        self._add(Finding(what=what, place=place, severity=severity, fix=fix, rule=rule))

    def _add(self, finding: Finding) -> None:
        self._findings.append((len(self._drafts) - 1, finding))

    def _refuse(self, line: int, what: str, fix: str) -> None:
        self._note(line, f"not built: {what}", Severity.CRITICAL, fix, "dockerfile.refused")
        (self._drafts[-1].refused if self._drafts else self._refused).append(f"line {line}: {what}")

    # ----------------------------------------------------------------------- the instructions

    def from_(self, it: Instruction) -> None:
        parts = words(it.text, self._globals, escape=self._escape)
        if len(parts) not in (1, 3) or (len(parts) == 3 and parts[1].upper() != "AS"):
            raise RefusedError("FROM takes an image, and perhaps AS and a name")
        reference, name = parts[0], (parts[2].lower() if len(parts) == 3 else "")
        known = {draft.name: n for n, draft in enumerate(self._drafts) if draft.name}
        draft = Draft(name, it, reference, python_of(reference))
        if (number := known.get(reference.lower())) is not None:
            draft.inherit(number, self._drafts[number])
            self._drafts.append(draft)
            return
        self._drafts.append(draft)
        if "windows" in it.flag("platform"):
            raise RefusedError("it is built for Windows", "build for linux/amd64")
        base = base_of(reference)
        if base.refused:
            raise RefusedError(base.refused, base.fix)
        draft.cmd = ("python3",)
        for what in base.remarks:
            self._note(it.line, what, base.severity, base.fix, "dockerfile.base")

    def arg(self, it: Instruction) -> None:
        scope = self._drafts[-1].args if self._drafts else self._globals
        values = self._drafts[-1].values() if self._drafts else self._globals
        for word in words(it.text, values, escape=self._escape):
            name, given, value = word.partition("=")
            if given:
                scope[name] = value
            elif self._drafts and name in self._globals:
                scope[name] = self._globals[name]

    def env(self, it: Instruction) -> None:
        for name, value in self._pairs(it):
            self._drafts[-1].env[name] = value

    def label(self, it: Instruction) -> None:
        self._drafts[-1].labels.update(self._pairs(it))

    def _pairs(self, it: Instruction) -> Iterator[tuple[str, str]]:
        """``a=b c="d"``, or the old ``a the rest of the line``."""
        values = self._drafts[-1].values()
        first = it.text.split(maxsplit=1)
        if len(first) == 2 and "=" not in first[0]:
            yield first[0], words(first[1], values, escape=self._escape, split=False)[0]
            return
        for word in words(it.text, values, escape=self._escape):
            name, equals, value = word.partition("=")
            if not equals or not name or not name.isprintable():
                raise ValueError("it takes name=value")
            yield name, value

    def run(self, it: Instruction) -> None:
        draft = self._drafts[-1]
        self._check_run_flags(it)
        text = script_of(it)
        if not text.strip() or (it.items is not None and not it.items):
            raise RefusedError("RUN has no command")
        argv = it.items if it.items is not None else (*draft.shell, text)
        shown = " ".join(it.items) if it.items is not None else text
        for finding in findings_of(self._file, it.line, shown):
            self._add(finding)
        draft.steps.append(
            Run(
                line=it.line,
                argv=argv,
                env={**draft.args, **draft.env},
                user=draft.user,
                workdir=draft.workdir,
                text=shown,
            )
        )

    def _check_run_flags(self, it: Instruction) -> None:
        for name, value in it.flags:
            if name == "mount":
                self._mount(it, value)
            elif name == "network" and value not in ("none", "default"):
                self._note(
                    it.line,
                    "--network is not obeyed: a build has no network",
                    Severity.MAJOR,
                    rule="dockerfile.flag",
                )
            elif name == "security" and value != "sandbox":
                self._note(
                    it.line,
                    "--security is not obeyed: no step is privileged",
                    Severity.MAJOR,
                    rule="dockerfile.flag",
                )
            elif name not in ("network", "security"):
                raise RefusedError(f"RUN has no flag --{name}")

    def _mount(self, it: Instruction, value: str) -> None:
        options = dict(part.partition("=")[::2] for part in value.split(","))
        kind = options.get("type", "bind")
        target = options.get("target") or options.get("dst") or options.get("destination") or ""
        if kind in ("secret", "ssh"):
            if options.get("required", "false") not in ("", "false", "0") or "required" in value.split(","):
                raise RefusedError("RUN needs a secret, and a build here is given none", "build without it")
            self._note(
                it.line,
                f"the {kind} mount is empty: a build here is given none",
                Severity.MINOR,
                rule="dockerfile.flag",
            )
        elif kind == "bind" and not options.get("from") and target:
            source = options.get("source") or options.get("src") or "."
            self._drafts[-1].steps.append(bind_of(it, self._drafts[-1], source, target))
        elif kind == "bind":
            raise RefusedError("RUN mounts another stage or image", "COPY --from it")
        elif kind not in ("cache", "tmpfs"):
            raise RefusedError(f"RUN has no mount type {kind[:20]!r}")

    def copy(self, it: Instruction) -> None:
        draft, origin = self._drafts[-1], it.flag("from")
        provided = bool(origin) and is_uv(origin)
        number = self._origin(origin) if origin and not provided else None
        draft.steps.append(copy_of(it, draft, self._escape, origin=number, provided=provided))

    def _origin(self, origin: str) -> int:
        earlier = {draft.name: n for n, draft in enumerate(self._drafts[:-1]) if draft.name}
        if origin.lower() in earlier:
            return earlier[origin.lower()]
        if origin.isdecimal() and len(origin) < 4 and int(origin) < len(self._drafts) - 1:
            return int(origin)
        raise RefusedError(
            f"COPY --from names {shown(origin)!r}, which is no earlier stage and no image that is at hand",
            "copy from an earlier stage, or from ghcr.io/astral-sh/uv",
        )

    def workdir(self, it: Instruction) -> None:
        draft = self._drafts[-1]
        path = words(it.text, draft.values(), escape=self._escape, split=False)[0]
        draft.workdir = posixpath.normpath("/" + posixpath.join(draft.workdir, path)).replace("//", "/")

    def user(self, it: Instruction) -> None:
        self._drafts[-1].user = words(it.text, self._drafts[-1].values(), split=False)[0]

    def shell(self, it: Instruction) -> None:
        if not it.items:
            raise RefusedError("SHELL takes a list in brackets")
        self._drafts[-1].shell = it.items

    def command(self, it: Instruction) -> None:
        draft, key = self._drafts[-1], it.keyword
        argv = it.items if it.items is not None else ((*draft.shell, it.text) if it.text else ())
        draft.shell_form.discard(key)
        if it.items is None and it.text:
            draft.shell_form.add(key)
            self._note(
                it.line,
                f"{key} is in shell form: the server is a shell's child and gets no SIGTERM",
                Severity.MINOR,
                f'{key} ["program", "argument"]',
                "dockerfile.shell-form",
            )
        if key == "CMD":
            draft.cmd = argv
        else:
            draft.entrypoint, draft.cmd = argv, ()
            draft.shell_form.discard("CMD")

    def expose(self, it: Instruction) -> None:
        for port in words(it.text, self._drafts[-1].values()):
            number, _, protocol = port.partition("/")
            if (
                not re.fullmatch(r"\d{1,5}", number)
                or not 0 < int(number) < 65536
                or protocol.lower() not in ("", "tcp", "udp")
            ):
                self._note(it.line, "EXPOSE takes a port number", Severity.MINOR, rule="dockerfile.expose")
                continue
            self._drafts[-1].ports[f"{int(number)}/{protocol.lower() or 'tcp'}"] = None

    def healthcheck(self, it: Instruction) -> None:
        kind, _, rest = it.text.partition(" ")
        if kind.upper() == "NONE":
            self._drafts[-1].healthcheck = ()
        elif kind.upper() == "CMD" and rest.strip():
            self._drafts[-1].healthcheck = (rest.strip(),)
        else:
            raise RefusedError("HEALTHCHECK takes CMD and a command, or NONE")

    def volume(self, it: Instruction) -> None:
        for path in it.items or words(it.text, self._drafts[-1].values()):
            self._drafts[-1].volumes[path] = None
        self._note(
            it.line, "VOLUME is not obeyed: no volume is made", Severity.INFO, rule="dockerfile.volume"
        )

    def onbuild(self, it: Instruction) -> None:
        self._note(
            it.line,
            "ONBUILD is not obeyed: nothing is built upon this image",
            Severity.MINOR,
            rule="dockerfile.onbuild",
        )

    def ignored(self, it: Instruction) -> None:
        """MAINTAINER and STOPSIGNAL change nothing that is looked at."""


Handler = Callable[[_Reading, Instruction], None]
HANDLERS: Mapping[str, Handler] = {
    "FROM": _Reading.from_,
    "ARG": _Reading.arg,
    "ENV": _Reading.env,
    "LABEL": _Reading.label,
    "RUN": _Reading.run,
    "COPY": _Reading.copy,
    "ADD": _Reading.copy,
    "WORKDIR": _Reading.workdir,
    "USER": _Reading.user,
    "SHELL": _Reading.shell,
    "CMD": _Reading.command,
    "ENTRYPOINT": _Reading.command,
    "EXPOSE": _Reading.expose,
    "HEALTHCHECK": _Reading.healthcheck,
    "VOLUME": _Reading.volume,
    "ONBUILD": _Reading.onbuild,
    "MAINTAINER": _Reading.ignored,
    "STOPSIGNAL": _Reading.ignored,
}
