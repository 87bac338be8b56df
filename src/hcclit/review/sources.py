"""The papers that can be reviewed: those of a folder, or those that a store has read, with its records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from hcclit.outcomes import Failure, find_papers
from hcclit.readers.files import content_hash
from hcclit.records import Record
from hcclit.store.catalog import NAME as CATALOG

_FOLDER = "review"


@dataclass(frozen=True)
class Source:
    """A paper by its name; `failure` says why it cannot be reviewed, `store` where its records are kept already."""

    doc_id: str
    path: Path
    failure: str | None = None
    store: Path | None = None
    sha256: str | None = None
    """Of the file that the store has read."""

    def records(self) -> list[Record] | None:
        """The records that a store holds of it; None where they have to be extracted.

        Raises:
            hcclit.store.StoreError: the store cannot be read.
        """
        if self.store is None:
            return None
        from hcclit.export import from_row  # noqa: PLC0415  # only a store needs it, and DuckDB
        from hcclit.store import connect  # noqa: PLC0415

        sql = 'select * from records where sha256 = ? order by start, "end", type, id'
        found = connect(self.store).execute(sql, [self.sha256])
        names = [column[0] for column in found.description or ()]
        return [from_row(dict(zip(names, row, strict=True))) for row in found.fetchall()]

    def changed(self) -> str | None:
        """Why the file is not the one that the store has read; None where it is, or no store is asked."""
        if self.store is None or content_hash(self.path) == self.sha256:
            return None
        missing = not self.path.exists()
        what = "is gone" if missing else "has changed since the store read it"
        return f"the file {what}; " + (
            "put it back" if missing else f"run `hcclit run INBOX --store {self.store}` again"
        )


def is_store(place: Path) -> bool:
    """Whether a folder is a store."""
    return (place / CATALOG).is_file()


def gold_folder(place: Path) -> Path:
    """Where the outcome goes if nobody says otherwise: into a folder of papers, beside a store or a paper."""
    if is_store(place):
        return place.with_name(f"{place.name}-{_FOLDER}")
    return (place if place.is_dir() else place.parent) / _FOLDER


def sources(place: Path) -> list[Source]:
    """The papers of a store or of a folder (or the one paper that is named), in the order of their names.

    Raises:
        hcclit.store.StoreError: the store cannot be read.
    """
    found = _of_store(place) if is_store(place) else _of_folder(place)
    return list(_named_once(sorted(found, key=lambda source: (source.doc_id, str(source.path)))))


def _of_store(place: Path) -> Iterator[Source]:
    from hcclit.store import query  # noqa: PLC0415  # DuckDB is loaded only where there is a store

    for doc_id, path, sha256 in query(place, "select doc_id, source, sha256 from documents").fetchall():
        yield Source(doc_id, Path(path), None, place, sha256)


def _of_folder(place: Path) -> Iterator[Source]:
    for found in find_papers([place]):
        if isinstance(found, Failure):
            yield Source(Path(found.path).name, Path(found.path), found.reason)
        else:
            yield Source(found.stem, found)


def _named_once(found: Iterable[Source]) -> Iterator[Source]:
    """Gold is one file for each name, so of two papers of one name only the first can be reviewed."""
    seen: dict[str, Path] = {}
    for source in found:
        first = seen.setdefault(source.doc_id, source.path)
        other = f"{first} has the same name, and gold is one file a name; rename one, or review them apart"
        yield source if first is source.path else replace(source, failure=source.failure or other)
