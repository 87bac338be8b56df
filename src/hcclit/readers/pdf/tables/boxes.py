"""Tables whose cells are boxes: rules on all sides of each tell rows, columns and what covers several."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from hcclit.readers.pdf.tables.cues import Line, setting_of
from hcclit.readers.pdf.tables.pieces import Piece, is_value
from hcclit.readers.pdf.tables.rulings import Rule, Rulings
from hcclit.readers.pdf.tables.words import Word, levels_of

_SAME = 3.0  # points; rules that are closer are one
_SHORTEST = 0.8  # ems
_BORDERED = 0.4  # of the places where a border may be
_OUTSIDE = 0.05  # of the words
_LINES_OF_ROWS = 0.25  # for each row of boxes, lines that look like rows of their own
_SURE = 2.0  # a score that leaves no doubt
_MOST = 10_000  # boxes


@dataclass(frozen=True, slots=True)
class BoxCell:
    """A box with words: its row and column, how many of each it covers, its lines."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[tuple[Word, ...], ...]

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(word.text for line in self.lines for word in line)


@dataclass(frozen=True, slots=True)
class _Lattice:
    """The heights and places of all rules, and which slots between them have a border below or to the right."""

    xs: list[float]
    ys: list[float]
    below: list[list[bool]]
    right: list[list[bool]]

    @property
    def rows(self) -> int:
        """Rows of slots."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """Columns of slots."""
        return len(self.xs) - 1


def box_cells(words: list[Word], rulings: Rulings, em: float) -> list[BoxCell] | None:
    """The cells of a table that are boxes; None where they are not."""
    lattice = _lattice(rulings, em)
    if lattice is None:
        return None
    owner = _joined(lattice)
    if owner is None:
        return None
    found: dict[tuple[int, int, int, int], list[Word]] = {}
    outside = 0
    for word in words:
        column, row = _slot(lattice.xs, word.centre), _slot(lattice.ys, word.base - 0.3 * em)
        if column is None or row is None:
            outside += 1
        else:
            found.setdefault(owner[row][column], []).append(word)
    if outside > _OUTSIDE * len(words) or _has_rows_inside(found, em, lattice):
        return None
    return [_cell(box, inside) for box, inside in found.items()]


def head_rows(cells: list[BoxCell]) -> int:
    """How many of the first rows are heads: what the cells of the first reach down to, and rows below wide heads."""
    last = max(cell.row + cell.rows for cell in cells)
    count = 1
    while count < last:
        reach = max((c.row + c.rows for c in cells if c.row < count), default=count)
        above = [c for c in cells if c.row == count - 1]
        here = [c for c in cells if c.row == count and c.column > 0]
        wide = any(c.columns > 1 for c in above) or len(above) == 1
        if count < reach < last:
            count = reach
        elif wide and here and 2 * sum(is_value(c.text) for c in here) <= len(here):
            count += 1
        else:
            break
    return count if count < last else 1


def _lattice(rulings: Rulings, em: float) -> _Lattice | None:
    across = [rule for rule in rulings.across if rule.length > _SHORTEST * em]
    down = [rule for rule in rulings.down if rule.length > _SHORTEST * em]
    if not across or not down:
        return None
    edges = [min(rule.start for rule in across), max(rule.end for rule in across)]
    xs, ys = _places([*(rule.at for rule in down), *edges]), _places([rule.at for rule in across])
    if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _MOST:
        return None
    below = [[_covered(across, ys[i + 1], (xs[j], xs[j + 1])) for j in range(len(xs) - 1)] for i in range(len(ys) - 1)]
    right = [[_covered(down, xs[j + 1], (ys[i], ys[i + 1])) for j in range(len(xs) - 1)] for i in range(len(ys) - 1)]
    inner = [row[:-1] for row in right]
    shares = (_share(below[:-1]), _share(inner))
    return _Lattice(xs, ys, below, right) if min(shares) > _BORDERED else None


def _places(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _SAME:
            out.append(value)
    return out


def _covered(rules: list[Rule], at: float, edges: tuple[float, float]) -> bool:
    """Whether a rule stands along most of a border."""
    middle = (edges[0] + edges[1]) / 2
    return any(abs(rule.at - at) <= _SAME and rule.start < middle < rule.end for rule in rules)


def _share(rows: list[list[bool]]) -> float:
    flags = [flag for row in rows for flag in row]
    return sum(flags) / len(flags) if flags else 0.0


def _slot(edges: list[float], value: float) -> int | None:
    for i in range(len(edges) - 1):
        if edges[i] - 1 <= value < edges[i + 1] + (1 if i == len(edges) - 2 else 0):
            return i
    return None


def _joined(lattice: _Lattice) -> list[list[tuple[int, int, int, int]]] | None:
    """For each slot its box (first row, first column, rows, columns); None where a box is no rectangle."""
    empty = (-1, -1, 0, 0)
    owner = [[empty] * lattice.columns for _ in range(lattice.rows)]
    for row in range(lattice.rows):
        for column in range(lattice.columns):
            if owner[row][column] != empty:
                continue
            wide, high = 1, 1
            while column + wide < lattice.columns and not lattice.right[row][column + wide - 1]:
                wide += 1
            while row + high < lattice.rows and not lattice.below[row + high - 1][column]:
                high += 1
            slots = [(r, c) for r in range(row, row + high) for c in range(column, column + wide)]
            if any(owner[r][c] != empty for r, c in slots):
                return None
            for r, c in slots:
                owner[r][c] = (row, column, high, wide)
    return owner


def _has_rows_inside(found: dict[tuple[int, int, int, int], list[Word]], em: float, lattice: _Lattice) -> bool:
    """Whether the boxes hold several rows each: lines of values below one another."""
    rowlike = 0
    for row in range(lattice.rows):
        inside = {box[1]: words for box, words in found.items() if box[0] == row and box[2] == 1}
        placed = [(word.base, column, word) for column, words in inside.items() for word in words]
        lines: list[Line] = []
        for level in levels_of([word for _, _, word in placed]):
            columns = {c: [w for w in level if w in inside[c]] for c in inside}
            lines.append({c: Piece(words, c, c) for c, words in columns.items() if words})
        setting = setting_of(lines, em, lattice.columns)
        rowlike += sum(setting.begins_row(a, b) > _SURE for a, b in pairwise(lines))
    return rowlike > _LINES_OF_ROWS * lattice.rows


def _cell(box: tuple[int, int, int, int], words: list[Word]) -> BoxCell:
    row, column, high, wide = box
    return BoxCell(row, column, high, wide, tuple(tuple(level) for level in levels_of(words)))
