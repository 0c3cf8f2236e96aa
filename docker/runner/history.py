"""/history (a bare repository or a .git folder) -> /output/history.json. Tools container, no git binary.

    commits, authors    how many are reachable from HEAD; authors by address
    first, last         committer times, ISO 8601 in UTC
    messages            subjects, the newest first
    largest_blobs       path, bytes of its largest version, and whether HEAD has that path (in_head)
    tracked_junk        what HEAD tracks though tools make it
    shallow             older commits did not come with it
    truncated           which cap ended the reading, or null; the figures are then lower bounds
    leaked              credentials in any file of any commit: commit (the first that has it), path, line,
                        kind, shown (its beginning), as leaked.py tells them; text of at most a megabyte
    error               why nothing can be said, or null

Nothing of the repository's is obeyed: no configuration, hooks, alternates, replacements or grafts are read.
A child process with little memory and time reads it, so what kills the reader is an ``error`` in the report.
Of blobs only the sizes are read, and small text of files that may hold a credential. Dates, authors and
messages are their author's word.
"""

from __future__ import annotations

import heapq
import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))  # -I leaves the script's folder out

import leaked
import workspace
from gitobjects import Store, UnreadableError, is_plain, tree_entries

HISTORY = Path("/history")
TIMEOUT_S, SOFT_S = 60, 40
MEMORY_BYTES = 1 << 30
MAX_REPORT = 4 << 20
MAX_COMMITS, MAX_TREE_ENTRIES, MAX_DEPTH = 10_000, 200_000, 200
MAX_COMMIT, MAX_TREE, MAX_REFS = 1 << 20, 16 << 20, 16 << 20
MAX_BLOB, MAX_SEARCHED = 1 << 20, 64 << 20
MAX_SUBJECTS, MAX_SUBJECT, MAX_BLOBS, MAX_JUNK = 50, 200, 20, 50
OBJECT_ID = re.compile(rb"[0-9a-f]{40}\Z")
REF = re.compile(r"refs/[A-Za-z0-9_./+@-]{1,200}\Z")
PERSON = re.compile(rb"(.*?)<([^<>]*)> (\d{1,12})\b")
FOLDER_MODE, FILE_MODES = 0o040000, (0o100644, 0o100755, 0o100664)
JUNK_FOLDERS = frozenset(
    {
        "__pycache__", ".venv", "venv", "node_modules", ".ipynb_checkpoints", ".pytest_cache", ".mypy_cache",
        ".ruff_cache", ".tox", ".nox", "__MACOSX", "mlruns", "wandb", "catboost_info",
    }
)  # fmt: skip
JUNK_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", ".coverage", "nohup.out"})
JUNK_SUFFIXES = (".pyc", ".pyo", ".swp", "~", ".egg-info")
EMPTY: dict[str, Any] = {
    "commits": 0, "authors": 0, "first": None, "last": None, "messages": [], "largest_blobs": [],
    "tracked_junk": [], "shallow": False, "truncated": None, "leaked": [], "error": None,
}  # fmt: skip


def main(output: Path, history: Path = HISTORY) -> int:
    """Let a child read it, and write what it says, or why it could not."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        text = json.dumps(EMPTY | read_in_a_child(history), indent=1)
        (output / "history.json").write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        workspace.say(f"stopped: {error}")
        return workspace.CANNOT_KEEP
    return 0


def read_in_a_child(history: Path, *, timeout_s: float = TIMEOUT_S) -> dict[str, Any]:
    """What the reader says; an ``error`` when it dies or does not end."""
    argv = (sys.executable, "-I", __file__, "--read", str(history))
    try:
        done = subprocess.run(argv, capture_output=True, timeout=timeout_s, check=False)
    except subprocess.TimeoutExpired:
        return {"error": f"reading the history took longer than {timeout_s:g} s"}
    try:
        found = json.loads(done.stdout) if len(done.stdout) <= MAX_REPORT else None
    except ValueError:
        found = None
    if isinstance(found, dict):
        return found
    last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
    return {"error": f"the history could not be read ({printable(' '.join(last), 200) or done.returncode})"}


def child(history: Path) -> int:
    """Read within limits of its own and print the answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (TIMEOUT_S, TIMEOUT_S))
    try:
        found = read(history)
    except UnreadableError as error:
        found = {"error": str(error)}
    except MemoryError:
        found = {"error": f"the history needs more than {MEMORY_BYTES >> 20} MiB to read"}
    except Exception as error:  # noqa: BLE001  damaged objects raise whatever the parser stumbles over
        found = {"error": f"the history is damaged: {printable(f'{type(error).__name__}: {error}', 200)}"}
    print(json.dumps(found))
    return 0


def read(history: Path) -> dict[str, Any]:
    """The report on one repository.

    Raises:
        UnreadableError: there is no commit, or the newest one cannot be read.
    """
    store, caps = Store(history), Caps(time.monotonic() + SOFT_S)
    head = resolve_head(history)
    newest = parsed(head, store.content(head, b"commit", MAX_COMMIT))
    now = list(paths_of(newest.tree, store, caps))
    junk = {found for path, _ in now if (found := junk_of(path))}
    commits = sorted(walk_commits(head, store, caps), key=lambda commit: -commit.seconds)
    times = [commit.seconds for commit in commits]
    ever = all_blobs(commits, store, caps)
    return EMPTY | {
        "commits": len(commits),
        "authors": len({commit.author for commit in commits}),
        "first": iso(min(times)),
        "last": iso(max(times)),
        "messages": [commit.subject for commit in commits[:MAX_SUBJECTS]],
        "largest_blobs": largest_of(now, ever, store, caps),
        "tracked_junk": sorted(junk)[:MAX_JUNK],
        "shallow": (history / "shallow").is_file(),
        "leaked": leaked_in(now, ever, store, caps),
        "truncated": caps.reached,
    }


@dataclass
class Caps:
    """What ended the reading early, if anything did."""

    ends: float
    reached: str | None = None
    entries: int = 0

    def in_time(self) -> bool:
        """False, and noted, once the time is up."""
        if time.monotonic() > self.ends:
            self.reach(f"stopped after {SOFT_S} s")
            return False
        return True

    def reach(self, what: str) -> None:
        """Note the first cap."""
        self.reached = self.reached or what


@dataclass(frozen=True)
class Commit:
    """What one commit says of itself."""

    id: bytes
    tree: bytes
    parents: tuple[bytes, ...]
    author: str
    seconds: int
    subject: str


def resolve_head(history: Path) -> bytes:
    """The commit id that HEAD means.

    Raises:
        UnreadableError: there is none.
    """
    name = small_text(history / "HEAD").strip()
    if name.startswith("ref:"):
        ref = name.removeprefix("ref:").strip()
        if not REF.match(ref) or ".." in ref:
            raise UnreadableError("HEAD names no branch")
        name = small_text(history / ref).strip() or packed_ref(history, ref)
    if not OBJECT_ID.match(name.encode("ascii", "replace")):
        raise UnreadableError("HEAD leads to no commit: nothing was committed, or the branch is damaged")
    return name.encode()


def packed_ref(history: Path, ref: str) -> str:
    """The id of a ref that is packed away, or nothing."""
    for line in small_text(history / "packed-refs").splitlines():
        object_id, _, name = line.partition(" ")
        if name == ref:
            return object_id
    return ""


def small_text(path: Path) -> str:
    """A small file's text; nothing for what is absent or no regular file."""
    if not is_plain(path):
        return ""
    with path.open("rb") as file:
        return file.read(MAX_REFS).decode("utf-8", "replace")


def walk_commits(head: bytes, store: Store, caps: Caps) -> Iterator[Commit]:
    """Commits reachable from ``head``, each once; absent parents (a shallow clone) are passed over."""
    waiting, seen = [head], {head}
    while waiting:
        if len(seen) > MAX_COMMITS or not caps.in_time():
            caps.reach(f"more than {MAX_COMMITS:,} commits")
            return
        object_id = waiting.pop()
        if object_id != head and store.size_of(object_id, default=-1) < 0:
            continue
        commit = parsed(object_id, store.content(object_id, b"commit", MAX_COMMIT))
        yield commit
        fresh = [parent for parent in dict.fromkeys(commit.parents) if parent not in seen]
        seen.update(fresh)
        waiting += fresh


def parsed(object_id: bytes, raw: bytes) -> Commit:
    """A commit's own words, leniently: old programs wrote odd dates."""
    header, _, message = raw.partition(b"\n\n")
    tree, parents, author, seconds = b"", [], b"", 0
    for line in header.split(b"\n"):
        key, _, value = line.partition(b" ")
        if key == b"tree":
            tree = value
        elif key == b"parent" and OBJECT_ID.match(value):
            parents.append(value)
        elif key in (b"author", b"committer") and (found := PERSON.match(value)):
            author = found[2].strip().lower() if key == b"author" else author
            seconds = int(found[3]) if key == b"committer" else seconds
    if not OBJECT_ID.match(tree):
        raise UnreadableError("a commit without a tree")
    subject = printable(message.strip().partition(b"\n")[0].decode("utf-8", "replace"), MAX_SUBJECT)
    return Commit(object_id, tree, tuple(parents), author.decode("utf-8", "replace"), seconds, subject)


Blobs = dict[bytes, tuple[str, bytes]]  # blob -> its first path, and the commit that brought it


def all_blobs(commits: list[Commit], store: Store, caps: Caps) -> Blobs:
    """Every file there ever was, told by the oldest commit that has it."""
    ever: Blobs = {}
    seen: set[bytes] = set()
    for commit in reversed(commits):
        for path, blob in paths_of(commit.tree, store, caps, seen):
            ever.setdefault(blob, (path, commit.id))
    return ever


def leaked_in(now: list[tuple[str, bytes]], ever: Blobs, store: Store, caps: Caps) -> list[dict[str, Any]]:
    """Credentials in any version of any file; each kind and beginning once a path, the newest files first."""
    first = [(blob, path, ever.get(blob, (path, b""))[1]) for path, blob in now]
    rest = [(blob, path, commit) for blob, (path, commit) in reversed(ever.items())]
    found: dict[tuple[str, str, str], dict[str, Any]] = {}
    seen: set[bytes] = set()
    left = MAX_SEARCHED
    for blob, path, commit in (*first, *rest):
        if blob in seen or not leaked.is_wanted(path):
            continue
        seen.add(blob)
        if not caps.in_time() or left <= 0 or len(found) >= leaked.MOST:
            break
        text = text_of(blob, store, caps)
        left -= len(text)
        for hit in leaked.in_text(text):
            entry = {"commit": commit.decode()[:12], "path": path} | hit
            found.setdefault((path, str(hit["kind"]), str(hit["shown"])), entry)
    if left <= 0:
        caps.reach(f"more than {MAX_SEARCHED >> 20} MiB of text")
    return list(found.values())[: leaked.MOST]


def text_of(blob: bytes, store: Store, caps: Caps) -> str:
    """A small text, or nothing: what is large, binary or damaged is passed over."""
    if not 0 < store.size_of(blob, default=-1) <= MAX_BLOB:
        return ""
    try:
        raw = store.content(blob, b"blob", MAX_BLOB)
    except MemoryError:
        caps.reach("a file that unpacks to more than it says")
        return ""
    except Exception:  # noqa: BLE001  damaged objects raise whatever the parser stumbles over
        return ""
    return "" if b"\0" in raw else raw.decode("utf-8", "replace")


def largest_of(now: list[tuple[str, bytes]], ever: Blobs, store: Store, caps: Caps) -> list[dict[str, Any]]:
    """The largest files there ever were; each path once, with its largest version."""
    paths = {blob: path for blob, (path, _) in ever.items()} | {blob: path for path, blob in now}
    sizes: dict[str, int] = {}
    for blob, path in paths.items():
        if not caps.in_time():
            break
        sizes[path] = max(sizes.get(path, 0), store.size_of(blob, default=0))
    here = {path for path, _ in now}
    largest = heapq.nlargest(MAX_BLOBS, sizes.items(), key=lambda item: (item[1], item[0]))
    return [{"path": path, "bytes": size, "in_head": path in here} for path, size in largest]


def paths_of(
    tree: bytes, store: Store, caps: Caps, seen: set[bytes] | None = None
) -> Iterator[tuple[str, bytes]]:
    """(path, blob id) below a tree; trees in ``seen`` are passed over, and added to it."""
    waiting = [(tree, "", 0)]
    while waiting:
        object_id, prefix, depth = waiting.pop()
        if seen is not None:
            if object_id in seen:
                continue
            seen.add(object_id)
        for name, mode, found in tree_entries(store.content(object_id, b"tree", MAX_TREE)):
            caps.entries += 1
            if caps.entries > MAX_TREE_ENTRIES or not caps.in_time():
                return caps.reach(f"more than {MAX_TREE_ENTRIES:,} entries of trees")
            path = prefix + printable(name.decode("utf-8", "replace"), 255)
            if mode in FILE_MODES:
                yield path, found
            elif mode == FOLDER_MODE and depth < MAX_DEPTH:
                waiting.append((found, f"{path}/", depth + 1))
            elif mode == FOLDER_MODE:
                caps.reach(f"folders deeper than {MAX_DEPTH}")
    return None


def junk_of(path: str) -> str:
    """The part of a path that should not be tracked: a folder with its slash, a file, or nothing."""
    pure = PurePosixPath(path)
    for number, part in enumerate(pure.parts[:-1], start=1):
        if part in JUNK_FOLDERS or part.endswith(".egg-info"):
            return "/".join(pure.parts[:number]) + "/"
    return path if pure.name in JUNK_FILES or pure.name.endswith(JUNK_SUFFIXES) else ""


def printable(text: str, most: int) -> str:
    """One line without control characters."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)[:most]


def iso(seconds: int) -> str | None:
    """A time, or nothing for one that no calendar has."""
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        sys.exit(child(Path(sys.argv[2])))
    sys.exit(main(workspace.Places().output))
