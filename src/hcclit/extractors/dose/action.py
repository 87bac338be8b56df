"""What the text says was done with a dose: started, reduced, increased, continued, stopped, restarted.

Only a word of the dose's own clause counts: the last one before the amount, with nothing between them that takes it
elsewhere, or the predicate after it (`… 8 mg was stopped`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import get_args

from hcclit.extractors.dose.cues import any_of
from hcclit.extractors.dose.model import Agent, Amount
from hcclit.language import Sentence
from hcclit.records import Action

_ACTIONS: tuple[Action, ...] = ("restart", "stop", "reduce", "increase", "continue", "start")
"""In this order: `started again` and `re-escalated` are told before `started` and `escalated`."""
assert set(_ACTIONS) == set(get_args(Action))
_WORD = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{any_of(name)})" for name in _ACTIONS) + r")(?![\w-])", re.I
)
_PREDICATE = re.compile(
    r"^(?:(?!\b(?:which|until|but|after|before|when|while|because|who)\b)[^;]){0,90}?"
    r"\b(?:was|were|is|are|been|be|being|to be|remained|remains)"
    r"(?: \w+ly| then| again| thus| also| therefore| later)? "
    rf"(?={any_of('done with dose')}\b)",
    re.I,
)
_NEUTRAL = re.compile(rf"\b{any_of('neutral')}\b", re.I)
_OTHER_NUMBER = re.compile(r"\d[\d.,]*\s?(?:ng|%|cm\b|mm\b|IU|U/|mAU|g/d|mg/d[lL]|[x×] ?10|/)", re.I)
_AIMS = re.compile(r"^[\s\"]*[(:]|\b(?:to|at|of|by|on|with|dose|doses|dosage|dosing|as|from|daily|further)\b", re.I)
_ASIDE = re.compile(
    r"[,] (?!to\b|from\b|first\b|initially\b|then\b|respectively\b|at\b|by\b)|\bplus\b"
    r"|\bin (?:the )?(?:[A-Z]|tumou?r|size|serum|level|pain|risk"
    r"|\w+ (?:levels?|scores?|rates?|risk|counts?|size|volume)\b)"
    r"|\b(?:following|supplementation|levels?|incidence)\b"
)
_ASIDE_BEFORE = re.compile(r"\b(?:after|since|before|upon|on|despite|without|when|by)\s$", re.I)
_SOMEONE = r"(?:he|she|the patient|we|they)\b"
_BREAK = re.compile(
    rf"[;]|, plus |, and |, but |, {_SOMEONE}|\)\. "
    rf"|\band (?:{_SOMEONE}|(?:was|were|had|has|is|are|showed)\b|(?:the|his|her) (?:doses?|dosages?)\b)"
)
_FROM = re.compile(r"\bfrom (?:an? |the )?(?:(?!to\b)\w+ ){0,3}$", re.I)
_AS_INITIAL = re.compile(r"\s?(?:as |was )?(?:an? |the )?(?:initial|starting) (?:dose|infusion)", re.I)
_OTHER_SUBJECT = re.compile(r"\b(?:or|and|if|while) (?:\w+ ){1,3}(?:was|were|is|are|be|been)\b", re.I)
_TO = re.compile(r"\b(?:to|then|followed by|and)\b[^.;]{0,30}$", re.I)
_LISTED = re.compile(
    r"^[^;]{0,50}?(?:,|\band\b|\bplus\b|\bwith\b|\bor\b|\+)[^;]{0,50}$"
    r"|^[^;()]{0,40};[^;()]{0,40}$",  # a list in brackets
    re.I,
)
_VERB = re.compile(r"\b(?:was|were|is|are|had|has)\b")
_THEN = re.compile(r"\b(?:then|followed)\b")
_THEN_OR_TO = re.compile(r"\b(?:then|followed|to)\b")
_BEFORE_REACH, _AFTER_REACH, _STOP_REACH, _NEXT = 140, 120, 40, 32


def set_actions(sentence: Sentence, amounts: list[Amount], agents: list[Agent]) -> None:
    """Set the action of each amount of a sentence, in order."""
    text, begin = sentence.text, sentence.start
    origin: Action | None = None
    own: list[Amount] = []
    ends = [begin, *(a.end for a in amounts)]
    starts = [*(a.start for a in amounts[1:]), sentence.end]
    for index, amount in enumerate(amounts):
        left = text[ends[index] - begin : amount.start - begin][-_BEFORE_REACH:]
        right = text[amount.end - begin : starts[index] - begin][:_AFTER_REACH]
        before = _before(left, _other_drugs(agents, amount, amount.start - len(left), sentence))
        if _FROM.search(left):
            origin, amount.action = before, None
            continue
        if before is None and _AS_INITIAL.match(right):
            own.append(amount)
        amount.action = before or _after(right)
        if amount.action is None and index:
            amount.action = _inherited(amounts[index - 1], amount, left, origin)
        origin = None
    _share_predicate([a for a in amounts if a not in own], sentence)


def _other_drugs(agents: list[Agent], amount: Amount, start: int, sentence: Sentence) -> list[str]:
    """Other drugs in the words before an amount."""
    name, begin = amount.agent.name if amount.agent else None, sentence.start
    inside = [a for a in agents if start <= a.start < amount.start and a.name != name and a.usable]
    return [sentence.text[a.start - begin : a.end - begin] for a in inside]


def _before(left: str, others: list[str]) -> Action | None:
    """The action that the last fitting word before an amount names."""
    for match in reversed(list(_WORD.finditer(left))):
        gap = left[match.end() :]
        if _NEUTRAL.search(gap.replace("to receive", "")) or _OTHER_NUMBER.search(gap) or _BREAK.search(gap):
            return None
        action = _action(match)
        if "," in gap and _ASIDE_BEFORE.search(left[: match.start()]):
            return None  # `after starting chemotherapy, …`
        change = action in ("reduce", "increase")
        if change and (not _AIMS.search(gap) or _ASIDE.search(gap)):
            continue
        return None if _is_of_other(action, gap, any(other in gap for other in others)) else action
    return None


def _is_of_other(action: Action, gap: str, other_drug: bool) -> bool:
    """Whether an action before an amount was done with another drug that stands between."""
    if action == "stop":
        return other_drug or len(gap) > _STOP_REACH or "," in gap or " and " in gap
    return action in ("reduce", "increase", "continue") and other_drug and " and " not in gap


def _after(right: str) -> Action | None:
    if _AS_INITIAL.match(right):
        return "start"
    match = _PREDICATE.match(right)
    if match is None or _BREAK.search(match.group()) or _OTHER_SUBJECT.search(match.group()):
        return None
    word = _WORD.match(right, match.end())
    return _action(word) if word is not None else None


def _action(match: re.Match[str]) -> Action:
    return next(name for name in _ACTIONS if match[name])


def _inherited(previous: Amount, amount: Amount, left: str, origin: Action | None) -> Action | None:
    """A list shares its verb; the second end of `from … to` and each further step have that of the first."""
    same = previous.agent and amount.agent and previous.agent.name == amount.agent.name
    if origin is not None and same:
        return origin
    if same and previous.unit == amount.unit:
        step = amount.value - previous.value
        fits = (previous.action == "reduce" and step <= 0) or (previous.action == "increase" and step > 0)
        return previous.action if fits and _TO.search(left) else None
    if same:
        return previous.action
    if not _LISTED.match(left) or _NEUTRAL.search(left) or _THEN.search(left) or _VERB.search(left):
        return None
    changed = previous.action in ("reduce", "increase")
    return None if changed and (len(left) > _NEXT or " with " in left) else previous.action


def _share_predicate(amounts: list[Amount], sentence: Sentence) -> None:
    """`X 10 mg and Y 20 mg were started`: the predicate after a list is said of all of it."""
    text, begin = sentence.text, sentence.start
    for amount, following in reversed(list(pairwise(amounts))):
        gap = text[amount.end - begin : following.start - begin]
        if amount.action is not None or following.action is None or _WORD.search(gap):
            continue
        origin = _FROM.search(text[max(0, amount.start - begin - 40) : amount.start - begin])
        if _LISTED.match(gap) and not (_NEUTRAL.search(gap) or origin or _THEN_OR_TO.search(gap)):
            amount.action = following.action
