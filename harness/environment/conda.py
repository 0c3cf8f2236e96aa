"""environment.yml -> the packages of its list that the Python index has under that or another name."""

from __future__ import annotations

import re

from harness.environment.found import Found
from harness.environment.pip_files import take_line
from harness.environment.texts import shown

FILES = ("environment.yml", "environment.yaml", "conda.yml", "conda.yaml")
OTHER_NAMES = {
    "pytorch": "torch",
    "pytorch-cpu": "torch",
    "py-xgboost": "xgboost",
    "py-xgboost-cpu": "xgboost",
    "py-opencv": "opencv-python-headless",
    "opencv": "opencv-python-headless",
    "matplotlib-base": "matplotlib",
    "seaborn-base": "seaborn",
    "dask-core": "dask",
    "pyarrow-core": "pyarrow",
    "tensorflow-base": "tensorflow",
    "python-kaleido": "kaleido",
    "shap-base": "shap",
    "msgpack-python": "msgpack",
    "pytables": "tables",
}
NOT_PYTHON = re.compile(
    r"_.*|lib.*|.*-gpl-tools|(?:openssl|ca-certificates|ncurses|readline|sqlite|tk|xz|zlib|bzip2|zstd|pip|wheel"
    r"|setuptools|mkl.*|blas|openblas|intel-openmp|nomkl|llvm-openmp|openjdk|gcc|gxx|.*compilers?|cmake|make|graphviz"
    r"|cudatoolkit|cuda.*|cudnn|nodejs|r-.*|ld_impl.*|freetype|jpeg|icu|qt.*|git|vc.*|vs\d+.*|ucrt|ninja|pandoc"
    r"|python_abi|yaml|zeromq|brotli.*|c-ares|krb5|lz4-c|snappy|tzcode|expat|fontconfig|harfbuzz|cairo|pixman|x264)"
)
MAX_ENTRIES = 500


def environment_yml(found: Found) -> None:
    """The list of the first such file there is, and the list for pip inside it."""
    file = next((name for name in FILES if found.tree.has(name)), "")
    if not file:
        return
    table = found.tree.yaml(file)
    listed = table.get("dependencies") if isinstance(table, dict) else None
    skipped: list[str] = []
    numbers = {line.strip(): n for n, line in reversed(list(found.tree.lines(file)))}
    found.tree.read.remove(file)  # read twice, listed once
    for entry in listed[:MAX_ENTRIES] if isinstance(listed, list) else []:
        if isinstance(entry, str):
            _entry(found, entry, file, numbers.get(f"- {entry}", 1), skipped)
        elif isinstance(entry, dict) and isinstance(entry.get("pip"), list):
            for text in entry["pip"][:MAX_ENTRIES]:
                if isinstance(text, str):
                    take_line(found, text, file, numbers.get(f"- {text}", 1))
    if skipped:
        names = ", ".join(skipped[:8]) + (f" and {len(skipped) - 8} more" if len(skipped) > 8 else "")
        found.notes.add("conda.only", f"not Python packages: {shown(names)} left out", file=file)


def _entry(found: Found, entry: str, file: str, line: int, skipped: list[str]) -> None:
    text = entry.split("::")[-1].split("#")[0].strip()[:300]
    parts = re.fullmatch(r"([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?\s*(.*)", text)
    if parts is None:
        found.notes.add("requirement.unreadable", f"{shown(entry)} was left out", file=file, line=line)
        return
    name, versions = parts[1].lower(), parts[2]
    if name == "python":
        found.pythons.append((_versions(versions) or "*", file, line))
    elif NOT_PYTHON.fullmatch(name):
        skipped.append(name)
    else:
        found.line(OTHER_NAMES.get(name, name) + _versions(versions), file=file, line=line)


def _versions(text: str) -> str:
    """conda's ``=1.2=build``, ``==1.2``, ``1.2.*``, ``>=1,<2`` -> PEP 440; "" for what has no counterpart."""
    text = text.strip()
    exact = re.fullmatch(r"(={0,2})\s*(\d[\w.+!-]*?)(\.\*)?(?:[= ]\s*[\w.*]+)?", text)
    if exact is None:
        return text.replace(" ", "") if re.fullmatch(r"(?:[<>!~=]=?\s*[\d.]+\w*,?\s*)+", text) else ""
    with_build = "=" in text.lstrip("=")
    return f"=={exact[2]}" if exact[1] == "==" or with_build else f"=={exact[2]}.*"
