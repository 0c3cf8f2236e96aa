"""Which package a module is of, for those that most submissions of this field use. Of others nothing is said.

A wrong guess would charge an honest candidate, so a module that is not here is neither missing nor unused.
"""

from __future__ import annotations

import re

OF_MODULE = {
    "sklearn": "scikit-learn",
    "cv2": "opencv-python-headless",
    "PIL": "pillow",
    "skimage": "scikit-image",
    "bs4": "beautifulsoup4",
    "imblearn": "imbalanced-learn",
    "yaml": "pyyaml",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "category_encoders": "category-encoders",
}
# modules that are packages of the same name
SAME = frozenset(
    {"numpy", "pandas", "scipy", "matplotlib", "seaborn", "lightgbm", "xgboost", "catboost", "polars",
     "torch", "tensorflow", "keras", "statsmodels", "joblib", "fastapi", "flask", "requests", "httpx",
     "plotly", "nltk", "spacy", "transformers", "optuna", "shap", "mlflow", "pydantic", "tqdm",
     "duckdb", "rapidfuzz", "uvicorn", "networkx", "click", "typer", "rich", "prophet"}
)  # fmt: skip
KNOWN = SAME | frozenset(OF_MODULE.values())
# other packages that bring the same module
STAND_INS = {
    "opencv-python-headless": ("opencv-python", "opencv-contrib-python"),
    "xgboost": ("xgboost-cpu",),
    "tensorflow": ("tensorflow-cpu",),
    "torch": ("torch-cpu",),
}
ALIKE = frozenset(name for names in STAND_INS.values() for name in names)
# what comes with a package for certain, and is used beside it without a line of its own
BRINGS = {
    "pandas": ("numpy",),
    "scikit-learn": ("numpy", "scipy", "joblib"),
    "scipy": ("numpy",),
    "lightgbm": ("numpy", "scipy"),
    "xgboost": ("numpy", "scipy"),
    "catboost": ("numpy", "pandas"),
    "statsmodels": ("numpy", "pandas", "scipy"),
    "seaborn": ("numpy", "pandas", "matplotlib"),
    "matplotlib": ("numpy",),
    "imbalanced-learn": ("numpy", "scipy", "scikit-learn", "joblib"),
    "fastapi": ("pydantic",),
    "mlflow": ("numpy", "pandas", "scikit-learn", "matplotlib"),
}
# used without being imported: engines, servers, parsers of forms
UNSEEN = frozenset({"joblib", "uvicorn", "pydantic", "tqdm", "rich", "httpx", "scipy", "numpy"})


def package_of(module: str) -> str:
    """The package's normalised name, or "" where nobody can say."""
    return OF_MODULE.get(module) or (module if module in SAME else "")


def normal(name: str) -> str:
    """A package's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def is_there(package: str, names: frozenset[str]) -> bool:
    """Whether ``package`` or one that brings it is among ``names``."""
    if package in names or any(other in names for other in STAND_INS.get(package, ())):
        return True
    return any(package in BRINGS.get(name, ()) for name in names)
