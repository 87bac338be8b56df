"""Which frequency an amount shares with others of its list: `A 1,250 mg/m2 plus B 70 mg/m2 every 3 weeks`."""

from __future__ import annotations

import re

from hcclit.extractors.dose.cues import any_of
from hcclit.extractors.dose.model import Amount, Mark, Setting
from hcclit.extractors.dose.resolve import SPACED, days_of, over_length, resolve
from hcclit.extractors.dose.scope import Scope

_LOADING = re.compile(r"\b(?:loading|single|priming|test|one-time)\b[\s-]*(?:\w+ ){0,3}(?:of )?$", re.I)
_FIRST = re.compile(r"\b(?!first-line)(?:initial|first|starting|induction)\b[\s-]*(?:\w+ ){0,3}(?:of )?$", re.I)
_AS = r"[ -](?:(?:IV|i\.v\.|intravenous|oral|bolus|as a|as an|given) ){0,3}\(?"
_LOADING_AFTER = re.compile(
    rf"{_AS}(?:loading|single)\b|,? (?:initially|once\b(?!-| a| per| daily| every| weekly))", re.I
)
_FIRST_AFTER = re.compile(rf"{_AS}(?:initial|first)\b|,? on the first day\b", re.I)
_THEN = re.compile(
    r"\b(?:then|followed by|thereafter|subsequent\w*|after(?:wards?)?|later|maintenance|reduced|increased|tapered"
    r"|until)\b",
    re.I,
)
_TAPER = re.compile(
    r"[^.;]{0,40}\b(?:followed by|then"
    r"|(?:(?:tapered?|reduced|decreased|lowered|increased|escalated)(?: off| down)? )?to)\s"
    r"(?:an? |the )?(?:dose of )?$",
    re.I,
)
_INFUSED = re.compile(rf"{any_of('infused by its ending')}$")
_JOINED = re.compile(
    r"(?: of body[- ]surface[- ]area| of body weight)?\)(?: on day 1)?,? "
    r"(?:followed by|and) (?:intravenous )?[\w-]{1,40} \(",
    re.I,
)
"""`A (25 mg/m2) followed by B (1,000 mg/m2 … every 3 weeks)`: the brackets of one arm."""
_BOTH = re.compile(r"\b(?:both|each|all)\b", re.I)
_BOLUS_AND_INFUSION = "fluorouracil"


def is_loading(setting: Setting, amount: Amount) -> bool:
    """Whether an amount is given once, before others of its drug: it has no part in their frequency."""
    before, after = setting.before(amount.start, 40), setting.after(amount.end, 40)
    if _LOADING.search(before) or _LOADING_AFTER.match(after):
        return True
    if not (_FIRST.search(before) or _FIRST_AFTER.match(after)):
        return False
    return any(
        a.start > amount.start and a.agent and amount.agent and a.agent.name == amount.agent.name
        for a in setting.amounts
    )


def from_later(scope: Scope, amount: Amount, other: Amount, *, direct: bool) -> float | None:
    """The frequency that a later amount's marks give an earlier one of the same list.

    Args:
        scope: brackets and clauses of the sentence.
        amount: the amount without a frequency.
        other: one that stands after it.
        direct: whether no amount between them has a frequency.
    """
    marks = _shareable(scope, amount, other)
    if not marks:
        return None
    lengths = [m for m in marks if m.kind in SPACED or (m.kind == "days" and m.days)]
    own_days = days_of(amount) is not None
    unlike = any(m.kind == "daily" for m in marks) and not (
        direct and _shares_daily(scope.setting, amount, other, marks[0])
    )
    if lengths and (own_days or unlike):
        return over_length(amount, lengths[-1], count=None if own_days else 1)
    weekly = any(m.kind == "weekly" for m in marks)
    if unlike or (weekly and amount.unit != other.unit and not _are_alike(amount, other)):
        return None
    return resolve([*marks, *(m for m in amount.marks if m.kind == "days")])[0]


def _shareable(scope: Scope, amount: Amount, other: Amount) -> list[Mark]:
    """The marks of a later amount that may hold for an earlier one."""
    setting = scope.setting
    if other.is_radiation or amount.agent is None or other.agent is None or is_loading(setting, amount):
        return []
    same = amount.agent.name == other.agent.name
    then = same and _THEN.search(setting.between(amount.end, other.start))
    if then and amount.agent.name != _BOLUS_AND_INFUSION:
        return []
    joined = _are_alike(amount, other) and _JOINED.fullmatch(setting.between(amount.end, other.start))
    later = [m for m in other.marks if m.start > other.start]
    marks = [m for m in later if scope.holds_for(m, amount) or (joined and m.kind in (*SPACED, "days"))]
    # `mg/day` is said of one drug
    return [m for m in marks if same or setting.between(m.start, m.start + 1) != "/"]


def _shares_daily(setting: Setting, amount: Amount, other: Amount, mark: Mark) -> bool:
    """Whether a daily frequency may be shared: said of both, or of drugs measured and given in one way."""
    if _BOTH.search(setting.between(other.end, mark.start)):
        return True
    return days_of(amount) is None and _is_same_form(amount, other)


def _is_same_form(amount: Amount, other: Amount) -> bool:
    if amount.agent is None or other.agent is None:
        return False
    if amount.agent.name == other.agent.name:
        return True
    return amount.unit == other.unit and _are_alike(amount, other)


def _are_alike(amount: Amount, other: Amount) -> bool:
    """Whether two drugs are both infused or both not, to judge by their names."""
    if amount.agent is None or other.agent is None:
        return False
    return bool(_INFUSED.search(amount.agent.name)) == bool(_INFUSED.search(other.agent.name))


def from_earlier(scope: Scope, amount: Amount, other: Amount) -> float | None:
    """The frequency of an earlier amount: one that stands before the list, or that of a taper's step before."""
    if other.agent is None or amount.agent is None or other.is_radiation:
        return None
    first = [m for m in other.marks if m.end <= other.start and scope.holds_for(m, amount)]
    daily = any(m.kind == "daily" for m in first)
    if first and (not daily or (days_of(amount) is None and _is_same_form(amount, other))):
        return resolve([*first, *(m for m in amount.marks if m.kind == "days")])[0]
    if days_of(amount):
        lengths = [m for m in other.marks if m.days and scope.holds_for(m, amount)]
        return over_length(amount, lengths[-1]) if lengths else None
    same = other.agent.name == amount.agent.name and other.unit == amount.unit
    worded = any(m.kind in ("daily", "weekly") for m in other.marks)
    tapered = same and worded and _TAPER.fullmatch(scope.setting.between(other.end, amount.start))
    return other.per_day if tapered else None
