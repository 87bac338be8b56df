"""Excel: a sheet for each type of record, the effects, and the data dictionary.

Text is written as text: what begins with `=`, `+`, `-` or `@` is no formula, neither when the file is opened nor when
its cell is edited (`quotePrefix`). Signs that XML cannot hold are shown as U+FFFD, one for one. The same records give
the same bytes: the file holds no time of its making.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from hcclit import export
from hcclit.exchange.dictionary import data_dictionary
from hcclit.exchange.effects import Effect
from hcclit.records import MODELS, RECORD_TYPES, Record, RecordBase, RecordType

Rows = Sequence[Sequence[object]]

_MOST_ROWS = 1_048_576
_MOST_SIGNS = 32_767
"""Excel's own limits of a sheet and of a cell."""
_WIDEST = 60
_EVERY = frozenset(RecordBase.model_fields)
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel reads as an escaped sign (`_x000D_`)."""
_FORMULA = ("=", "+", "-", "@")
_TIME = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_FIRST = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip file can hold


def write_workbook(records: Iterable[Record], effects: Sequence[Effect], path: Path) -> None:
    """Write records and effects as a workbook.

    Raises:
        ValueError: more records of a type than a sheet has rows.
        OSError: the file cannot be written.
    """
    tables = _tables(records, effects)
    for title, (_, rows) in tables.items():
        if len(rows) >= _MOST_ROWS:
            raise ValueError(f"{len(rows):,} rows in {title}, more than an Excel sheet can hold; export CSV or Parquet")
    book = Workbook(write_only=True)
    for title, (names, rows) in tables.items():
        _sheet(book, title, names, rows)
    out = io.BytesIO()
    book.save(out)
    path.write_bytes(_timeless(out.getvalue()))


def _tables(records: Iterable[Record], effects: Sequence[Effect]) -> dict[str, tuple[list[str], Rows]]:
    """The sheets by title, each with its columns and rows."""
    tables: dict[str, tuple[list[str], Rows]] = {}
    found = list(records)
    for kind in RECORD_TYPES:
        names = _names(kind)
        rows = [export.to_row(record) for record in found if record.type == kind]
        tables[kind] = (names, [[row[name] for name in names] for row in rows])
    tables["effects"] = (list(Effect.model_fields), [list(effect.model_dump().values()) for effect in effects])
    columns = [asdict(column) for column in data_dictionary()]
    tables["dictionary"] = (list(columns[0]), [list(column.values()) for column in columns])
    return tables


def _names(kind: RecordType) -> list[str]:
    """A sheet's columns in the order in which they are read: the mention, what it says, all else."""
    names = [name for name in export.columns_of(kind) if name != "type"]  # the sheet's name says it
    own = [name if name in names else export.DATE_COLUMN for name in MODELS[kind].model_fields if name not in _EVERY]
    return list(dict.fromkeys(["doc_id", "text", *own, *names]))


def _sheet(book: Workbook, title: str, names: list[str], rows: Rows) -> None:
    """Add a sheet with a head that stays in sight and can be filtered by."""
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(rows) + 1}"
    for index, name in enumerate(names):
        longest = max((_width(row[index]) for row in rows), default=0)
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(max(longest, len(name)) + 3, _WIDEST)
    sheet.append([_head(sheet, name) for name in names])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


def _width(value: object) -> int:
    """How many signs a cell takes; a number as Excel shows it."""
    return 0 if value is None else len(f"{value:.6g}" if isinstance(value, float) else str(value))


def _head(sheet: Any, name: str) -> WriteOnlyCell:  # noqa: ANN401  # openpyxl has no type for a sheet of this kind
    cell = WriteOnlyCell(sheet, name)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", fgColor="DDE6ED")
    return cell


def _cell(sheet: Any, value: object) -> object:  # noqa: ANN401
    """A value as a cell: text as text, whatever it looks like."""
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, shown(value))
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text="\n" in value)
    cell.quotePrefix = value.startswith(_FORMULA)
    return cell


def shown(text: str) -> str:
    """A text as a cell can hold it."""
    sound = _ESCAPE.sub("_x005F_", _NO_XML.sub("\ufffd", text))
    return sound if len(sound) <= _MOST_SIGNS else f"{sound[: _MOST_SIGNS - 1]}…"


def _timeless(data: bytes) -> bytes:
    """A workbook's file without the times at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = made.read(name)
            if name == "docProps/core.xml":
                content = _TIME.sub(rb"\g<1>1980-01-01T00:00:00Z", content)
            kept.writestr(zipfile.ZipInfo(name, _FIRST), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
