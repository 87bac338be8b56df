"""Gold from another tool: `<doc_id>.jsonl` for each of its papers, each record checked by the contract."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from hcclit.exchange import brat, labelstudio
from hcclit.exchange.papers import Paper, Problem
from hcclit.exchange.writing import Done
from hcclit.outcomes import find_paper

Found = tuple[Paper | None, list[Problem]]


def import_from(tool: str, source: Path, output: Path, docs: Path | None, origin: str | None) -> Done:
    """Write the records of a tool's papers as gold.

    Args:
        tool: `brat` or `labelstudio`.
        source: brat's folder, or Label Studio's export, or a folder of such.
        output: folder for the gold; made if it is missing.
        docs: folder of the papers, whose text the tool must not have changed; not looked at if None.
        origin: set as the origin of each record; as it stands if None.

    Raises:
        OSError: the output cannot be written.
    """
    done = Done(output)
    output.mkdir(parents=True, exist_ok=True)
    written: set[str] = set()
    for paper, problems in _papers(tool, source):
        done.problems += problems
        if paper is None:
            continue
        if wrong := _refused(paper, docs, written):
            done.problems.append(wrong)
            continue
        written.add(paper.doc_id)
        mark = {} if origin is None else {"origin": origin}
        lines = (json.dumps({**fields, **mark}, ensure_ascii=False) for fields in paper.fields)
        (output / f"{paper.doc_id}.jsonl").write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8"))
        done.papers += 1
        done.records += len(paper.fields)
    return done


def _papers(tool: str, source: Path) -> Iterator[Found]:
    if tool == "brat":
        yield from brat.read_folder(source)
        return
    files: Iterable[Path] = sorted(source.glob("*.json")) if source.is_dir() else [source]
    if not files:
        yield None, [Problem(str(source), "no .json file in this folder")]
    for file in files:
        yield from labelstudio.read_export(file)


def _refused(paper: Paper, docs: Path | None, written: set[str]) -> Problem | None:
    """Why a paper is not written."""
    if Path(paper.doc_id).name != paper.doc_id:
        return Problem(repr(paper.doc_id), "an id that is no file name; the paper is left out")
    if paper.doc_id in written:
        return Problem(paper.doc_id, "a second paper of this name; left out")
    return None if docs is None else _changed(paper, docs)


def _changed(paper: Paper, docs: Path) -> Problem | None:
    """Whether the tool's text is no longer the paper's, to which the offsets of gold refer."""
    from hcclit.readers import UnreadableError, read  # noqa: PLC0415  # only where texts are compared

    path = find_paper(docs, paper.doc_id)
    if path is None:
        return Problem(paper.doc_id, f"no paper of this name in {docs}; left out")
    try:
        text = read(path).text
    except UnreadableError as error:
        return Problem(str(path), error.reason)
    said = "the tool's text is not the paper's; the records' offsets would be wrong, so it is left out"
    return None if text == paper.text else Problem(paper.doc_id, said)
