"""Which extractors made a record: the package's version and a digest of everything that shapes a record."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from hcclit import __version__

_APART = {"checks", "cli", "evaluation", "exchange", "figures", "report", "review", "sources", "store"}
"""Parts of the package that no record depends on."""


@cache
def extractors_version() -> str:
    """For example `0.2.0+3fa9c1d2`: it changes when code or vocabulary changes, so that nothing stale passes as new."""
    digest = hashlib.sha256()
    for name, entry in sorted(_sources(files("hcclit"), "")):
        digest.update(name.encode())
        digest.update(entry.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:8]}"


def _sources(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            if entry.name not in _APART and entry.name != "__pycache__":
                found += _sources(entry, f"{name}/")
        elif name.endswith((".py", ".csv")):
            found.append((name, entry))
    return found
