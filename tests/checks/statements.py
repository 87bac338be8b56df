"""Invented statements that are consistent, made by simulation and set in the wordings that papers use.

Each knows where its numbers stand and whether they could still be true, all of them as printed, when one is changed:
`holds` does that arithmetic by itself, with nothing of the package.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from statistics import NormalDist

NORMAL = NormalDist()
Values = dict[str, str]


@dataclass(frozen=True)
class Slot:
    """A number of a statement: its name in the wording, what it is, and where it stands."""

    name: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Statement:
    """A consistent statement."""

    text: str
    slots: tuple[Slot, ...]
    holds: Callable[[Values], bool]

    def values(self) -> Values:
        return {slot.name: self.text[slot.start : slot.end] for slot in self.slots}

    def changed(self, slot: Slot, printed: str) -> Statement:
        assert len(printed) == slot.end - slot.start
        text = self.text[: slot.start] + printed + self.text[slot.end :]
        return Statement(text, self.slots, self.holds)


_FIELD = re.compile(r"\{(\w+):(\w+)\}")
# what a number is by the letter in the wording
_KINDS = {"c": "count", "t": "total", "p": "percentage", "l": "limit", "e": "estimate", "v": "p"}


def render(wording: str, values: Values, holds: Callable[[Values], bool]) -> Statement:
    """Set numbers into a wording such as `{k:c} of {n:t} patients ({x:p}%)`."""
    text, slots, at = "", [], 0
    for field in _FIELD.finditer(wording):
        text += wording[at : field.start()]
        printed = values[field[1]]
        slots.append(Slot(field[1], _KINDS[field[2]], len(text), len(text) + len(printed)))
        text, at = text + printed, field.end()
    return Statement(text + wording[at:], tuple(slots), holds)


def ends(printed: str) -> tuple[float, float]:
    """The interval of what rounds to a printed number."""
    unit = 10.0 ** -len(printed.partition(".")[2])
    return float(printed) - unit / 2 - 1e-9, float(printed) + unit / 2 + 1e-9


def rounds(printed: str, low: float, high: float | None = None) -> bool:
    """Whether something from low to high rounds to a printed number."""
    own = ends(printed)
    return own[0] <= (low if high is None else high) and low <= own[1]


EVENTS = [
    "Diarrhoea",
    "Fatigue",
    "Hypertension",
    "Grade 3 or worse neutropenia",
    "An infusion reaction",
    "Dose reduction",
]
DRUGS = ["sorafenib", "lenvatinib", "regorafenib", "placebo", "cabozantinib", "atezolizumab plus bevacizumab"]
SHARES = [
    "{event} occurred in {k:c} of {n:t} patients ({x:p}%).",
    "{event} was reported in {k:c} ({x:p}%) of {n:t} patients who received {drug}.",
    "{event} was seen in {x:p}% ({k:c} of {n:t}) of the patients in the {drug} group.",
    "{event} led to discontinuation in {k:c}/{n:t} ({x:p}%) with {drug}.",
    "The rate of dose reduction was {x:p}% ({k:c}/{n:t}) in the {drug} arm.",
    "Of the {n:t} patients treated with {drug}, a dose was missed in {k:c}/{n:t} patients ({x:p}%).",
    "{event} was more common with {drug} ({k:c} [{x:p}%] of {n:t} patients).",
    "A total of {k:c} out of {n:t} patients ({x:p}%) stopped {drug}.",
]
ARMS = [
    "Between 2009 and 2012, {n:t} patients were randomly assigned: {a:c} to {drug} and {b:c} to placebo.",
    "A total of {n:t} patients underwent randomization to {drug} (n = {a:c}) or placebo (n = {b:c}).",
    "{n:t} eligible patients were randomised to treatment, {a:c} to {drug} and {b:c} to best supportive care.",
]
FLOWS = [
    "Of {n:t} patients screened, {a:c} were excluded and {b:c} were enrolled.",
    "{n:t} patients were assessed for eligibility, {a:c} were excluded, and {b:c} patients were randomised.",
]
RESPONSES = [
    "The objective response rate was {o:p}% (complete response, {c:p}%; partial response, {p:p}%).",
    "With {drug}, ORR was {o:p}%, with CR in {c:p}% and PR in {p:p}% of the patients.",
]
EFFECTS = [
    "The hazard ratio for death with {drug} was {h:e} (95% CI, {l:l}-{u:l}; P = {v:v}).",
    "Overall survival was longer with {drug} (HR {h:e}, 95% CI {l:l} to {u:l}, p={v:v}).",
    "The odds ratio for response was {h:e} (95% confidence interval, {l:l} to {u:l}; P={v:v}).",
]


def words(wording: str, random: Random) -> str:
    """A wording with its drug and event."""
    return wording.replace("{event}", random.choice(EVENTS)).replace("{drug}", random.choice(DRUGS))


def is_share(values: Values) -> bool:
    k, n = int(values["k"]), int(values["n"])
    return 0 < n >= k and rounds(values["x"], 100 * k / n)


def share(random: Random) -> Statement:
    n = random.randint(12, 900)
    k = random.randint(1, n - 1)
    values = {"k": str(k), "n": str(n), "x": f"{100 * k / n:.{random.choice([0, 1, 1, 2])}f}"}
    return render(words(random.choice(SHARES), random), values, is_share)


def arms(random: Random) -> Statement:
    a, b = random.randint(20, 600), random.randint(20, 600)
    values = {"a": str(a), "b": str(b), "n": str(a + b)}
    return render(words(random.choice(ARMS), random), values, lambda v: int(v["a"]) + int(v["b"]) == int(v["n"]))


def flow(random: Random) -> Statement:
    a, b = random.randint(12, 300), random.randint(20, 600)
    values = {"a": str(a), "b": str(b), "n": str(a + b)}
    return render(random.choice(FLOWS), values, lambda v: int(v["n"]) - int(v["a"]) == int(v["b"]))


def response(random: Random) -> Statement:
    n = random.randint(20, 400)
    c, p = random.randint(1, n // 5), random.randint(1, n // 2)
    values = {"o": f"{100 * (c + p) / n:.1f}", "c": f"{100 * c / n:.1f}", "p": f"{100 * p / n:.1f}"}

    def holds(v: Values) -> bool:
        low, high = (sum(ends(v[name])[side] for name in "cp") for side in (0, 1))
        return rounds(v["o"], low, high)

    return render(words(random.choice(RESPONSES), random), values, holds)


def effect(random: Random) -> Statement:
    beta, error = random.uniform(-1.2, 0.9), random.uniform(0.06, 0.4)
    z = NORMAL.inv_cdf(0.975)
    p = 2 * (1 - NORMAL.cdf(abs(beta) / error))
    shown = f"{p:.3f}" if p >= 0.001 else f"{p:.4f}"
    if float(shown) == 0 or float(shown) == 1:
        return effect(random)
    limits = {"l": math.exp(beta - z * error), "u": math.exp(beta + z * error)}
    values = {"h": f"{math.exp(beta):.2f}", "v": shown} | {name: f"{limit:.2f}" for name, limit in limits.items()}
    return render(words(random.choice(EFFECTS), random), values, is_effect)


def is_effect(values: Values) -> bool:
    """Whether some values that round to the printed ones are symmetrical and give the p-value."""
    printed = [ends(values[name]) for name in "hlu"]
    if not 0 < float(values["l"]) <= float(values["h"]) <= float(values["u"]):
        return False
    h, low, high = ([math.log(max(end, 1e-9)) for end in pair] for pair in printed)
    middle = ((low[0] + high[0]) / 2, (low[1] + high[1]) / 2)
    if middle[1] < h[0] or h[1] < middle[0]:
        return False
    beta = (max(h[0], middle[0]), min(h[1], middle[1]))
    wide = 2 * NORMAL.inv_cdf(0.975)
    error = (max(high[0] - low[1], 1e-9) / wide, (high[1] - low[0]) / wide)
    least = 0.0 if beta[0] <= 0 <= beta[1] else min(abs(end) for end in beta)
    p = [2 * (1 - NORMAL.cdf(z)) for z in (max(map(abs, beta)) / error[0], least / error[1])]
    return rounds(values["v"], *p)


ROWS = ["Male", "Hepatitis B", "Hepatitis C", "Alcohol", "Vascular invasion", "Extrahepatic spread", "Prior TACE",
        "Ascites", "Diabetes", "Prior resection", "BCLC C", "AFP above 400"]  # fmt: skip


def table(random: Random) -> list[Statement]:
    """A baseline table of two arms as one text; one statement for each cell with a share, all with the same text."""
    totals = {arm: random.randint(25, 400) for arm in "ab"}
    decimals = random.choice([0, 1, 1])
    heads = "".join(f"\t{random.choice(DRUGS)} {arm.upper()} (n = {{n{arm}:t}})" for arm in "ab")
    values = {f"n{arm}": str(total) for arm, total in totals.items()}
    lines = [f"Table 1. Baseline characteristics\nCharacteristic, n (%){heads}"]
    cells = []
    for number, label in enumerate(random.sample(ROWS, 10)):
        row = label
        for arm, total in totals.items():
            k = random.randint(1, total - 1)
            values |= {f"k{arm}{number}": str(k), f"x{arm}{number}": f"{100 * k / total:.{decimals}f}"}
            row += f"\t{{k{arm}{number}:c}} ({{x{arm}{number}:p}}" + ("%" if decimals else "") + ")"
            cells.append((arm, number))
        lines.append(row)
    whole = render("\n".join(lines) + "\n", values, lambda _: True)

    def of_cell(arm: str, number: int) -> Statement:
        names = {"k": f"k{arm}{number}", "n": f"n{arm}", "x": f"x{arm}{number}"}
        slots = tuple(slot for slot in whole.slots if slot.name in names.values() and not slot.name.startswith("n"))
        fixed = {"n": str(totals[arm])}
        return Statement(whole.text, slots, lambda v: is_share(fixed | {short: v[names[short]] for short in "kx"}))

    return [of_cell(*cell) for cell in cells]


SENTENCES = [share, share, share, arms, flow, response, effect, effect]
"""Makers of sentences, by how often they are drawn."""
