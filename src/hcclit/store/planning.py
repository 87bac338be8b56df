"""What a run has to do: which papers are new, which replace others, which were seen before.

A paper's identity is the hash of its content with the version of the extractors:

* content that the store has, by these extractors, is seen, whatever its name (a copy is not a second paper);
* content that an older version read is read again and replaces what that version found;
* a place that held other content before was corrected: the new content replaces the old, once it can be read;
* a file that failed is tried again when its content or the extractors change, or when it is asked for;
* a file that only moved is seen, and the store notes its new place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hcclit.outcomes import Failure, Outcome
from hcclit.readers.files import content_hash
from hcclit.store.catalog import Catalog
from hcclit.store.reading import rows_of
from hcclit.version import extractors_version


@dataclass
class Plan:
    """Papers to read, in order, and what the others are."""

    papers: list[Path] = field(default_factory=list)
    replaces: dict[str, set[str]] = field(default_factory=dict)
    """By source: hashes of the documents that go when the paper at this place has been read."""
    moved: dict[str, str] = field(default_factory=dict)
    """By hash: the new place of a document whose file moved."""
    seen: int = 0
    failed_before: int = 0
    failures: list[Outcome] = field(default_factory=list)
    """Places that give no paper to read at all."""


@dataclass(frozen=True)
class _Known:
    """What the store knows, by hash and by place."""

    documents: dict[str, tuple[str, str]]  # sha256 -> (source, version)
    at: dict[str, str]  # source -> sha256
    failed: set[tuple[str, str | None, str]]  # (source, sha256, version)


def make_plan(store: Path, catalog: Catalog, found: Iterable[Path | Failure], retry_failed: bool = False) -> Plan:
    """Compare what was found with what the store has; reads the files' bytes for their hashes."""
    plan = Plan()
    hashes: dict[str, str | None] = {}
    for item in found:
        if isinstance(item, Failure):
            plan.failures.append(Outcome(item.path, None, failure=item))
        else:
            hashes[str(item.resolve())] = content_hash(item)
    known = _what_is_known(store, catalog)
    if retry_failed:
        for _, digest, _ in known.failed:
            known.documents.pop(digest or "", None)  # it was read, but a check failed on it
        known.failed.clear()
    corrected = {known.at[place] for place, digest in hashes.items() if known.at.get(place, digest) != digest}
    taken: set[str] = set()
    for place, digest in hashes.items():
        if digest is None:
            plan.papers.append(Path(place))  # reading it will say why it cannot be read
        elif digest in taken:
            plan.seen += 1  # a copy of a paper of this very run
        else:
            _plan_one(plan, known, (place, digest), corrected)
            taken.add(digest)
    return plan


def _plan_one(plan: Plan, known: _Known, paper: tuple[str, str], corrected: set[str]) -> None:
    place, digest = paper
    version = extractors_version()
    source, read_by = known.documents.get(digest, (None, None))
    if (place, digest, version) in known.failed:
        plan.failed_before += 1
    elif source is not None and read_by == version and digest not in corrected:
        plan.seen += 1
        if source != place and not Path(source).exists() and Path(source).stem == Path(place).stem:
            plan.moved[digest] = place
    else:
        plan.papers.append(Path(place))
        old = {known.at[place]} if place in known.at else set()
        if old | ({digest} if source is not None else set()):
            plan.replaces[place] = old | {digest}


def _what_is_known(store: Path, catalog: Catalog) -> _Known:
    documents = rows_of(store, catalog, "documents", ("sha256", "source", "version"))
    failures = rows_of(store, catalog, "failures", ("source", "sha256", "version"))
    return _Known(
        documents={sha256: (source, version) for sha256, source, version in documents},
        at={source: sha256 for sha256, source, _ in documents},
        failed=set(failures),
    )
