"""Invented statements of effects: consistent by construction, and with one digit changed.

An effect is drawn on the logarithmic scale with its standard error; estimate, limits and p-value follow from both and
are rounded as papers round them.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from statistics import NormalDist

_NORMAL = NormalDist()
_NAMES = {"HR": ("HR", "hazard ratio", "HR for death", "hazard ratio [HR]"), "OR": ("OR", "odds ratio", "adjusted OR"),
          "RR": ("RR", "relative risk", "risk ratio")}  # fmt: skip
_FORMS = (
    "{name} {e} ({level}% CI, {low} to {high}; {p})",
    "{name}, {e}; {level}% CI, {low}-{high}; {p}",
    "{name} = {e} [{level}% CI {low}\u2013{high}], {p}",
    "({name} {e}, {level}% confidence interval [CI] {low}-{high}, {p})",
    "{name} was {e} ({level}% CI: {low}, {high}) ({p})",
    "{name} of {e} ({p}; {level}% CI {low} to {high})",
)


@dataclass(frozen=True)
class Statement:
    """The parts of a statement as they are printed."""

    name: str
    e: str
    low: str
    high: str
    level: str
    p: str
    form: str

    def text(self) -> str:
        """The statement as a sentence."""
        return f"Survival was compared between both arms, {self.form.format(**vars(self))}.\n"


def consistent(rng: random.Random) -> Statement:
    """A statement whose numbers follow from one another."""
    kind = rng.choice(list(_NAMES))
    log_effect, error = rng.gauss(-0.25, 0.35), rng.uniform(0.04, 0.5)
    level = rng.choice(["95", "95", "95", "90", "99", "97.5", "80"])
    digits = rng.choice([1, 2, 2, 2, 3])
    z = _NORMAL.inv_cdf(0.5 + float(level) / 200)
    e, low, high = (f"{math.exp(log_effect + k * z * error):.{digits}f}" for k in (0, -1, 1))
    p = math.erfc(abs(log_effect / error) / math.sqrt(2))
    return Statement(rng.choice(_NAMES[kind]), e, low, high, level, _printed(p, rng), rng.choice(_FORMS))


def _printed(p: float, rng: random.Random) -> str:
    digits = rng.choice([2, 3, 3, 4])
    letter = rng.choice(["p", "P"])
    least = 10.0**-digits
    if p < least:
        return f"{letter}<{least:.{digits}f}"
    if p > 0.05 and rng.random() < 0.05:
        return f"{letter}>0.05"
    return f"{letter}={p:.{digits}f}".replace("0.", rng.choice(["0.", "."]), 1)


def planted(statement: Statement, rng: random.Random) -> tuple[Statement, str]:
    """The statement with one digit changed, and the part that it was changed in."""
    part = rng.choice(["e", "low", "high", "p"])
    parts = dict(vars(statement))
    printed: str = parts[part]
    at = rng.choice([i for i, sign in enumerate(printed) if sign.isdigit()])
    digit = rng.choice([d for d in "0123456789" if d != printed[at]])
    parts[part] = printed[:at] + digit + printed[at + 1 :]
    return Statement(**parts), part
