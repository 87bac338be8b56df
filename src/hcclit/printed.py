"""A file as `hcclit read` prints it: its document as one JSON object, or its text alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hcclit.document import Document
from hcclit.outcomes import Failure
from hcclit.readers import load, read_bytes, reason_of


def loaded() -> Callable[..., str | Failure]:
    """`printed`; a reader loads what it needs when the file is known."""
    return printed


def printed(path: Path, data: bytes | None, as_json: bool) -> str | Failure:
    """Read a file and print its document, or say why it gives none.

    Args:
        path: the file.
        data: its bytes, where they have been read already.
        as_json: a JSON object, else the text alone.

    Raises:
        MemoryError: there is not enough; whoever set the limit knows what to say of it.
    """
    try:
        document = read_bytes(load(path) if data is None else data, path)
    except MemoryError:
        raise
    except Exception as error:  # a fault of the reader is told in one line too
        return Failure(str(path), reason_of(error))
    return json.dumps(_plain(document), ensure_ascii=False) + "\n" if as_json else document.text


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
