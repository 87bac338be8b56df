"""What stands directly beside an amount: a walk over the words of its sentence that belong to the dose.

From an amount the walk goes left or right over words of dosing (`at a dose of`, `orally`), frequencies and closed
brackets until it meets an agent; any other word, and another amount, ends it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from hcclit.extractors.dose.model import Agent, Amount, Mark
from hcclit.extractors.dose.unknown import may_be_name, unknown_agent
from hcclit.vocabulary import rows

_TOKEN = re.compile(r"[^\W_](?:[\w'+/%&-]|\.(?=\w))*\.?(?=\W|$)|[^\s\w]")
_SPLIT_END = re.compile(r"(?<=[A-Za-z]{4})\.$")
_PLACEBO = frozenset({"placebo", "matching", "matched", "identical"})
_LINKS = frozenset({"or", "and", "versus", "vs", "vs."})
_SHORT_NAME = re.compile(r"(?:[a-z]?[A-Z][A-Za-z]?[A-Z0-9-]{0,5}|[A-Z][a-z]+[A-Z]\w*)")
_BODY = frozenset({"body", "bodyweight", "body-weight", "body-surface", "weight", "bsa"})
_NO_THING = frozenset(
    "day days week weeks cycle cycles month months treatment therapy chemotherapy which whom this that these those their his her study trial follow-up "
    "and or plus with but followed given by in on at for was were is are to from as until then than vs versus patients recommended planned randomization randomisation period phase".split()
)
_NEXT_TO = frozenset({"(", "[", "tablet", "tablets", "capsule", "capsules", "injection", "oral"})
_REACH = 24
_LEFT_COST, _RIGHT_COST, _COMMA, _WITH, _STEP = 0.6, 0.5, 0.5, 0.8, 0.03


@dataclass(frozen=True, slots=True)
class Hit:
    """An agent met on a walk; the lower the cost, the closer it belongs to the amount. `of`: `40 mg of cisplatin`."""

    agent: Agent
    cost: float
    of: bool = False


@cache
def _words(side: str) -> frozenset[str]:
    return frozenset(row["written"] for row in rows("dose_words") if row["side"] in (side, "both"))


class Walker:
    """The tokens of a sentence with what is known of them: agents, amounts, frequencies."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text = text
        self.tokens = [m.span() for m in _TOKEN.finditer(text, start, end)]
        self._starts = [s for s, _ in self.tokens]
        self._agent: dict[int, Agent] = {}
        self._role: dict[int, str] = {}
        self._partner = _brackets(text, self.tokens)

    def know(self, agents: list[Agent], amounts: list[Amount], marks: list[Mark]) -> None:
        """Say which tokens are agents, amounts and frequencies."""
        for mark in marks:
            self._assign(mark.start, mark.end, "days" if mark.kind in ("days", "rest", "length") else "mark")
        for amount in amounts:
            self._assign(amount.start, amount.end, "amount")
        for agent in agents:
            for index in self._assign(agent.start, agent.end, "agent"):
                self._agent[index] = agent

    def _assign(self, start: int, end: int, role: str) -> range:
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        if first and self.tokens[first - 1][1] > start:
            first -= 1
        for index in range(first, last):
            self._role[index] = role
        return range(first, last)

    def left(self, amount: Amount) -> Hit | None:
        """The agent directly before an amount."""
        return self._go(bisect_left(self._starts, amount.start) - 1, -1)

    def right(self, amount: Amount) -> Hit | None:
        """The agent directly after an amount."""
        return self._go(bisect_left(self._starts, amount.end), 1)

    def _go(self, index: int, step: int) -> Hit | None:
        cost = _LEFT_COST if step < 0 else _RIGHT_COST
        of, skipping_placebo = False, False
        for moved in range(_REACH):
            if not 0 <= index < len(self.tokens):
                return None
            word = self.word(index)
            role = self._role.get(index)
            if role == "agent" and word in _PLACEBO:
                if not self._has_alternative(index, step):
                    return Hit(self._agent[index], cost) if step < 0 or of else None
                skipping_placebo, index = True, index + step
                continue
            if role == "agent":
                return Hit(self._agent[index], cost, of)
            if skipping_placebo and word in _PLACEBO | _LINKS:
                index += step
                continue
            skipping_placebo = False
            if role == "amount" or (role == "days" and step > 0):
                return None
            if word in _CLOSING[step]:
                if (partner := self._partner.get(index)) is None:
                    return None
                index = partner + step
                continue
            if role not in ("mark", "days"):
                added = self._cost(index, word, step)
                if added is None:
                    return self._stopped(index, cost, of) if moved < 12 else None
                if word in _BODY and of:
                    of, cost = False, cost + _RIGHT_COST
                if word == "of" and step > 0 and not of:
                    of, cost = True, cost - _RIGHT_COST
                cost += added
            index += step
        return None

    def _has_alternative(self, index: int, step: int) -> bool:
        """Whether `placebo` is the other choice beside a drug (`olaparib or placebo 400 mg`)."""
        at = index + step
        while 0 <= at < len(self.tokens) and self.word(at) in _PLACEBO:
            at += step
        return step < 0 and 0 <= at < len(self.tokens) and self.word(at) in _LINKS

    def _cost(self, index: int, word: str, step: int) -> float | None:
        """What it costs to go over a token; None for one that ends the walk."""
        if word == "," or (word == ";" and self._role.get(index + step) == "agent"):
            return _COMMA
        if word in ")]" and step > 0:
            return _COMMA
        if word in "([:-/'\"":
            return _STEP
        if word == "with" and step < 0:
            return _WITH
        if (
            word in _words("left" if step < 0 else "right")
            or (step < 0 and word[0].isdigit())
            or word.endswith("%")
        ):
            return _STEP
        return None

    def _stopped(self, index: int, cost: float, of: bool) -> Hit | None:
        """What a walk ends at: a drug that the vocabulary lacks, after `of` some other thing, else nothing."""
        start, end = self.tokens[index]
        agent = unknown_agent(self._text, start, end)
        if agent is None and of and self.word(index).isalpha() and self.word(index) not in _NO_THING:
            return Hit(Agent(start, end, self.word(index), "thing", usable=False), cost, of)
        return Hit(agent, cost + (_COMMA if agent.kind == "unknown" else 0)) if agent else None

    def listed_name(self, amount: Amount) -> Agent | None:
        """The name in a list of drugs that stands right beside an amount and is known to nobody (`compound xyz (2 g)`)."""
        before = bisect_left(self._starts, amount.start) - 1
        while before > 0 and self.word(before) in _NEXT_TO:
            before -= 1
        after = bisect_left(self._starts, amount.end)
        places = [before] if before >= 0 else []
        if after + 1 < len(self.tokens) and self.word(after) == "of":
            places.insert(0, after + 1)
        for index in places:
            start, end = self.tokens[index]
            if index not in self._role and may_be_name(self.word(index)):
                return Agent(start, end, self.word(index), "unknown")
        return None

    def has_unknown_name(self, amount: Amount) -> bool:
        """Whether right beside an amount stands what may be a drug's short form that nothing explains (`P 9 mg/kg`)."""
        before = bisect_left(self._starts, amount.start) - 1
        while before >= 0 and self.word(before) in "([,:":
            before -= 1
        after = bisect_left(self._starts, amount.end)
        for index, step in ((before, -1), (after, 1)):
            if (
                0 <= index < len(self.tokens)
                and index not in self._role
                and self._cost(index, self.word(index), step) is None
            ):
                start, end = self.tokens[index]
                if _SHORT_NAME.fullmatch(self._text[start:end]):
                    return True
        return False

    def word(self, index: int) -> str:
        """A token in lower case, without the full stop of a sentence."""
        start, end = self.tokens[index]
        return _SPLIT_END.sub("", self._text[start:end].lower())


_CLOSING = {-1: frozenset({")", "]"}), 1: frozenset({"(", "["})}


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
