"""Invented statements of effects and medians: consistent by construction, in many forms, levels and roundings.

An effect is drawn on the logarithmic scale with its standard error; estimate, limits and p-value follow from both and
are rounded as papers round them. `holds` does the arithmetic by itself, with nothing of the package.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random
from statistics import NormalDist

from tests.checks.statements import Statement, Values, ends, render

_NORMAL = NormalDist()
_NAMES = (
    "HR", "hazard ratio", "HR for death", "hazard ratio [HR]", "OR", "odds ratio", "adjusted OR", "RR",
    "relative risk", "risk ratio",
)  # fmt: skip
_FORMS = (
    "{name} {h:e} ({level}% CI, {l:l} to {u:l}; {p}{v:v})",
    "{name}, {h:e}; {level}% CI, {l:l}-{u:l}; {p}{v:v}",
    "{name} = {h:e} [{level}% CI {l:l}\u2013{u:l}], {p}{v:v}",
    "({name} {h:e}, {level}% confidence interval [CI] {l:l}-{u:l}, {p}{v:v})",
    "{name} was {h:e} ({level}% CI: {l:l}, {u:l}) ({p}{v:v})",
    "{name} of {h:e} ({p}{v:v}; {level}% CI {l:l} to {u:l})",
)
_SPREADS = (
    "The median age was {m:e} years (range {l:l}-{u:l}).",
    "Median follow-up was {m:e} months (IQR, {l:l} to {u:l} months).",
    "With sorafenib, the median (range) duration of treatment was {m:e} months ({l:l}-{u:l}).",
    "The tumours were small ({l:l}-{u:l} cm, median: {m:e} cm).",
    "Median overall survival was {m:e} months (95% CI, {l:l}-{u:l}).",
)


def effect(random: Random) -> Statement:
    """An estimate with its interval and p-value."""
    beta, error = random.gauss(-0.25, 0.35), random.uniform(0.04, 0.5)
    level = random.choice(["95", "95", "95", "90", "99", "97.5", "80"])
    digits = random.choice([1, 2, 2, 2, 3])
    z = _NORMAL.inv_cdf(0.5 + float(level) / 200)
    values = {name: f"{math.exp(beta + k * z * error):.{digits}f}" for name, k in zip("hlu", (0, -1, 1), strict=True)}
    op, values["v"] = _printed(two_sided(beta / error), random)
    wording = f"Survival was compared between both arms, {random.choice(_FORMS)}."
    for name, text in (("name", random.choice(_NAMES)), ("level", level), ("p", random.choice("pP") + op)):
        wording = wording.replace(f"{{{name}}}", text)
    return render(wording, values, _holds(z, op))


def _printed(p: float, random: Random) -> tuple[str, str]:
    """The sign and the number of a p-value; never p=0."""
    digits = random.choice([2, 3, 3, 4])
    least = 10.0**-digits
    if p < least:
        return "<", f"{least:.{digits}f}"
    return ("=", f"{p:.{digits}f}") if random.random() < 0.5 else ("=", f"{p:.{digits}f}".replace("0.", ".", 1))


def two_sided(z: float) -> float:
    """The p-value of a distance from no effect."""
    return math.erfc(abs(z) / math.sqrt(2))


def _holds(z: float, op: str) -> Callable[[Values], bool]:
    """Whether some values that round to the printed ones are symmetric and give the p-value."""

    def holds(values: Values) -> bool:
        estimate, low, high = ([math.log(max(end, 1e-9)) for end in ends(values[name])] for name in "hlu")
        middle = [(a + b) / 2 for a, b in zip(low, high, strict=True)]
        beta = (max(estimate[0], middle[0]), min(estimate[1], middle[1]))
        if float(values["l"]) > float(values["u"]) or beta[0] > beta[1]:
            return False
        error = (max(high[0] - low[1], 1e-9) / 2 / z, (high[1] - low[0]) / 2 / z)
        least = 0.0 if beta[0] <= 0 <= beta[1] else min(map(abs, beta))
        smallest, largest = two_sided(max(map(abs, beta)) / error[0]), two_sided(least / error[1])
        own = ends(values["v"])
        return smallest <= own[1] if op == "<" else own[0] <= largest and smallest <= own[1]

    return holds


def spread(random: Random) -> Statement:
    """A median with its range, quartiles or interval."""
    digits = random.choice([0, 1, 1])
    middle = random.uniform(8, 60)
    low, high = middle * random.uniform(0.3, 0.95), middle * random.uniform(1.05, 2.5)
    values = {name: f"{value:.{digits}f}" for name, value in (("m", middle), ("l", low), ("u", high))}

    def holds(v: Values) -> bool:
        return ends(v["l"])[0] <= ends(v["m"])[1] and ends(v["m"])[0] <= ends(v["u"])[1]

    return render(random.choice(_SPREADS), values, holds)


SENTENCES = [effect, effect, spread]
"""Makers of sentences, by how often they are drawn."""
