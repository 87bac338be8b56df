"""Which frequency each amount has: its own, that of its list, that of the cycles it is given in."""

from __future__ import annotations

import re

from hcclit.extractors.dose.model import Amount, Mark, Setting
from hcclit.extractors.dose.resolve import days_of, is_open, over_length, resolve
from hcclit.extractors.dose.scope import Scope
from hcclit.extractors.dose.sharing import from_earlier, from_later, is_loading

_TIMES = re.compile(r"(?<![\d.])(?P<n>[2-6]) ?[x×] ?$")
_A_DAY = re.compile(r"(?:/ ?d(?:ay)?|per day|daily|a day)$", re.I)
_SAME = re.compile(r"[^.;,)]{0,40}\b(?:on|in|at|with|by) the same (?:dos(?:e|age) and )?schedule\b", re.I)
_PREPOSITION = re.compile(r"(?:of|as|with) ", re.I)
_AND = re.compile(r"(?:\s|of|intravenous|IV|i\.v\.|\(|\))*\b(?:and|plus)\s(?:\s|\(|at|intravenous|IV|i\.v\.)*", re.I)
_FAR = 110
_LONGEST_LIST = 12


class Scheduler:
    """Gives the amounts of a sentence their frequencies."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._scope = Scope(setting)
        self._regimen: list[Mark] = []  # marks before the first amount that hold for the whole sentence
        for mark in setting.marks:
            owner = self._scope.owner(mark)
            if owner is not None:
                owner.marks.append(mark)
            elif self._scope.is_regimen_before(mark):
                self._regimen.append(mark)

    def run(self) -> None:
        """Set `per_day` and the mark that says it on every amount that is no radiation."""
        amounts = [a for a in self._setting.amounts if not a.is_radiation]
        for amount in amounts:
            self._settle_own(amount)
        for amount in reversed(amounts):
            self._share_days(amount)
        for amount in amounts:
            if is_open(amount) and not self.is_loading(amount):
                amount.per_day = self._from_others(self._setting.amounts.index(amount))

    def _settle_own(self, amount: Amount) -> None:
        days = next((m for m in self._regimen if m.kind == "days"), None)
        if days is not None and not days_of(amount) and self._scope.holds_for(days, amount):
            amount.marks.append(days)
        amount.marks.sort(key=lambda m: (m.start < amount.start, m.start))
        if self.is_loading(amount):
            amount.marks = [m for m in amount.marks if m.start > amount.start or m.kind == "daily"]
        amount.per_day, amount.from_mark = resolve(amount.marks)
        if _SAME.match(self._setting.after(amount.end, _FAR)):
            self._as_before(amount)
        times = _TIMES.search(self._setting.before(amount.start, 6))
        mark = amount.from_mark
        if times and mark and _A_DAY.match(self._setting.between(mark.start, mark.end)):
            amount.per_day = float(times["n"])  # `2 × 400 mg/day`

    def _share_days(self, amount: Amount) -> None:
        """`60 mg/m2 of A and 75 mg/m2 of B on day 1`: the day is that of both."""
        following = self._setting.next_to(amount, 1)
        if amount.marks or following is None or following.is_radiation or amount.unit != following.unit:
            return
        days = days_of(following)
        if days is None or days.days or days.start < following.end or not self._scope.holds_for(days, amount):
            return
        if _AND.fullmatch(self._scope.without_agents(amount.end, following.start)):
            amount.marks.append(days)

    def _as_before(self, amount: Amount) -> None:
        """`2,500 mg/m2 on the same schedule`: as the drug was given before."""
        name = amount.agent.name if amount.agent else None
        for earlier in reversed(self._setting.amounts[: self._setting.amounts.index(amount)]):
            if earlier.agent is not None and earlier.agent.name == name:
                own = [m for m in earlier.marks if m.kind == "days"]
                amount.marks, amount.from_mark = [*own, *(m for m in amount.marks if m.days)], None
                amount.per_day = earlier.per_day if earlier.per_day is not None else resolve(amount.marks)[0]
                return

    def is_loading(self, amount: Amount) -> bool:
        """Whether an amount is given once, before others of its drug."""
        return is_loading(self._setting, amount)

    def _from_others(self, index: int) -> float | None:
        """The frequency that the list, the regimen or an earlier step gives an amount."""
        amount, amounts = self._setting.amounts[index], self._setting.amounts
        direct = True
        for later in range(index + 1, min(len(amounts), index + _LONGEST_LIST)):
            if self._scope.is_barrier(later - 1):
                break
            found = from_later(self._scope, amount, amounts[later], direct=direct)
            if found is not None:
                return found
            direct = direct and not amounts[later].marks
        for mark in self._regimen:
            if self._scope.holds_for(mark, amount) and (found := over_length(amount, mark)) is not None:
                return found
        for earlier in range(index - 1, max(-1, index - _LONGEST_LIST), -1):
            found = from_earlier(self._scope, amount, amounts[earlier])
            if found is not None or self._scope.is_barrier(earlier):
                return found if found is not None else self._from_later_length(amount)
        return self._from_later_length(amount)

    def _from_later_length(self, amount: Amount) -> float | None:
        """Days of a cycle whose length is stated with another drug (`… plus X on day 1 of a 21-day cycle`)."""
        following = self._setting.next_to(amount, 1)
        limit = following.start if following else self._setting.sentence.end
        marks = [m for m in self._setting.marks if amount.end <= m.start < limit]
        lengths = [m for m in marks if m.days and m.kind != "weekly"]
        if not days_of(amount) or not lengths or not self._scope.holds_for(lengths[0], amount):
            return None
        return over_length(amount, lengths[0])

    def span(self, amount: Amount) -> tuple[int, int]:
        """The minimal span: amount and unit with the frequency before or after, unless a clause lies between."""
        mark = amount.from_mark
        if mark is None or amount.per_day is None or self._crosses(amount, mark):
            return amount.start, amount.end
        if mark.end <= amount.start:
            lead = _PREPOSITION.match(self._setting.between(mark.start, mark.end))
            return mark.start + (lead.end() if lead else 0), amount.end
        apart = mark.start - amount.end > _FAR or self._scope.opens_clause(amount, mark)
        return amount.start, amount.end if apart else mark.end

    def _crosses(self, amount: Amount, mark: Mark) -> bool:
        low, high = min(amount.end, mark.end), max(amount.start, mark.start)
        return any(low <= a.start and a.end <= high for a in self._setting.amounts)
