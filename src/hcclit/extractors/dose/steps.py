"""Actions that follow from an earlier dose of the same drug: steps of a planned sequence, doses that were changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.extractors.dose.discourse import Discourse
from hcclit.extractors.dose.model import Amount
from hcclit.language import Sentence
from hcclit.records import Action

_THEN = re.compile(r"\b(?:followed by|then|thereafter|subsequently|afterwards?|later)\b", re.I)
_AFTER_SOME = re.compile(
    r"^,? ?\(?(?:after (?:the )?(?:\d{1,2}|one|two|three|four|five|six|first|second|third|fourth) "
    r"(?:cycles?|courses?|weeks?|months?|doses?)|thereafter|afterwards?)\b",
    re.I,
)
_OTHER_ARM = re.compile(r"\b(?:or|versus|vs|arms?|groups?|compared|whereas|while|patients|respectively)\b", re.I)
_CHANGED = re.compile(
    r"\b(?:doses?|dosages?|dosing)\b[^.;\d]{0,50}\b(?:changed|amended|adjusted|modified|corrected)\b"
    r"[^.;\d]{0,40}\bto\b[^.;\d]{0,30}$",
    re.I,
)
_FOR_SOME = re.compile(
    r"[^.;]{0,40}\b(?:for|in|if)\b(?![^.;]{0,20}\b(?:days?|weeks?|months?)\b)"
    r"(?![^.;]*\b(?:then|followed|increased|reduced|to|day|days|weeks?|months?)\b)[^.;]{0,50}"
    r"(?:[,;]|\bor|\band) ?(?:\w+ ){0,3}",
    re.I,
)
_REACH = 160
_LIST_START = re.compile(r"\b(?:starting|initial) doses\b(?: \w+){0,3}? ?(?:were|was|are|of|:)", re.I)
_NEW_CLAUSE = re.compile(r"\. |\b(?:reduced|increased|escalated|then|thereafter)\b", re.I)


def set_steps(sentence: Sentence, amounts: list[Amount], discourse: Discourse) -> None:
    """Set the action of amounts that it follows for from an earlier amount of their drug."""
    for index, amount in enumerate(amounts):
        text = sentence.text[: amount.start - sentence.start][-_REACH:]
        if _CHANGED.search(text):
            earlier = next(_of_same_drug(amounts[:index], amount), None)
            value = _daily(earlier) if earlier else discourse.last_amount(amount)
            amount.action = _direction(value, amount) or amount.action
        elif amount.action is None and _is_other_start(sentence, amounts[:index], amount):
            amount.action = "start"
        elif amount.action is None and _is_lower_step(sentence, amounts[:index], amount):
            amount.action = "reduce"
    _share_start(sentence, amounts)


def _of_same_drug(earlier: list[Amount], amount: Amount) -> Iterator[Amount]:
    name = amount.agent.name if amount.agent else None
    return (a for a in reversed(earlier) if a.agent and a.agent.name == name and a.unit == amount.unit)


def _daily(amount: Amount) -> float:
    return amount.value * (amount.per_day if amount.per_day and amount.per_day >= 1 else 1)


def _direction(value: float | None, amount: Amount) -> Action | None:
    now = _daily(amount)
    if value is None or value == now:
        return None
    return "reduce" if now < value else "increase"


def _is_lower_step(sentence: Sentence, earlier: list[Amount], amount: Amount) -> bool:
    """Whether a plan goes on with less of the same drug: `8 mg/kg, then 6 mg/kg`, `700 mg (560 mg after 2 cycles)`."""
    previous = next(_of_same_drug(earlier, amount), None)
    if (
        previous is None
        or previous is not earlier[-1]
        or amount.is_radiation
        or amount.value >= previous.value
        or previous.high
        or amount.high
    ):
        return False
    begin = sentence.start
    gap = sentence.text[previous.end - begin : amount.start - begin]
    after = sentence.text[amount.end - begin : amount.end - begin + 40]
    if len(gap) > _REACH or _OTHER_ARM.search(gap):
        return False
    last = max((m.end for m in amount.marks if m.start >= amount.end), default=amount.end)
    rest = sentence.text[last - begin : last - begin + 40]
    return bool(_THEN.search(gap) or _AFTER_SOME.match(after) or _AFTER_SOME.match(rest))


def _is_other_start(sentence: Sentence, earlier: list[Amount], amount: Amount) -> bool:
    """`started at 12 mg for patients above 60 kg, 8 mg for others`: each is a start."""
    previous = next(_of_same_drug(earlier, amount), None)
    if previous is None or previous is not earlier[-1] or previous.action != "start":
        return False
    return bool(_FOR_SOME.fullmatch(sentence.text[previous.end - sentence.start : amount.start - sentence.start]))


def _share_start(sentence: Sentence, amounts: list[Amount]) -> None:
    """`Starting doses were A 85 mg/m2; B 400 mg/m2`: each is one."""
    match = _LIST_START.search(sentence.text)
    if match is None:
        return
    following = [a for a in amounts if a.start - sentence.start >= match.end()]
    seen = match.end()
    for amount in following:
        if _NEW_CLAUSE.search(sentence.text[seen : amount.start - sentence.start]):
            return
        amount.action = amount.action or "start"
        seen = amount.end - sentence.start
