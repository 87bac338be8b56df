"""A PDF file as a document, page by page."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2 import raw

from hcclit.document import Document
from hcclit.readers.formats import FormatError
from hcclit.readers.pdf.assemble import assemble
from hcclit.readers.pdf.flow import flow_of
from hcclit.readers.pdf.legible import is_legible, unmapped_share
from hcclit.readers.pdf.metadata import metadata_of
from hcclit.readers.pdf.pages import PageLines, read_page

_LOCK = threading.Lock()
_NO_PAGES = re.compile(rb"/Count\s+0\b")
_MOST_UNMAPPED = 0.3  # of the signs; a paper with more of them cannot be read


def read_pdf(data: bytes, doc_id: str) -> Document:
    """Read a PDF file. One thread at a time: PDFium knows no more.

    Raises:
        FormatError: encrypted, damaged, without pages, or without text that can be read.
    """
    with _LOCK:
        pdf = _opened(data)
        try:
            pages = list(_pages(pdf))
            stated = {key: str(value) for key, value in pdf.get_metadata_dict().items()}
        finally:
            pdf.close()
    _check(pages)
    flow = flow_of(pages)
    return assemble(pages, flow, doc_id, metadata_of(flow, stated))


def _opened(data: bytes) -> pdfium.PdfDocument:
    try:
        pdf = pdfium.PdfDocument(data)
        if len(pdf):
            return pdf
        pdf.close()
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() == raw.FPDF_ERR_PASSWORD or "assword" in str(error):
            raise FormatError("the PDF is encrypted; save it without a password first") from error
        if not _NO_PAGES.search(data):
            raise FormatError("the PDF is damaged or cut short; fetch the file again") from error
    raise FormatError("the PDF has no pages; fetch the file again")


def _pages(pdf: pdfium.PdfDocument) -> Iterator[PageLines]:
    """The lines of each page; a page is closed before the next is opened, so that memory does not grow with it."""
    lines: PageLines | None = None
    for index in range(len(pdf)):
        try:
            page = pdf[index]
            try:
                lines = read_page(page, index + 1, lines)
            finally:
                page.close()
        except pdfium.PdfiumError as error:
            raise FormatError(f"page {index + 1} of the PDF is damaged; fetch the file again") from error
        yield lines


def _check(pages: list[PageLines]) -> None:
    """Refuse what has no text or only signs that nobody can read."""
    if not any(page.lines for page in pages) or all(page.picture for page in pages):
        raise FormatError("the PDF has no text layer; run OCR first")
    if unmapped_share(pages) > _MOST_UNMAPPED:
        raise FormatError("the PDF's fonts do not say which letters they print; run OCR first")
    if not is_legible(pages):
        raise FormatError("the PDF's fonts say wrong letters: its text makes no words; run OCR first")
