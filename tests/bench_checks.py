"""How well the checks find what does not add up, and keep quiet where all does.

    python -m tests.bench_checks planted [FOLDER] [--count 400] [--seed 1]
    python -m tests.bench_checks simulated [--count 100000] [--seed 1]
    python -m tests.bench_checks sample FOLDER... [-o findings.csv]

`planted` takes consistent statements, invented ones and with FOLDER those of its papers (shares in the text and in
tables), changes one digit of one number so that no values which round to the printed ones fit any more, and counts how
often a finding rests on the changed number (goal 80%). `simulated` counts findings on consistent statements (goal: none
in 100,000). `sample` writes the findings of papers with their sentence or row, to be judged by eye.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from hcclit.checks import Finding, check
from hcclit.document import Document
from hcclit.outcomes import Failure, find_papers
from hcclit.pipeline import extraction
from hcclit.readers import UnreadableError, read
from hcclit.readers.text import read_text
from tests.checks import invented_effects, statements
from tests.checks.statements import Slot, Statement, is_share, table

SENTENCES = [*statements.SENTENCES, *invented_effects.SENTENCES]
AT_ONCE = 25
"""Sentences in one invented paper, each a paragraph."""
_SHARE = re.compile(r"(?<![\d./-])(?P<k>\d+)(?:/| of )(?P<n>\d+) [(\[](?P<x>\d+(?:\.\d+)?)%[)\]]")
_CELL = re.compile(r"(?P<k>\d+) ?\((?P<x>\d+(?:\.\d+)?)%?\)")
_HEAD = re.compile(r"\b[nN] ?= ?(\d+)\)?$")


def findings(document: Document) -> list[Finding]:
    """All findings on a document."""
    found = extraction(document)
    return check(document, found.records, found.analysis)


def changed(statement: Statement, random: Random) -> tuple[Statement, Slot] | None:
    """The statement with one digit changed so that it can no longer be true; None where no draw does that."""
    slots = [slot for slot in statement.slots if slot.kind != "total"]
    for _ in range(20):
        slot = random.choice(slots)
        printed = statement.text[slot.start : slot.end]
        at = random.choice([i for i, sign in enumerate(printed) if sign.isdigit()])
        digit = random.choice([d for d in "0123456789" if d != printed[at] and not (at == 0 and d == "0")])
        new = statement.changed(slot, printed[:at] + digit + printed[at + 1 :])
        if not new.holds(new.values()):
            return new, slot
    return None


def rests_on(found: list[Finding], start: int, end: int) -> bool:
    """Whether a finding names a place."""
    return any(span.start < end and start < span.end for finding in found for span in finding.spans)


def invented(count: int, random: Random) -> Iterator[tuple[str, bool]]:
    """Kind of the changed number and whether it was found, over invented statements; a sixth of them in tables."""
    for number in range(count):
        statement = random.choice(table(random)) if number % 6 == 0 else random.choice(SENTENCES)(random)
        if result := changed(statement, random):
            new, slot = result
            heading = "Results\n\n"
            found = findings(read_text(f"{heading}{new.text}\n", "invented"))
            where = "table" if "\t" in new.text else "sentence"
            yield f"{slot.kind} in a {where}", rests_on(found, len(heading) + slot.start, len(heading) + slot.end)


def of_papers(folder: Path, count: int, random: Random) -> Iterator[tuple[str, bool]]:
    """The same over the consistent shares of papers, one at a time."""
    documents = list(papers([folder]))
    each = max(1, count // max(1, len(documents)))
    for document in documents:
        places = [*_text_shares(document), *_cell_shares(document)]
        for statement in random.sample(places, min(each, len(places))):
            if result := changed(statement, random):
                new, slot = result
                found = findings(_with_text(document, new.text))
                where = "table" if _in_table(document, slot.start) else "text"
                yield f"{slot.kind} in a paper's {where}", rests_on(found, slot.start, slot.end)


def _text_shares(document: Document) -> Iterator[Statement]:
    for match in _SHARE.finditer(document.text):
        if is_share(match.groupdict()) and not _in_table(document, match.start()):
            slots = tuple(Slot(name, name, *match.span(name)) for name in "kx")
            total = match["n"]
            yield Statement(document.text, slots, lambda v, total=total: is_share(v | {"n": total}))


def _cell_shares(document: Document) -> Iterator[Statement]:
    for each in document.tables:
        for cell in each.cells:
            heads = [match[1] for head in cell.column_heads if (match := _HEAD.search(head))]
            match = _CELL.fullmatch(document.text, cell.start, cell.end)
            if match and heads and is_share(match.groupdict() | {"n": heads[-1]}):
                slots = tuple(Slot(name, name, *match.span(name)) for name in "kx")
                yield Statement(document.text, slots, lambda v, total=heads[-1]: is_share(v | {"n": total}))


def _in_table(document: Document, place: int) -> bool:
    return any(each.start <= place < each.end for each in document.tables)


def _with_text(document: Document, text: str) -> Document:
    """The document with a text of the same length, its cells too."""
    tables = tuple(
        replace(
            each,
            cells=tuple(replace(c, text=_new(document, c, text)) for c in each.cells),
            values=tuple(replace(c, text=_new(document, c, text)) for c in each.values),
        )
        for each in document.tables
    )
    return replace(document, text=text, tables=tables)


def _new(document: Document, cell: object, text: str) -> str:
    start, end, shown = cell.start, cell.end, cell.text  # type: ignore[attr-defined]
    return shown if document.text[start:end] == text[start:end] else text[start:end]


def papers(paths: list[Path]) -> Iterator[Document]:
    """The papers of files and folders; of JSON lines with `id` and `text`, each line is one."""
    lines = [path for path in paths if path.suffix == ".jsonl"]
    for path in lines:
        for line in path.read_text(encoding="utf-8").splitlines():
            paper = json.loads(line)
            yield read_text(paper["text"], paper["id"])
    for item in find_papers(path for path in paths if path not in lines):
        if not isinstance(item, Failure):
            try:
                yield read(item)
            except UnreadableError as error:
                print(error, file=sys.stderr)


def simulated(count: int, seed: int) -> int:
    """Findings on so many consistent statements; those that there are are printed."""
    random, made, wrong = Random(seed), 0, 0
    while made < count:
        if random.random() < 0.2:
            cells = table(random)
            text, made = cells[0].text, made + len(cells)
        else:
            drawn = [random.choice(SENTENCES)(random) for _ in range(AT_ONCE)]
            text, made = "\n\n".join(s.text for s in drawn), made + AT_ONCE
        for finding in findings(read_text(f"Results\n\n{text}\n", "simulated")):
            wrong += 1
            print(finding.check, finding.message, finding.computed, [span.text for span in finding.spans])
    print(f"{wrong} findings on {made} consistent statements (goal 0 on 100,000)")
    return wrong


def planted(folder: Path | None, count: int, seed: int) -> float:
    """The share of planted errors that are found, by kind and over all."""
    random = Random(seed)
    told = list(invented(count, random))
    if folder is not None:
        told += of_papers(folder, count, random)
    made, found = Counter(kind for kind, _ in told), Counter(kind for kind, was_found in told if was_found)
    for kind in sorted(made):
        print(f"{kind:28} {found[kind]:5} of {made[kind]:5}  {found[kind] / made[kind]:6.1%}")
    share = sum(found.values()) / max(1, sum(made.values()))
    print(f"{'all':28} {sum(found.values()):5} of {sum(made.values()):5}  {share:6.1%} (goal 80%)")
    return share


def sample(paths: list[Path], output: Path | None) -> None:
    """Write findings as CSV, each with the text around it and an empty column for the verdict."""
    with output.open("w", encoding="utf-8", newline="") if output else sys.stdout as file:
        writer = csv.writer(file)
        writer.writerow(
            ["doc_id", "id", "check", "severity", "message", "stated", "expected", "computed", "text", "real"]
        )
        for document in papers(paths):
            for f in findings(document):
                near = [span for span in f.spans if abs(span.start - f.spans[0].start) < 600]
                start, end = min(s.start for s in near), max(s.end for s in near)
                text = " ".join(document.text[max(0, start - 150) : end + 100].replace("\t", " | ").split())
                writer.writerow(
                    [f.doc_id, f.id, f.check, f.severity, f.message, f.stated, f.expected, f.computed, text, ""]
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figure", choices=["planted", "simulated", "sample"])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    if options.figure == "simulated":
        sys.exit(1 if simulated(options.count or 100_000, options.seed) else 0)
    if options.figure == "planted":
        share = planted(options.paths[0] if options.paths else None, options.count or 400, options.seed)
        sys.exit(0 if share >= 0.8 else 1)
    sample(options.paths, options.output)


if __name__ == "__main__":
    main()
