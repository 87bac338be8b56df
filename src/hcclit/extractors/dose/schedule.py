"""Which frequency each amount has: its own, that of its list, that of the cycles it is given in."""

from __future__ import annotations

import re

from hcclit.extractors.dose.model import Agent, Amount, Mark
from hcclit.extractors.dose.scope import Scope
from hcclit.language import Sentence

_LOADING = re.compile(
    r"\b(?:loading|initial|first|starting|induction|priming|single|test|one-time)\b[\s-]*(?:\w+ ){0,3}(?:of )?$",
    re.I,
)
_LOADING_AFTER = re.compile(
    r"[ -](?:(?:IV|i\.v\.|intravenous|oral|bolus|as a|as an|given) ){0,3}(?:loading|initial|single|first|bolus loading|\(?loading)\b|,? (?:initially|once\b(?!-| a| per| daily| every| weekly)|on the first day|\(loading)",
    re.I,
)
_THEN = re.compile(
    r"\b(?:then|followed by|thereafter|subsequent\w*|after(?:wards?)?|later|maintenance|and then|reduced|increased|tapered|until)\b",
    re.I,
)
_TAPER = re.compile(
    r"[^.;]{0,40}\b(?:followed by|then|tapered?(?: off| down)? to|reduced to|decreased to|lowered to|increased to|escalated to|to)\s(?:an? |the )?(?:dose of )?$",
    re.I,
)
_INFUSED = re.compile(
    r"(?:mab|platin|taxel|rubicin|tecan|poside|tomycin|eomycin|nomycin|vedotin|deruxtecan|emtansine|cept|cristine|blastine|relbine|citabine(?<!capecitabine)|fluorouracil|leucovorin|trexed|mustine"
    r"|fosfamide|cyclophosphamide|dacarbazine|sirolimus(?<!everolimus)|zomib|limus|eribulin|trabectedin|dronic acid|relin|estrant|reotide|stim)$"
)
_BOTH = re.compile(r"\b(?:both|each|all)\b", re.I)
_FAR = 110
_LISTED_KINDS = ("interval", "length")


class Scheduler:
    """Gives the amounts of a sentence their frequencies."""

    def __init__(
        self, sentence: Sentence, amounts: list[Amount], marks: list[Mark], agents: list[Agent]
    ) -> None:
        self._text, self._begin = sentence.text, sentence.start
        self._amounts = amounts
        self._marks = marks
        self._scope = Scope(sentence, amounts, agents)
        self.regimen: list[Mark] = []
        """Marks that stand before the first amount and hold for the whole sentence."""
        self._own(marks)

    def _own(self, marks: list[Mark]) -> None:
        for mark in marks:
            owner = self._scope.owner(mark)
            if owner is not None:
                owner.marks.append(mark)
            elif self._scope.is_regimen_before(mark):
                self.regimen.append(mark)

    def run(self) -> None:
        """Set `per_day` and the mark that says it on every amount that is no radiation."""
        days = next((m for m in self.regimen if m.kind == "days"), None)
        for amount in self._amounts:
            if days is not None and not _days(amount) and self._scope.holds_for(days, amount):
                amount.marks.append(days)
            amount.marks.sort(key=lambda m: (m.start < amount.start, m.start))
            if self.is_loading(amount):
                amount.marks = [m for m in amount.marks if m.start > amount.start or m.kind == "daily"]
            if not amount.is_radiation:
                amount.per_day, amount.from_mark = resolve(amount.marks)
        for index, amount in enumerate(self._amounts):
            if not amount.is_radiation and _is_open(amount):
                amount.per_day = self._from_list(index)

    def span(self, amount: Amount) -> tuple[int, int]:
        """The minimal span: from the amount, or a frequency before it, to the unit, or the frequency after it."""
        mark = amount.from_mark
        if mark is None or amount.per_day is None or self._crosses(amount, mark):
            return amount.start, amount.end
        if mark.end <= amount.start:
            return mark.start, amount.end
        far = mark.start - amount.end > _FAR
        return amount.start, amount.end if far or self._scope.opens_clause(amount, mark) else mark.end

    def _crosses(self, amount: Amount, mark: Mark) -> bool:
        low, high = min(amount.end, mark.end), max(amount.start, mark.start)
        return any(low <= a.start and a.end <= high for a in self._amounts)

    def is_loading(self, amount: Amount) -> bool:
        """Whether an amount is given once, before others of its drug: it has no part in their frequency."""
        before, after = self._around(amount)
        return bool(_LOADING.search(before) or _LOADING_AFTER.match(after))

    def _around(self, amount: Amount) -> tuple[str, str]:
        start, end = amount.start - self._begin, amount.end - self._begin
        return self._text[max(0, start - 40) : start], self._text[end : end + 40]

    def _from_list(self, index: int) -> float | None:
        amount = self._amounts[index]
        direct = True
        for later in range(index + 1, len(self._amounts)):
            if self._scope.is_barrier(later - 1):
                break
            found = self._shared(amount, self._amounts[later], direct)
            if found is not None:
                return found
            direct = direct and not self._amounts[later].marks
        for mark in self.regimen:
            if self._scope.holds_for(mark, amount) and (found := _with_days(amount, mark)) is not None:
                return found
        for earlier in range(index - 1, -1, -1):
            if (found := self._from_earlier(amount, self._amounts[earlier])) is not None:
                return found
            if self._scope.is_barrier(earlier):
                break
        return self._from_later_length(index)

    def _from_later_length(self, index: int) -> float | None:
        """Days of a cycle whose length is stated further on, with another drug (`… plus carboplatin on day 1 of a 21-day cycle`)."""
        amount = self._amounts[index]
        limit = (
            self._amounts[index + 1].start
            if index + 1 < len(self._amounts)
            else self._begin + len(self._text)
        )
        lengths = [m for m in self._marks if amount.end <= m.start < limit and m.days and m.kind != "weekly"]
        if not _days(amount) or not lengths or not self._scope.holds_for(lengths[0], amount):
            return None
        return _with_days(amount, lengths[0])

    def _shared(self, amount: Amount, other: Amount, direct: bool) -> float | None:
        """The frequency that a later amount's marks give an earlier one of the same list."""
        marks = [m for m in other.marks if self._scope.holds_for(m, amount) and m.start > other.start]
        if amount.agent and other.agent and amount.agent.name != other.agent.name:
            marks = [m for m in marks if self._text[m.start - self._begin] != "/"]  # `mg/day` is of one drug
        if other.is_radiation or not marks or not self._may_share(amount, other):
            return None
        lengths = [m for m in marks if m.kind in _LISTED_KINDS or (m.kind == "days" and m.days)]
        daily = any(m.kind == "daily" for m in marks)
        gap = self._text[other.end - self._begin : marks[0].start - self._begin]
        own_days = _days(amount) is not None
        unlike = daily and not (
            direct and (_BOTH.search(gap) or (not own_days and self._same_form(amount, other)))
        )
        if lengths and (own_days or unlike):
            return _with_days(amount, lengths[-1], count=None if own_days else 1)
        if unlike or (any(m.kind == "weekly" for m in marks) and not self._both_infused(amount, other)):
            return None
        return resolve([*marks, *(m for m in amount.marks if m.kind == "days")])[0]

    def _may_share(self, amount: Amount, other: Amount) -> bool:
        if amount.agent is None or other.agent is None:
            return False
        if amount.agent.name != other.agent.name or amount.agent.name == "fluorouracil":
            return not self.is_loading(amount)
        gap = self._text[amount.end - self._begin : other.start - self._begin]
        return not self.is_loading(amount) and not _THEN.search(gap)

    @staticmethod
    def _both_infused(amount: Amount, other: Amount) -> bool:
        if amount.agent is None or other.agent is None or amount.unit == other.unit:
            return True
        return is_infused(amount.agent.name) == is_infused(other.agent.name)

    @staticmethod
    def _same_form(amount: Amount, other: Amount) -> bool:
        """Whether a daily frequency may be shared: the same drug, or two drugs measured in one unit and of one kind."""
        if amount.agent is None or other.agent is None:
            return False
        if amount.agent.name == other.agent.name:
            return True
        return amount.unit == other.unit and is_infused(amount.agent.name) == is_infused(other.agent.name)

    def _from_earlier(self, amount: Amount, other: Amount) -> float | None:
        """The frequency of an earlier amount: one that stands before the list, or that of a taper's step before."""
        if other.agent is None or amount.agent is None or other.is_radiation:
            return None
        first = [m for m in other.marks if m.end <= other.start and self._scope.holds_for(m, amount)]
        if first and self._same_form_or_long(amount, other, first):
            return resolve([*first, *(m for m in amount.marks if m.kind == "days")])[0]
        if _days(amount):
            lengths = [m for m in other.marks if m.days and self._scope.holds_for(m, amount)]
            return _with_days(amount, lengths[-1]) if lengths else None
        gap = self._text[other.end - self._begin : amount.start - self._begin]
        if other.agent.name == amount.agent.name and other.unit == amount.unit and _TAPER.fullmatch(gap):
            return other.per_day if any(m.kind in ("daily", "weekly") for m in other.marks) else None
        return None

    def _same_form_or_long(self, amount: Amount, other: Amount, marks: list[Mark]) -> bool:
        if any(m.kind == "daily" for m in marks):
            return _days(amount) is None and self._same_form(amount, other)
        return True


def is_infused(name: str) -> bool:
    """Whether a drug is one that is infused, to judge by its name."""
    return bool(_INFUSED.search(name))


def _is_open(amount: Amount) -> bool:
    """Whether an amount has no frequency of its own yet and none that is known to be inexact."""
    return amount.per_day is None and all(m.kind in ("days", "rest") for m in amount.marks)


def _days(amount: Amount) -> Mark | None:
    return next((m for m in amount.marks if m.kind == "days"), None)


def _with_days(amount: Amount, mark: Mark, count: int | None = None) -> float | None:
    """The amount's own days over the length that a mark gives."""
    own = _days(amount)
    if mark.kind in ("daily", "weekly") and own is None:
        return mark.per_day
    if not mark.days:
        return None
    times = own.count if own and own.count else count or mark.count or 1
    fits = times <= mark.days and (own is None or own.last <= mark.days)
    return round(times / mark.days, 4) if fits else None


def resolve(marks: list[Mark]) -> tuple[float | None, Mark | None]:
    """What an amount's marks say together, and the mark that its span reaches to.

    A frequency in words is taken as stated; else the days given over the cycle's length, else the interval.
    """
    if marks and marks[0].kind == "unclear":
        return None, None
    days = next((m for m in marks if m.kind == "days" and m.count), None)
    worded = next(
        (m for m in marks if m.kind == "daily" or (m.kind == "weekly" and not (days and days.last <= 7))),
        None,
    )
    if worded is not None:
        return worded.per_day, worded
    spaced = next((m for m in marks if m.days or m.kind == "unclear"), None)
    if days is None:
        return _per_length(1, spaced) if spaced is not None and spaced.kind in _LISTED_KINDS else (None, None)
    if days.days:
        return _per_length(days.count or 1, days)
    if spaced is None or not spaced.days or days.last > spaced.days:
        return None, None
    return _per_length(days.count or 1, spaced)


def _per_length(count: int, mark: Mark) -> tuple[float | None, Mark | None]:
    times = mark.count if mark.kind != "days" and mark.count else count
    if not mark.days or times > mark.days:
        return None, None
    return round(times / mark.days, 4), mark
