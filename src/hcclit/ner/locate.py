"""Where the entity model is, and whether it is whole: the shipped one, an installed spaCy package, or a folder.

The shipped model stands in the package `hcclit_models` (the folder `models/` of the project), whose `models.toml`
lists its files with their sha256.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

from hcclit.errors import SetupError
from hcclit.settings import SHIPPED, Settings

PACKAGE, LIST, FOLDER = "hcclit_models", "models.toml", "ner"
_WITHOUT = "or go without the model: HCCLIT_ENTITIES=vocabulary"
_AGAIN = f"install hcclit again, make it yourself (models/README.md), {_WITHOUT}"
_META = "meta.json"


@dataclass(frozen=True, slots=True)
class Model:
    """A model on this machine: what spaCy loads it by, its folder, and a digest of its files."""

    loads_by: str
    folder: Path
    digest: str


def located(settings: Settings) -> Model | None:
    """The model that the settings ask for, found and checked; None where they ask for none.

    Raises:
        SetupError: as `locate`.
    """
    return locate(settings.model.name) if settings.uses_model else None


@cache
def locate(name: str) -> Model:
    """Find a model and check it; costs reading its files once.

    Args:
        name: `shipped`, a folder, or an installed package.

    Raises:
        SetupError: it is not there, or is damaged; the message says what to do.
    """
    if name == SHIPPED:
        return _shipped()
    folder = Path(name)
    if (folder / _META).is_file():
        return Model(str(folder), folder, _digest(sha256_of_files(folder)))
    if folder.exists() or "/" in name:
        raise SetupError(f"entity model {name}: no folder of a spaCy pipeline (it has no {_META})")
    return _installed(name)


def sha256_of_files(folder: Path) -> dict[str, str]:
    """The sha256 of each file of a folder, by its path there, in order."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _digest(files: dict[str, str]) -> str:
    return hashlib.sha256("".join(f"{name} {sha256}\n" for name, sha256 in sorted(files.items())).encode()).hexdigest()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _shipped() -> Model:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise SetupError(f"entity model: the package {PACKAGE} is missing; {_AGAIN}")
    root = Path(spec.submodule_search_locations[0])
    try:
        listed: dict[str, str] = tomllib.loads((root / LIST).read_text(encoding="utf-8"))["sha256"]
    except (OSError, ValueError, KeyError):
        raise SetupError(f"entity model: {root / LIST} is missing or damaged; {_AGAIN}") from None
    folder = root / FOLDER
    found = sha256_of_files(folder)
    for name, sha256 in listed.items():
        if found.get(name) != sha256:
            wrong = "damaged (its sha256 is another)" if name in found else "missing"
            raise SetupError(f"entity model: {folder / name} is {wrong}; {_AGAIN}")
    return Model(str(folder), folder, _digest(listed))


def _installed(name: str) -> Model:
    try:
        distribution(name)
        spec = find_spec(name)
    except (PackageNotFoundError, ImportError, ValueError):
        spec = None
    if spec is None or spec.origin is None:
        raise SetupError(
            f"entity model {name}: no such package is installed; install it (pip install ...), "
            f"set model.name to a folder, {_WITHOUT}"
        )
    folder = Path(spec.origin).parent
    return Model(name, folder, _digest(sha256_of_files(folder)))
