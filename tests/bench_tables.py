"""How much of the tables of JATS files stands in the right row and column of what is read.

Run `python -m tests.bench_tables FOLDER`.

For each `table` element the grid is built once more, by the rules of HTML for `colspan` and `rowspan`, with nothing of
the package. Counted are the cells with text; right is a cell that has the same row, column and text (letters and
digits) among the cells of the document's table. With `--misses` the others are printed.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from hcclit.document import Document
from hcclit.readers import read

Cell = tuple[int, int, str]


def plain(text: str) -> str:
    """The letters and digits of a text."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isalnum())


def grid_of(table: etree._Element) -> Iterator[Cell]:
    """Row, column and text of each filled cell of a table element."""
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(table.iter("{*}tr")):
        column = 0
        for cell in element.iterchildren("{*}td", "{*}th"):
            while (row, column) in taken:
                column += 1
            wide, high = (int(cell.get(name, "1")) for name in ("colspan", "rowspan"))
            taken |= {(row + down, column + right) for down in range(high) for right in range(wide)}
            if text := plain("".join(cell.itertext())):
                yield row, column, text
            column += wide


def cells_of(document: Document) -> dict[str | None, set[Cell]]:
    """The cells of each table of a document, by the XPath of its element."""
    found: dict[str | None, set[Cell]] = {}
    for table in document.tables:
        for cell in table.cells:
            found.setdefault(document.path_of(cell.start), set()).add((cell.row, cell.column, plain(cell.text)))
    return found


def measure(path: Path) -> tuple[int, int]:
    """How many filled cells the tables of a file have, and how many of them are read where they stand."""
    tree = etree.parse(path, etree.XMLParser(remove_comments=True, remove_pis=True))
    found = cells_of(read(path))
    filled = right = 0
    for table in tree.iter("{*}table"):
        cells = found.get(tree.getpath(table), set())
        for cell in grid_of(table):
            filled += 1
            right += cell in cells
            if cell not in cells and "--misses" in sys.argv:
                print("   ", tree.getpath(table), *cell)
    return filled, right


def main() -> None:
    """Print a line for each file with tables, and the share over all."""
    total = [0, 0]
    for path in sorted(p for p in Path(sys.argv[1]).iterdir() if p.suffix in (".xml", ".nxml")):
        filled, right = measure(path)
        total = [total[0] + filled, total[1] + right]
        if filled:
            print(f"{path.stem:14} {right:6} of {filled:6} cells  {right / filled:7.2%}")
    print(f"all            {total[1]:6} of {total[0]:6} cells  {total[1] / max(total[0], 1):7.2%} (goal 99%)")


if __name__ == "__main__":
    main()
