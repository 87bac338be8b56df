"""`hcclit draw`: pictures of a PDF's pages with what was read of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from hcclit.cli.output import fail, say


def draw(
    paths: Annotated[list[Path], typer.Argument(metavar="PDF...", help="Papers as PDF.", show_default=False)],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the pictures; made if it is missing.")],
    records: Annotated[bool, typer.Option("--records", help="Extract too, and underline the records.")] = False,
    scale: Annotated[float, typer.Option(min=0.2, max=6, help="Pixels a point.")] = 1.5,
) -> None:
    """Draw each page of a PDF with its blocks, their reading order and its tables, to see how it was read.

    Example: hcclit draw paper.pdf -o pages --records
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"{output}: cannot be made ({error.strerror})")
    if len({path.stem for path in paths}) < len(paths):
        fail("two papers have the same name, and so would their pictures; draw them into folders of their own")
    drawn = [_draw(path, output, records, scale) for path in paths]
    raise typer.Exit(0 if all(drawn) else 1)


def _draw(path: Path, folder: Path, with_records: bool, scale: float) -> bool:
    """Draw one paper; one line says what became of it."""
    from hcclit.pipeline import extract_document
    from hcclit.readers import UnreadableError, load, read_bytes
    from hcclit.readers.pdf.debug import draw_pages

    try:
        data = load(path)
        document = read_bytes(data, path)
        if not document.pages:
            raise UnreadableError(path, "not a PDF; only a PDF has pages to draw")
        found = extract_document(document) if with_records else []
        pictures = list(draw_pages(data, document, folder, found, scale))
    except UnreadableError as error:
        say(str(error))
        return False
    except OSError as error:
        say(f"{folder}: pictures of {path} cannot be written ({error.strerror})")
        return False
    say(f"{path}: {len(pictures)} pages drawn into {folder}")
    return True
