"""Scores predictions against gold by the contract's section 'How a prediction is scored against gold'.

    gold, predicted = load_gold(gold_directory), load_predictions(predictions_file)
    evaluation = evaluate(gold, predicted)

`levels` says what must be equal, `assignment` and `matching` which prediction answers which gold record,
`counts` and `scores` add up, `origins` tells gold that was reviewed from gold that was labelled blind, `mistakes`
lists what went wrong, `tables` and `floors` print and guard, `loading` reads. Only `loading`, `load_origins` and
`load_floors` touch files.
"""

from hcclit.evaluation.counts import Counts, Score, Share
from hcclit.evaluation.floors import check_floors, load_floors
from hcclit.evaluation.levels import LEVELS, LINES, Level, Line, line_of
from hcclit.evaluation.loading import load_gold, load_predictions, read_records
from hcclit.evaluation.matching import Matching, match
from hcclit.evaluation.mistakes import Mistake, list_mistakes
from hcclit.evaluation.origins import load_origins
from hcclit.evaluation.scores import Evaluation, evaluate
from hcclit.evaluation.tables import headline, render_tables

__all__ = [
    "LEVELS",
    "LINES",
    "Counts",
    "Evaluation",
    "Level",
    "Line",
    "Matching",
    "Mistake",
    "Score",
    "Share",
    "check_floors",
    "evaluate",
    "headline",
    "line_of",
    "list_mistakes",
    "load_floors",
    "load_gold",
    "load_origins",
    "load_predictions",
    "match",
    "read_records",
    "render_tables",
]
