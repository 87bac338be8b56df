"""Which extractors made a record: the package's version and a digest of everything that shapes a record.

That is code, vocabulary, the settings and the entity model.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from hcclit import __version__
from hcclit.ner.locate import located
from hcclit.settings import current

_APART = {"cli", "evaluation", "exchange", "figures", "report", "review", "sources", "store"}
"""Parts of the package that neither records nor findings depend on."""


@cache
def extractors_version() -> str:
    """For example `0.2.0+3fa9c1d2`: it changes with code, vocabulary, settings and model, so that nothing stale passes.

    Raises:
        hcclit.errors.SetupError: the settings or the model cannot be used.
    """
    settings = current()
    model = located(settings)
    # without a model its name and labels say nothing of the records
    chosen = f"{settings.model_dump_json()} {model.digest}" if model is not None else settings.entities
    digest = hashlib.sha256(chosen.encode())
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
