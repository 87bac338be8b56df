"""`hcclit read`: the document that a reader makes of a file."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hcclit.cli.output import fail, write

if TYPE_CHECKING:
    from hcclit.document import Document


class DocumentFormat(StrEnum):
    """How a document is printed."""

    json = "json"
    text = "text"


def read(
    path: Annotated[Path, typer.Argument(help="A paper, or - for standard input.", show_default=False)],
    format: Annotated[DocumentFormat, typer.Option(help="One JSON object, or the text alone.")] = DocumentFormat.json,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Print what a paper reads as: its text, to which the records' offsets refer, with blocks, tables and pages.

    Example: hcclit read paper.xml --format text
    """
    from hcclit.readers import UnreadableError
    from hcclit.readers import read as read_paper

    try:
        document = read_paper(path)
    except UnreadableError as error:
        fail(str(error))
    if format is DocumentFormat.text:
        write(document.text, output)
    else:
        write(json.dumps(_plain(document), ensure_ascii=False) + "\n", output)


def _plain(document: Document) -> dict[str, Any]:
    blocks = [
        {
            "kind": block.kind, "start": block.start, "end": block.end, "section": block.section,
            "page": document.page_of(block.start),
            "bbox": document.layout.boxes(block.start, block.end) if document.layout is not None else None,
            "xpath": block.path,
        }
        for block in document.blocks
    ]  # fmt: skip
    tables = [
        {
            "start": table.start, "end": table.end, "page": document.page_of(table.start),
            "caption": table.caption, "notes": table.notes, "stub_head": table.stub_head,
            "cells": [
                {
                    "role": cell.role, "row": cell.row, "column": cell.column, "rows": cell.rows,
                    "columns": cell.columns, "row_heads": cell.row_heads, "column_heads": cell.column_heads,
                    "start": cell.start, "end": cell.end, "text": cell.text,
                }
                for cell in table.cells
            ],
        }
        for table in document.tables
    ]  # fmt: skip
    pages = [
        {"number": page.number, "width": page.width, "height": page.height, "start": page.start, "end": page.end}
        for page in document.pages
    ]
    head = {"doc_id": document.doc_id, "text": document.text, "blocks": blocks, "tables": tables}
    return head | {"pages": pages, "metadata": dict(document.metadata)}
