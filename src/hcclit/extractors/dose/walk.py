"""What stands directly beside an amount: a walk over the words of its sentence that belong to the dose.

From an amount the walk goes left or right over words of dosing (`at a dose of`, `orally`), frequencies and closed
brackets until it meets an agent; any other word, and another amount, ends it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from typing import Literal

from hcclit.extractors.dose.cues import words_of
from hcclit.extractors.dose.model import Agent, Amount, Setting
from hcclit.extractors.dose.unknown import may_be_name, unknown_agent
from hcclit.vocabulary import rows

_TOKEN = re.compile(r"[^\W_](?:[\w'+/%&-]|\.(?=\w))*\.?(?=\W|$)|[^\s\w]")
_SENTENCE_END = re.compile(r"(?<=[A-Za-z]{4})\.$")
_PLACEBO = frozenset({"placebo", "matching", "matched", "identical"})
_LINKS = frozenset({"or", "and", "versus", "vs", "vs."})
_CLOSING = {-1: frozenset({")", "]"}), 1: frozenset({"(", "["})}
_SHORT_NAME = re.compile(r"[a-z]?[A-Z][A-Za-z]?[A-Z0-9-]{0,5}|[A-Z][a-z]+[A-Z]\w*")
_BODY = frozenset({"body", "bodyweight", "body-weight", "body-surface", "weight", "bsa"})
_NO_THING = words_of("no thing after of")
"""Words after `of` that are not what an amount is of."""
_NEXT_TO = frozenset({"(", "[", "tablet", "tablets", "capsule", "capsules", "injection", "oral"})
_JOINS = frozenset({"and", "or", "plus", "with", "by", "then", "versus", "vs", "vs.", "+", ","})
_NOWHERE = -9
_REACH, _NAME_REACH = 24, 12
_LEFT_COST, _RIGHT_COST, _COMMA, _WITH, _STEP = 0.6, 0.5, 0.5, 0.8, 0.03
_Role = Literal["agent", "amount", "mark", "days"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An agent met on a walk: the lower the cost, the closer it belongs. `of`: as in `40 mg of cisplatin`."""

    agent: Agent
    cost: float
    of: bool = False


@cache
def _words(side: str) -> frozenset[str]:
    return frozenset(row["written"] for row in rows("dose_words") if row["side"] in (side, "both"))


class Walker:
    """The tokens of a sentence with what is known of them: agents, amounts, frequencies."""

    def __init__(self, text: str, setting: Setting) -> None:
        self._text = text
        sentence = setting.sentence
        self._tokens = [m.span() for m in _TOKEN.finditer(text, sentence.start, sentence.end)]
        self._starts = [start for start, _ in self._tokens]
        self._agent: dict[int, Agent] = {}
        self._role: dict[int, _Role] = {}
        self._partner = _brackets(text, self._tokens)
        for mark in setting.marks:
            self._assign(mark.start, mark.end, "days" if mark.kind in ("days", "rest", "length") else "mark")
        for amount in setting.amounts:
            self._assign(amount.start, amount.end, "amount")
        for agent in setting.agents:
            self._agent |= dict.fromkeys(self._assign(agent.start, agent.end, "agent"), agent)

    def _assign(self, start: int, end: int, role: _Role) -> range:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first and self._tokens[first - 1][1] > start:
            first -= 1
        self._role |= dict.fromkeys(range(first, last), role)
        return range(first, last)

    def _first_left(self, amount: Amount) -> int:
        return bisect_left(self._starts, amount.start) - 1

    def _first_right(self, amount: Amount) -> int:
        return bisect_left(self._starts, amount.end)

    def left(self, amount: Amount) -> Hit | None:
        """The agent directly before an amount."""
        return self._go(self._first_left(amount), -1)

    def right(self, amount: Amount) -> Hit | None:
        """The agent directly after an amount."""
        return self._go(self._first_right(amount), 1)

    def _go(self, index: int, step: int) -> Hit | None:
        cost, of = _LEFT_COST if step < 0 else _RIGHT_COST, False
        for moved in range(_REACH):
            index = self._past_asides(index, step)
            if not 0 <= index < len(self._tokens):
                return None
            role, word = self._role.get(index), self._word(index)
            if role is None:
                added = self._cost(index, step)
                if added is None:
                    return self._stopped(index, cost, of) if moved < _NAME_REACH else None
                if step > 0 and (word in _BODY if of else word == "of"):
                    of, cost = not of, cost + (_RIGHT_COST if of else -_RIGHT_COST)
                cost += added
            elif role not in ("mark", "days") or (role == "days" and step > 0):
                return self._met(index, Hit(self._agent[index], cost, of), step) if role == "agent" else None
            index += step
        return None

    def _met(self, index: int, hit: Hit, step: int) -> Hit | None:
        """An agent; after an amount (`10 mg/kg or placebo`) placebo says nothing, unless `of` joins it."""
        return None if self._word(index) in _PLACEBO and step > 0 and not hit.of else hit

    def _past_asides(self, index: int, step: int) -> int:
        """The next token that counts: not within closed brackets, nor `or placebo` beside a drug."""
        while 0 <= index < len(self._tokens):
            word = self._word(index)
            if word in _PLACEBO and self._role.get(index) == "agent" and self._has_alternative(index, step):
                while index >= 0 and self._word(index) in _PLACEBO | _LINKS:
                    index += step
            elif word in _CLOSING[step] and index not in self._role:
                index = self._partner.get(index, _NOWHERE) + step
            else:
                break
        return index

    def _has_alternative(self, index: int, step: int) -> bool:
        """Whether `placebo` is the other choice beside a drug (`olaparib or placebo 400 mg`)."""
        while 0 <= index < len(self._tokens) and self._word(index) in _PLACEBO:
            index += step
        return step < 0 and index > 0 and self._word(index) in _LINKS

    def _cost(self, index: int, step: int) -> float | None:
        """What it costs to go over a token; None for one that ends the walk."""
        word = self._word(index)
        if word == "," or (word == ";" and self._role.get(index + step) == "agent"):
            return _COMMA
        if word in (")", "]") and step > 0:
            return _COMMA
        if word == "with" and step < 0:
            return _WITH
        number = (step < 0 and word[0].isdigit()) or word.endswith("%")
        sign = len(word) == 1 and word in "([:-/'\""
        return _STEP if sign or number or word in _words("left" if step < 0 else "right") else None

    def _stopped(self, index: int, cost: float, of: bool) -> Hit | None:
        """What a walk ends at: a drug that the vocabulary lacks, after `of` some other thing, else nothing."""
        start, end = self._tokens[index]
        agent = unknown_agent(self._text, start, end)
        word = self._word(index)
        if agent is not None:
            return Hit(agent, cost + (_COMMA if agent.kind == "unknown" else 0))
        if of and word.isalpha() and word not in _NO_THING:
            return Hit(Agent(start, end, word, "thing", usable=False), cost, of)
        return None

    def listed_name(self, amount: Amount) -> Agent | None:
        """The unknown name right beside an amount in a list of drugs (`compound xyz (2 g)`)."""
        before, after = self._first_left(amount), self._first_right(amount)
        while before > 0 and self._word(before) in _NEXT_TO:
            before -= 1
        of = after + 1 < len(self._tokens) and self._word(after) == "of"
        index = after + 1 if of else before
        if index < 0 or index in self._role or not may_be_name(self._word(index)):
            return None
        start, end = self._tokens[index]
        return Agent(start, end, self._word(index), "unknown")

    def has_unknown_name(self, amount: Amount) -> bool:
        """Whether right beside an amount stands a short form that nothing explains (`Q 7 mg/kg`)."""
        before = self._first_left(amount)
        while before >= 0 and self._word(before) in ("(", "[", ",", ":"):
            before -= 1
        for index, step in ((before, -1), (self._first_right(amount), 1)):
            if not 0 <= index < len(self._tokens) or index in self._role:
                continue
            start, end = self._tokens[index]
            if self._cost(index, step) is None and _SHORT_NAME.fullmatch(self._text[start:end]):
                return True
        return False

    def follows_unknown(self, amount: Amount) -> bool:
        """Whether before an amount stands a name that nothing knows, joined to others (`A 1 g plus xyzin 50 mg`)."""
        index = self._first_left(amount)
        for _ in range(_NAME_REACH):
            index = self._past_asides(index, -1)
            if index < 1 or index in self._role:
                return False
            if self._cost(index, -1) is None:
                return may_be_name(self._word(index)) and self._word(index - 1) in _JOINS
            index -= 1
        return False

    def _word(self, index: int) -> str:
        """A token in lower case, without the full stop of a sentence."""
        start, end = self._tokens[index]
        return _SENTENCE_END.sub("", self._text[start:end].lower())


def _brackets(text: str, tokens: list[tuple[int, int]]) -> dict[int, int]:
    """The partner of each bracket, by token."""
    partner: dict[int, int] = {}
    stack: list[int] = []
    for index, (start, _) in enumerate(tokens):
        sign = text[start]
        if sign in "([":
            stack.append(index)
        elif sign in ")]" and stack:
            partner[index] = stack.pop()
            partner[partner[index]] = index
    return partner
