"""The catalogue: which files of the store count. Replacing it in one step is what makes a commit."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args

from pydantic import TypeAdapter, ValidationError

Table = Literal["documents", "records", "failures", "findings"]
TABLES: tuple[Table, ...] = get_args(Table)
NAME = "catalog.json"
FORMAT = 1
"""Layout of the store; a store of another number is refused, not guessed at."""


class StoreError(Exception):
    """The store cannot be used; the message is one line for the user."""


@dataclass(frozen=True)
class Catalog:
    """The live files of each table, by name, and how many commits there have been."""

    format: int = FORMAT
    commits: int = 0
    files: dict[Table, tuple[str, ...]] = field(default_factory=lambda: dict.fromkeys(TABLES, ()))

    def paths(self, store: Path, table: Table) -> list[Path]:
        """The live files of a table in the store's folder."""
        return [store / table / name for name in self.files[table]]

    def exchanged(self, table: Table, old: set[str], new: list[str]) -> Catalog:
        """This catalogue with some files of a table gone and others added at its end."""
        kept = [name for name in self.files[table] if name not in old]
        return replace(self, files={**self.files, table: (*kept, *new)})


_ADAPTER = TypeAdapter(Catalog)


def read_catalog(store: Path) -> Catalog:
    """Read a store's catalogue; an empty one for a folder that is no store yet.

    Raises:
        StoreError: the catalogue cannot be read or belongs to another version of the layout.
    """
    path = store / NAME
    try:
        catalog = _ADAPTER.validate_json(path.read_bytes())
    except FileNotFoundError:
        return Catalog()
    except (OSError, ValidationError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not a catalogue of hcclit"
        raise StoreError(f"{path}: cannot be read ({reason}); restore the store from a copy") from error
    if catalog.format != FORMAT:
        raise StoreError(f"{path}: layout {catalog.format}, but this version of hcclit reads layout {FORMAT}")
    # a store from before there were findings has none
    return replace(catalog, files={**dict.fromkeys(TABLES, ()), **catalog.files})


def write_catalog(store: Path, catalog: Catalog) -> None:
    """Put a catalogue in the place of the store's own, in one step that a crash cannot cut in two."""
    replace_file(store / NAME, _ADAPTER.dump_json(catalog, indent=1))


def replace_file(path: Path, content: bytes) -> None:
    """Write a file beside its place, force it to the disk, and move it there."""
    new = path.with_name(f"{path.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Force a folder's names to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
