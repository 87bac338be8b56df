"""How sure a record is: a probability that its span and core fields are right.

Each record has a few yes-or-no signals about how it was come by (`signals`). A logistic model over them, a table of
weights that is a few kilobytes of CSV (`model`), gives the probability; `calibration` fits the weights on records
that gold says are right or wrong and shows, out of fold, how often each level of confidence holds.
"""

from hcclit.confidence.model import Model, load_model
from hcclit.confidence.signals import signals_of

__all__ = ["Model", "load_model", "signals_of"]
