"""HTML pages of articles: `read_html` gives the main text with its tables and captions, and leaves out the rest."""

from hcclit.readers.html.reader import read_html

__all__ = ["read_html"]
