"""Figures of records: time axes of patients, medians, forest plots, swimmer plots.

Two steps, kept apart: records become plain data (`Timeline`, `Forest` ...), which says where everything stands and what
could not be placed; the data becomes a drawing. Facts of cited work and general knowledge are in none of them.
"""

from hcclit.figures.make import of_paper, of_papers
from hcclit.figures.picture import Picture

__all__ = ["Picture", "of_paper", "of_papers"]
