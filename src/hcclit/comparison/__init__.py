"""Compares two readings of one paper: its PDF with its JATS, a preprint with the printed paper.

Offsets of two files say nothing of each other, so records are matched by value and by what stands around them.
`files` says which files belong together, `job` reads them, `contexts` says what stands around a record, `matching`
which record answers which, `comparison` adds up, `report` prints.
"""

from hcclit.comparison.comparison import Comparison, Pair, compare
from hcclit.comparison.files import UnpairedError, pairs_of
from hcclit.comparison.readings import Reading

__all__ = ["Comparison", "Pair", "Reading", "UnpairedError", "compare", "pairs_of"]
