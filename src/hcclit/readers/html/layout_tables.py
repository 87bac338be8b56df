"""Tables that only set a page's parts beside one another, as old pages do."""

from __future__ import annotations

from lxml import etree

from hcclit.readers.jats.inline import local_name

_PARTS = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "article", "main", "form")
_LONG = 1000
"""Signs; a cell with more of them, in a table without heads or caption, holds running text."""


def is_layout(table: etree._Element) -> bool:
    """Whether a table holds parts of a page and no data."""
    if table.get("role") in ("presentation", "none"):
        return True
    if any(inner is not table for inner in table.iter(*_PARTS)):
        return True
    if next(table.iter("th", "thead", "caption"), None) is not None:
        return False
    cells = list(table.iter("td"))
    return len(cells) < 2 or any(sum(map(len, cell.itertext())) > _LONG for cell in cells)


def holds_data(element: etree._Element) -> bool:
    """Whether an element is a table of data."""
    return local_name(element) == "table" and not is_layout(element)
