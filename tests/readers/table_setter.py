"""Sets invented tables on a sheet, in the ways that journals do."""

import re
from dataclasses import dataclass, replace

from tests.readers.sheet import SERIF


@dataclass(frozen=True)
class Cell:
    """A cell with how many columns and rows it covers; one that begins with spaces is indented."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True)
class Style:
    """How a table is set; lengths are points, `lead` and `pad` are the room of a line and above and below a row.

    `rules`: none, at heads and ends (`heads`), also between groups of heads (`groups`), between all rows (`rows`),
    around all cells (`boxes`), or every other row on a grey ground (`shade`). `align` is that of all columns but the
    first, `set_at` where cells stand in higher rows: `top` or `middle`.
    """

    rules: str = "heads"
    align: str = "left"
    set_at: str = "top"
    size: float = 8
    lead: float = 9.6
    pad: float = 1.5
    gutter: float = 12
    bold: bool = False


def cell(content):
    return content if isinstance(content, Cell) else Cell(content)


def placed(grid):
    """Each cell with its row and column."""
    taken = set()
    for row, cells in enumerate(grid):
        column = 0
        for content in map(cell, cells):
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(content.rows) for c in range(content.columns)}
            yield row, column, content
            column += content.columns


def texts(grid):
    """What a reader should find: texts by row and column."""
    return {(row, column): c.text.strip() for row, column, c in placed(grid) if c.text.strip()}


class Setter:
    """A table with the widths of its columns, set row by row on a sheet."""

    def __init__(self, sheet, grid, widths, style=None, heads=1):
        self.sheet, self.grid, self.heads, self.style = sheet, list(placed(grid)), heads, style or Style()
        self.edges = [0]
        for width in widths:
            self.edges.append(self.edges[-1] + width + self.style.gutter)
        self.heights = [self.style.lead + 2 * self.style.pad] * len(grid)
        for row, column, c in sorted(self.grid, key=lambda item: item[2].rows):
            inside = slice(row, row + c.rows)
            missing = len(self.lines(row, column, c)) * self.style.lead + 2 * self.style.pad - sum(self.heights[inside])
            self.heights[row + c.rows - 1] += max(0, missing)

    @property
    def width(self):
        return self.edges[-1] - self.style.gutter

    def font(self, row):
        self.sheet.pdf.set_font(SERIF, "B" if self.style.bold and row < self.heads else "", self.style.size)

    def length(self, row, text):
        self.font(row)
        return self.sheet.pdf.get_string_width(text)

    def lines(self, row, column, c):
        """A cell's text in lines that fit its columns."""
        room = self.edges[column + c.columns] - self.edges[column] - self.style.gutter - self.indent(c)
        out = [""]
        for word in c.text.split():
            longer = f"{out[-1]} {word}".strip()
            if out[-1] and self.length(row, longer) > room:
                out.append(word)
            else:
                out[-1] = longer
        return out

    def indent(self, c):
        return 4 * (len(c.text) - len(c.text.lstrip()))

    def set(self, x, y, rows=None):
        """Set all rows, or some, below a height. Returns where they end."""
        rows = rows or range(len(self.heights))
        tops = [y]
        for row in rows:
            tops.append(tops[-1] + self.heights[row])
        for row, column, c in self.grid:
            if row in rows:
                top, bottom = tops[row - rows[0]], tops[row - rows[0] + c.rows]
                self.ground(x, row, (top, bottom))
                self.cell(x, (row, column, c), (top, bottom))
        self.rules(x, rows, tops)
        return tops[-1]

    def cell(self, x, item, edges):
        row, column, c = item
        top, bottom = edges
        lines = self.lines(row, column, c)
        left, right = x + self.edges[column], x + self.edges[column + c.columns] - self.style.gutter
        y = top + self.style.pad
        if self.style.set_at == "middle":
            y = (top + bottom - len(lines) * self.style.lead) / 2
        for k, text in enumerate(lines):
            at = self.start(left + self.indent(c), right, text, item)
            self.font(row)
            self.sheet.pdf.text(at, y + k * self.style.lead + self.style.size, text)
        if self.style.rules == "boxes":
            half = self.style.gutter / 2
            self.sheet.pdf.rect(left - half, top, right - left + 2 * half, bottom - top)
        if self.style.rules == "groups" and c.columns > 1 and row + c.rows < self.heads:
            self.sheet.rule(left, right, bottom)

    def start(self, left, right, text, item):
        """Where a line begins."""
        row, column, c = item
        length = self.length(row, text)
        align = "centre" if c.columns > 1 else "left" if column == 0 else self.style.align
        number = re.match(r"[<\d]*\d", text) if row >= self.heads else None
        if align == "decimal" and number:
            return max(left, (left + right) / 2 - self.length(row, number[0]))
        if align == "left":
            return left
        return right - length if align == "right" else (left + right - length) / 2

    def ground(self, x, row, edges):
        if self.style.rules == "shade" and (row < self.heads or (row - self.heads) % 2):
            self.sheet.pdf.set_fill_color(220)
            self.sheet.pdf.rect(x, edges[0], self.width, edges[1] - edges[0], style="F")

    def rules(self, x, rows, tops):
        heights = {"heads": {0, self.heads, len(rows)}, "groups": {0, self.heads, len(rows)}, "rows": range(len(tops))}
        for k in heights.get(self.style.rules, ()):
            covered = any(row < rows[0] + k < row + c.rows for row, _, c in self.grid)
            if not covered:
                self.sheet.rule(x, x + self.width, tops[k])


def variant(style, **changes):
    return replace(style, **changes)
