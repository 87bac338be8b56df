"""Compares two readings of one paper: its PDF with its JATS, a preprint with the printed paper.

Offsets of two files say nothing of each other, so records are matched by value and by what stands around them.
`contexts` says what that is, `matching` which record answers which, `readings` which files belong together,
`comparison` adds up, `report` prints.
"""

from hcclit.comparison.comparison import Comparison, Pair, compare
from hcclit.comparison.readings import Reading, UnpairedError, pairs_of

__all__ = ["Comparison", "Pair", "Reading", "UnpairedError", "compare", "pairs_of"]
