"""A page for each paper: its text with every record marked, the records as a table, the figures.

A page is one file that needs no network, no server and, for reading, no script. `render` makes it of a document and
its records; `hcclit report` does so for files, under limits, with an index (`folder`).
"""

from hcclit.report.marked import marked_text
from hcclit.report.page import Beside, render

__all__ = ["Beside", "marked_text", "render"]
