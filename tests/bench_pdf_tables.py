"""How many cells of a paper's tables the reader of PDF finds in the right row and column.

Run `HCCLIT_PDF_PAIRS=folder python -m tests.bench_pdf_tables`.

The folder holds papers twice, as `<name>.pdf` and as `<name>.xml` (JATS). Counted are all cells with text of the JATS
tables: heads, labels and values. A cell is found where a table of the PDF has the same text in the same place. Texts
are the same if their letters and digits are, lower-cased; of cells without either, all signs count. Places are told in
two ways:

* `placed`: rows and columns of the two tables are paired in their order, as the most cells agree; a cell is found if it
  stands in the row and the column that its own are paired with. An empty row or a column too many costs nothing else.
* `exact`: the number of the row and of the column are the same, counted over the rows that have text.

Each JATS table is compared with the PDF's table that it agrees with best. With `--misses` each cell that is not found
is printed. The last lines say the same of the tables that pdfplumber finds by itself, by rules and by the text's
alignment.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pdfplumber
from lxml import etree

from hcclit.document import Document, Table
from hcclit.readers import read
from hcclit.readers.jats.inline import inline_text, local_name
from hcclit.view import clean

_SIGN = re.compile(r"[^\W_]")
_SPACE = re.compile(r"\s+")
_ROUNDS = 5
MAX_SPAN = 100

Cells = dict[tuple[int, int], str]
"""Texts by row and column; empty cells are left out."""


def key(text: str) -> str:
    """What has to agree of a cell's text."""
    text = clean(text)
    return "".join(_SIGN.findall(text.lower())) or _SPACE.sub("", text)


def jats_tables(path: Path) -> list[tuple[str, Cells]]:
    """The tables of an article with their labels; a cell over several rows or columns stands in the first of them."""
    out = []
    for wrap in etree.parse(path).iter("{*}table-wrap"):
        label = " ".join(inline_text(e) for e in wrap if local_name(e) == "label")
        out += [(label, jats_cells(table)) for table in wrap.iter() if local_name(table) == "table"]
    return out


def jats_cells(table: etree._Element) -> Cells:
    """The cells of a marked-up table, rows without text left out."""
    cells: Cells = {}
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(e for e in table.iter() if local_name(e) == "tr"):
        column = 0
        for field in (e for e in line if local_name(e) in ("td", "th")):
            while (row, column) in taken:
                column += 1
            wide, high = (min(MAX_SPAN, int(field.get(name, "1") or 1)) for name in ("colspan", "rowspan"))
            taken |= {(row + down, column + right) for down in range(high) for right in range(wide)}
            cells[row, column] = key(inline_text(field))
            column += wide
    return _packed(cells)


def pdf_cells(table: Table) -> Cells:
    """The cells of a table that was read, rows without text left out."""
    return _packed({(cell.row, cell.column): key(cell.text) for cell in table.cells})


def peer_tables(path: Path, strategy: str) -> list[Cells]:
    """The tables of a paper as pdfplumber finds them, by `lines` or by `text`."""
    settings = {"vertical_strategy": strategy, "horizontal_strategy": strategy}
    with pdfplumber.open(path) as pdf:
        grids = [grid for page in pdf.pages for grid in page.extract_tables(settings)]
    return [_packed({(r, c): key(v or "") for r, row in enumerate(grid) for c, v in enumerate(row)}) for grid in grids]


def _packed(cells: Cells) -> Cells:
    filled = {place: text for place, text in cells.items() if text}
    number = {row: i for i, row in enumerate(sorted({row for row, _ in filled}))}
    return {(number[row], column): text for (row, column), text in filled.items()}


def placed(wanted: Cells, found: Cells) -> set[tuple[int, int]]:
    """The places of the wanted cells that are found where the best pairing of rows and columns has them."""
    columns: dict[int, int] = {}
    best: set[tuple[int, int]] = set()
    for _ in range(_ROUNDS):
        rows = _paired(_agreement(wanted, found, 0, columns))
        columns = _paired(_agreement(wanted, found, 1, rows))
        right = {(r, c) for (r, c), text in wanted.items() if found.get((rows.get(r, -1), columns.get(c, -1))) == text}
        if len(right) <= len(best):
            break
        best = right
    return best


def _agreement(wanted: Cells, found: Cells, axis: int, others: dict[int, int]) -> list[list[int]]:
    """How many cells each line of one table shares with each of the other: those in lines across that are paired."""
    count = [1 + max((place[axis] for place in cells), default=-1) for cells in (wanted, found)]
    out = [[0] * count[1] for _ in range(count[0])]
    lines = [[Counter[tuple[int, str]]() for _ in range(n)] for n in count]
    for place, text in wanted.items():
        lines[0][place[axis]][others.get(place[1 - axis], -1) if others else 0, text] += 1
    for place, text in found.items():
        lines[1][place[axis]][place[1 - axis] if others else 0, text] += 1
    for i, a in enumerate(lines[0]):
        for j, b in enumerate(lines[1]):
            out[i][j] = sum((a & b).values())
    return out


def _paired(agreement: list[list[int]]) -> dict[int, int]:
    """Lines of one table paired with those of another in their order, so that the most cells agree."""
    if not agreement or not agreement[0]:
        return {}
    high, wide = len(agreement), len(agreement[0])
    total = [[0] * (wide + 1) for _ in range(high + 1)]
    for i in range(high):
        for j in range(wide):
            total[i + 1][j + 1] = max(total[i][j + 1], total[i + 1][j], total[i][j] + agreement[i][j])
    out: dict[int, int] = {}
    i, j = high, wide
    while i and j:
        if total[i][j] == total[i - 1][j]:
            i -= 1
        elif total[i][j] == total[i][j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            out[i] = j
    return out


@dataclass(frozen=True, slots=True)
class Score:
    """Cells of a table, how many of them stand where they should, and how many by number too."""

    cells: int
    placed: int
    exact: int

    def __add__(self, other: Score) -> Score:
        return Score(self.cells + other.cells, self.placed + other.placed, self.exact + other.exact)

    def __str__(self) -> str:
        share = [value / self.cells if self.cells else 1.0 for value in (self.placed, self.exact)]
        return f"placed {share[0]:7.2%}  exact {share[1]:7.2%}  of {self.cells:4}"


def score(wanted: Cells, tables: list[Cells]) -> tuple[Score, dict[tuple[int, int], str]]:
    """Compare a table with the one of several that it agrees with best; the cells that are not found."""
    best: set[tuple[int, int]] = set()
    exact = 0
    for found in tables:
        right = placed(wanted, found)
        if len(right) > len(best):
            best = right
            exact = sum(found.get(place) == text for place, text in wanted.items())
    missed = {place: text for place, text in wanted.items() if place not in best}
    return Score(len(wanted), len(best), exact), missed


def measure(path: Path, document: Document) -> Score:
    """Score a paper's tables, one line for each."""
    tables = [pdf_cells(table) for table in document.tables]
    total = Score(0, 0, 0)
    for label, wanted in jats_tables(path.with_suffix(".xml")):
        found, missed = score(wanted, tables)
        total += found
        print(f"  {label[:12]:12} {found}")
        if "--misses" in sys.argv:
            for (row, column), text in sorted(missed.items()):
                print(f"     row {row:3} column {column:2}: {text}")
    return total


def main() -> None:
    """Print each paper's score and that of all."""
    folder = Path(os.environ["HCCLIT_PDF_PAIRS"])
    total = Score(0, 0, 0)
    for path in sorted(folder.glob("*.pdf")):
        start = time.perf_counter()
        document = read(path)
        print(f"{path.stem:14} read in {time.perf_counter() - start:.2f} s, {len(document.tables)} tables")
        found = measure(path, document)
        total += found
        if found.cells:
            print(f"  all          {found}")
    print(f"all            {total} (goal 85%)")
    for strategy in ("lines", "text"):
        print(f"pdfplumber     {peer(folder, strategy)}, by {strategy}")


def peer(folder: Path, strategy: str) -> Score:
    """What pdfplumber scores over all papers."""
    total = Score(0, 0, 0)
    for path in sorted(folder.glob("*.pdf")):
        wanted = jats_tables(path.with_suffix(".xml"))
        tables = peer_tables(path, strategy) if wanted else []
        total = sum((score(cells, tables)[0] for _, cells in wanted), total)
    return total


if __name__ == "__main__":
    main()
