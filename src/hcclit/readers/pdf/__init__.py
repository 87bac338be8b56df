"""PDF: `read_pdf` gives a paper's text in reading order, its blocks, its pages and where each sign stands."""

from hcclit.readers.pdf.reader import read_pdf

__all__ = ["read_pdf"]
