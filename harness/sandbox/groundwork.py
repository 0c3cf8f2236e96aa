"""What the local image is given so that it passes for the official Python image, without a network.

pip, uv, poetry and apt-get are stand-ins (docker/standin): packages come from the image and from /env.
"""

from __future__ import annotations

import re
from pathlib import Path

from harness.sandbox.copying import Layer
from harness.sandbox.images import Images

CHECKOUT = Path(__file__).parents[2] / "docker" / "standin" / "standin.py"
STANDIN = CHECKOUT if CHECKOUT.is_file() else Path(__file__).parent / "profile" / "standin" / "standin.py"
HOME = "/opt/takehome/standin"
PACKAGES = "/env"
SITE = "lib/python3.11/site-packages"
COMMANDS = {
    **{name: name for name in ("uv", "uvx", "poetry", "apt-get", "apt", "apk")},
    **dict.fromkeys(("pip", "pip3", "pip3.11"), "pip"),
}
MAX_METADATA_BYTES = 256 * 2**10
ENTRY = re.compile(r"([A-Za-z0-9][\w.-]*)\s*=\s*([A-Za-z_][\w.]*:[A-Za-z_][\w.]*)\s*(\[.*\])?")
PYTHONS = ("python", "python3", "python3.11")
MOST_BYTES = 2**20
# After the standard library, before the image's own packages; and what COPY --from brings to /usr/local.
PATHS = f"""import sys; p = [i for i, s in enumerate(sys.path) if s.endswith("site-packages")]; \
sys.path[p[0] if p else len(sys.path):0] = ["{PACKAGES}"]; sys.path += ["/usr/local/{SITE}"]
"""
MODULES = {
    **{
        f"{name}/__{part}__.py": text
        for name in ("venv", "virtualenv")
        for part, text in {
            "init": "",
            "main": "import sys\nimport standin\n\nstandin.venv(sys.argv[1:])\n",
        }.items()
    },
    "pip/__init__.py": "",
    "pip/_internal/__init__.py": "",
    "pip/_internal/cli/__init__.py": "",
    "pip/_internal/cli/main.py": (
        "import sys\nimport standin\n\n\ndef main():\n    return standin.pip(sys.argv[1:])\n"
    ),
    "pip/__main__.py": "import sys\nfrom pip._internal.cli.main import main\n\nsys.exit(main())\n",
}


def command(name: str) -> bytes:
    """A stand-in as a shell script: whatever a build does to PATH, it finds its own interpreter."""
    return f'#!/bin/sh\nexec /opt/venv/bin/python3 -I {HOME}/standin.py {name} "$@"\n'.encode()


def lay(images: Images, container: str, python: str, packages: Path | None) -> None:
    """Put it into a container that does not run. ``python``: the version the Dockerfile speaks of."""
    layer = Layer(most_bytes=MOST_BYTES)
    for folder in ("", "/venv", "/virtualenv", "/pip", "/pip/_internal", "/pip/_internal/cli"):
        layer.folder(f"{HOME}{folder}")
    layer.file(f"{HOME}/standin.py", STANDIN.read_bytes(), 0o644)
    scripts = {f"/usr/local/bin/{name}": command(standin) for name, standin in COMMANDS.items()}
    for name, entry in _commands(packages).items():
        scripts |= {
            f"{folder}/{name}": _entry_script(entry) for folder in ("/opt/venv/bin", "/usr/local/bin")
        }
    for path, content in scripts.items():
        layer.file(path, content, 0o755)
    for name, text in MODULES.items():
        layer.file(f"{HOME}/{name}", text.encode(), 0o644)
    for name in PYTHONS:
        if images.look(container, f"/usr/local/bin/{name}") is None:
            layer.file(f"/usr/local/bin/{name}", b'#!/bin/sh\nexec /opt/venv/bin/python3 "$@"\n', 0o755)
    libraries = [f"/usr/local/lib/python{version}" for version in sorted({"3.11", python})]
    for folder in (path for library in libraries for path in (library, f"{library}/site-packages")):
        if images.look(container, folder) is None:
            layer.folder(folder)
    layer.file(f"/opt/venv/{SITE}/takehome-build.pth", PATHS.encode(), 0o644)
    layer.put(images, container)


def _commands(packages: Path | None) -> dict[str, str]:
    """name -> module:function, as the packages' own metadata tell; data, never imported here."""
    found: dict[str, str] = {}
    for path in sorted(packages.glob("*.dist-info/entry_points.txt")) if packages else ():
        if path.is_symlink() or path.stat().st_size > MAX_METADATA_BYTES:
            continue
        section = ""
        for line in path.read_text("utf-8", "replace").splitlines():
            section = line.strip() if line.startswith("[") else section
            match = ENTRY.fullmatch(line.strip())
            if section == "[console_scripts]" and match and match[1] not in COMMANDS:
                found[match[1]] = match[2]
    return found


def _entry_script(entry: str) -> bytes:
    module, _, attribute = entry.partition(":")
    top = attribute.split(".")[0]
    return (
        f"#!/opt/venv/bin/python3\nimport sys\nfrom {module} import {top}\n\nsys.exit({attribute}())\n"
    ).encode()
