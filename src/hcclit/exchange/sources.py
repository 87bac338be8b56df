"""Papers with their records from what a command is given: records as JSONL, a folder of gold, a store, or papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from hcclit.evaluation.loading import load_fields
from hcclit.exchange.papers import Paper
from hcclit.export import from_row
from hcclit.limits import PRINTED, Limits, Stopped, Worker
from hcclit.outcomes import Failure, find_paper, find_papers
from hcclit.readers.files import content_hash
from hcclit.runs import MANIFEST
from hcclit.store.catalog import NAME as CATALOG

_JOB = "hcclit.exchange.job:loaded"
_JSONL = ".jsonl"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be read: whether the papers' texts too, where the papers of given records are, and the limits."""

    texts: bool
    docs: Path | None
    limits: Limits


def papers_of(paths: Iterable[Path], wanted: Wanted) -> Iterator[Paper | Failure]:
    """The papers that the paths name, in their order, and what could not be had of them.

    A folder with records (`<doc_id>.jsonl`, an empty file for a paper without any), the folder of a run and a store
    are told by what is in them; all else is taken for papers, and extracted now. Texts of records that were given
    are those of the papers in `wanted.docs`; without it of those beside the records, or beside their folder.

    Raises:
        ValueError: a line is no record of the contract; the message names file and line.
        hcclit.store.StoreError: the store cannot be read.
        hcclit.limits.WorkerError: no process can be started that reads papers.
    """
    for given in paths:
        path = given / "records.jsonl" if (given / MANIFEST).is_file() else given
        if (path / CATALOG).is_file():
            yield from _of_store(path, wanted)
        elif path.suffix == _JSONL or (path.is_dir() and any(path.glob(f"*{_JSONL}"))):
            papers = [Paper(doc_id, tuple(fields)) for doc_id, fields in load_fields(path).items()]
            yield from _with_texts(papers, wanted, path.parent) if wanted.texts else papers
        else:
            yield from _extracted(path, wanted.limits)


def _with_texts(papers: list[Paper], wanted: Wanted, beside: Path) -> Iterator[Paper | Failure]:
    folder = wanted.docs or beside
    found = [(paper, find_paper(folder, paper.doc_id)) for paper in papers]
    return _read(found, f"no paper of this name in {folder}; name its folder with --docs", wanted.limits)


def _of_store(store: Path, wanted: Wanted) -> Iterator[Paper | Failure]:
    from hcclit.store import query  # noqa: PLC0415  # DuckDB is loaded only where there is a store

    records = query(store, 'select * from records order by start, "end", type, id')
    rows = [dict(zip(records.columns, row, strict=True)) for row in records.fetchall()]
    by_paper: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        by_paper.setdefault(str(row.pop("sha256")), []).append(from_row(row).model_dump(mode="json"))
    known = query(store, "select doc_id, sha256, source from documents order by doc_id, sha256").fetchall()
    papers = [(Paper(name, tuple(by_paper.get(sha, ()))), sha, Path(source)) for name, sha, source in known]
    if not wanted.texts:
        return iter([paper for paper, _, _ in papers])
    places = [(paper, _place(paper.doc_id, sha, source, wanted.docs)) for paper, sha, source in papers]
    return _read(places, "the file that was read is gone or has changed; name its folder with --docs", wanted.limits)


def _place(doc_id: str, sha: str, source: Path, docs: Path | None) -> Path | None:
    """Where the very file that the store has read stands now."""
    places = [source, docs and find_paper(docs, doc_id)]
    return next((place for place in places if place and content_hash(place) == sha), None)


def _read(papers: list[tuple[Paper, Path | None]], missing: str, limits: Limits) -> Iterator[Paper | Failure]:
    """The papers with their texts."""
    with Worker(PRINTED, limits) as worker:
        answers = worker.run([(path, None, False) for _, path in papers if path is not None])
        for paper, path in papers:
            if path is None:
                yield Failure(paper.doc_id, missing)
                continue
            answer = next(answers)
            failed = isinstance(answer, Failure | Stopped)
            yield Failure(str(path), answer.reason) if failed else replace(paper, text=answer)


def _extracted(path: Path, limits: Limits) -> Iterator[Paper | Failure]:
    found = list(find_papers([path]))
    with Worker(_JOB, limits) as worker:
        answers = worker.run([(place,) for place in found if not isinstance(place, Failure)])
        for place in found:
            answer = place if isinstance(place, Failure) else next(answers)
            yield Failure(str(place), answer.reason) if isinstance(answer, Stopped) else answer
