"""Fit the weights of confidence on judged records, and look at them out of fold.

Folds are documents: a record is never judged by weights that saw another record of its paper.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from hcclit.confidence.model import INTERCEPT, Model
from hcclit.confidence.observations import Observation

FOLDS = 10
RARE = 5
"""A signal that fewer records have than this gets no weight of its own."""
STRENGTH = 0.5
"""Inverse strength of the L2 penalty: a signal needs some ten records to move a probability much."""


UNSEEN_WEIGHT = 6.0
"""How many records of papers that the rules were mended by one record of an unseen paper is worth."""


def fit(observations: Sequence[Observation]) -> Model:
    """Fit a weight for each signal that is not rare, by logistic regression.

    Raises:
        ValueError: the observations are all right or all wrong, so that nothing can be learnt.
    """
    names = _common_signals(observations)
    matrix = np.array([[name in o.signals for name in names] for o in observations], dtype=float)
    outcome = np.array([o.right for o in observations])
    weight = np.array([UNSEEN_WEIGHT if o.unseen else 1.0 for o in observations])
    regression = LogisticRegression(C=STRENGTH, max_iter=1000).fit(matrix, outcome, sample_weight=weight)
    weights = {name: float(weight) for name, weight in zip(names, regression.coef_[0], strict=True)}
    return Model(weights | {INTERCEPT: float(regression.intercept_[0])})


def out_of_fold(observations: Sequence[Observation]) -> list[float]:
    """The confidence of each observation by a model that saw no record of its document."""
    documents = [o.document for o in observations]
    folds = GroupKFold(n_splits=min(FOLDS, len(set(documents))))
    confidences = [0.0] * len(observations)
    for seen, unseen in folds.split(documents, groups=documents):
        model = fit([observations[i] for i in seen])
        for i in unseen:
            confidences[i] = model.confidence(observations[i].signals)
    return confidences


def _common_signals(observations: Sequence[Observation]) -> list[str]:
    counts: dict[str, int] = {}
    for observation in observations:
        for signal in observation.signals:
            counts[signal] = counts.get(signal, 0) + 1
    return sorted(signal for signal, count in counts.items() if count >= RARE)
