"""How far a frequency reaches: brackets, clauses and lists of a sentence."""

from __future__ import annotations

import re

from hcclit.extractors.dose.cues import any_of
from hcclit.extractors.dose.model import Agent, Amount, Mark, Setting

_BARRIER = re.compile(rf"\b{any_of('list barrier')}\b", re.I)
_OTHER_MATTER = re.compile(rf"\b{any_of('examination', 'other routine')}\b", re.I)
_LEADS = re.compile(rf"[\s(\[:,-]*(?:{any_of('between frequency and amount')}\b[\s(\[:,.-]*)*", re.I)
_CONJUNCTION = re.compile(
    r"[,;+/)]|\b(?:and|plus|with|or|followed by|then|to|on|vs|versus)\b",
    re.I,
)
_REGIMEN = re.compile(
    r"\b(?:cycles?|courses?|every|regimen|chemotherapy|treatment|consist\w+|compris\w+|of|with|using)\b|[:(-]",
    re.I,
)
_CYCLES = re.compile(r"\b(?:cycles?|courses?|regimen|repeated|chemotherapy)\b", re.I)
_NEW_CLAUSE = re.compile(
    r"(?:[,;]| and) (?:and |but |while )?(?:\w+ ){0,5}?"
    r"(?:was|were|is|are|has|had|have|received|underwent|did|showed)\b",
    re.I,
)
_TURN = re.compile(r"\b(?:until|but|whereas|while)\b")
_WITH = re.compile(r"\s?(?:IV |i\.v\. )?(?:with|plus|\+|and|in combination with)\s", re.I)
_ONLY_WITH = re.compile(r"(?:\s|,|IV\b|i\.v\.|intravenous|oral|with|plus|\+|and|in combination)+", re.I)
_A = re.compile(r"an? ", re.I)  # `a day`, `a week` follow their amount closely
_OPENS_BRACKET = re.compile(r"\s?[(\[]\s?")
_ASIDE = (",", ";", ")")
_REACH, _NEAR, _BESIDE = 260, 160, 30


class Scope:
    """Brackets, clauses and the order of amounts in one sentence."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._amounts = setting.amounts
        sure = [a for a in setting.agents if not a.ambiguous]
        self._agents = [a for a in sure if a.usable or "placebo" not in a.name]
        self._groups = _groups(setting.sentence.text, setting.sentence.start)

    def _group(self, place: int) -> tuple[int, int] | None:
        """The innermost brackets around a place, None outside any."""
        inside = [g for g in self._groups if g[0] < place < g[1]]
        return max(inside) if inside else None

    def holds_for(self, mark: Mark, amount: Amount) -> bool:
        """Whether an amount stands within the brackets of a mark; brackets without an amount don't count."""
        group = self._group(mark.start)
        if group is None or not any(group[0] < a.start < group[1] for a in self._amounts):
            return True
        return group[0] < amount.start < group[1]

    def is_barrier(self, index: int) -> bool:
        """Whether between an amount and the next one something ends the list."""
        gap = self.setting.between(self._amounts[index].end, self._amounts[index + 1].start)
        return len(gap) > _REACH or bool(_BARRIER.search(gap))

    def owner(self, mark: Mark) -> Amount | None:
        """The amount that a mark is said of: the one before it, or the one that it leads to."""
        if any(a.start < mark.end and mark.start < a.end for a in self._amounts):
            return None
        previous = next((a for a in reversed(self._amounts) if a.end <= mark.start), None)
        following = next((a for a in self._amounts if a.start >= mark.end), None)
        if following is not None and self._leads(mark, following, previous):
            return following
        return previous if previous is not None and self._reaches(previous, mark) else None

    def _leads(self, mark: Mark, amount: Amount, previous: Amount | None) -> bool:
        """Whether a mark stands first: `once-daily erlotinib at 150 mg`, `a daily dose of 400 mg`."""
        written = self.setting.between(mark.end, amount.start)
        gap = self.without_agents(mark.end, amount.start)
        if not _LEADS.fullmatch(gap):
            return False
        if previous is None:
            named = gap != written or "dos" in gap
            return named or not _OTHER_MATTER.search(self.setting.before(mark.start, 60))
        if mark.kind == "days" and _OPENS_BRACKET.fullmatch(written):
            return any(previous.end <= a.start < mark.start for a in self._agents)  # `, B on day 2 (75 mg/m2`
        if mark.kind in ("days", "rest") or written.strip().startswith(_ASIDE):
            return False
        before = self.setting.between(previous.end, mark.start).strip()
        return before != "," and bool(_CONJUNCTION.search(self.without_agents(previous.end, mark.start)))

    def without_agents(self, start: int, end: int) -> str:
        """The text between two places with the names of agents left out."""
        pieces, at = [], start
        for agent in self._agents:
            if at <= agent.start < end:
                pieces.append(self.setting.between(at, agent.start))
                at = agent.end
        return "".join([*pieces, self.setting.between(at, end)]) if at < end else "".join(pieces)

    def _reaches(self, amount: Amount, mark: Mark) -> bool:
        """Whether a mark after an amount is said of it, or of the list that it ends."""
        gap = self.setting.between(amount.end, mark.start)
        if len(gap) > _REACH or not self._is_bracket_open(mark, amount):
            return False
        if _A.match(self.setting.between(mark.start, mark.end)):
            return len(gap.strip(" (),")) < _BESIDE
        if _OTHER_MATTER.search(gap) or self._is_of_other(amount, mark, gap) or self._leads_name(mark, gap):
            return False
        if mark.kind in ("daily", "weekly", "days") and (len(gap) > _NEAR or _TURN.search(gap)):
            return False
        apart = ";" in gap and ")" not in gap[gap.rfind(";") :]
        return mark.kind != "days" or not apart or self._group(amount.start) is None

    def _leads_name(self, mark: Mark, gap: str) -> bool:
        """Whether a mark stands before another drug that an amount was given with (`plus weekly cetuximab`)."""
        follows = any(mark.end < a.start <= mark.end + len(" oral ") for a in self._agents)
        return follows and bool(_ONLY_WITH.fullmatch(gap)) and gap.strip(" ,") != ""

    def _is_bracket_open(self, mark: Mark, amount: Amount) -> bool:
        """A mark in brackets of another drug is not the amount's, one in brackets of its own is."""
        group = self._group(mark.start)
        if group is None or group[0] < amount.start < group[1]:
            return True
        return not any(group[0] < a.start < group[1] and a.usable for a in self._agents)

    def _is_of_other(self, amount: Amount, mark: Mark, gap: str) -> bool:
        """Whether another drug stands between, so that a mark is said of that one; cycles are of all."""
        if mark.kind in ("interval", "length") and (_CYCLES.search(gap) or self._is_partner(gap, amount, mark)):
            return False
        name = amount.agent.name if amount.agent else None
        between = [a for a in self._agents if amount.end <= a.start < mark.start and self._is_said(a, mark)]
        return any(a.name != name and a.kind != "radiation" for a in between)

    def _is_partner(self, gap: str, amount: Amount, mark: Mark) -> bool:
        """Whether nothing but drugs given with the amount stands between (`2 g/m2 with vincristine every 2 weeks`)."""
        by_body = "/m2" in amount.unit or "/kg" in amount.unit  # infused, as partners with an interval are
        return bool(by_body and _WITH.match(gap) and _ONLY_WITH.fullmatch(self.without_agents(amount.end, mark.start)))

    def _is_said(self, agent: Agent, mark: Mark) -> bool:
        """Whether an agent before a mark counts: not the name of a group in closed brackets (`(CPT-P group)`)."""
        group = self._group(agent.start)
        aside = (
            group is not None
            and group[1] <= mark.start
            and not any(group[0] < a.start < group[1] for a in self._amounts)
        )
        return agent.usable and not aside

    def is_regimen_before(self, mark: Mark) -> bool:
        """Whether a mark before all amounts is said of the regimen that the sentence goes on to list."""
        first = self._amounts[0]
        if mark.kind not in ("interval", "length", "days") or first.start < mark.end:
            return False
        group = self._group(mark.start)
        if mark.kind == "days" and group is not None and group[1] <= first.start:
            return False  # days in the brackets of a drug before
        gap = self.setting.between(mark.end, first.start)
        other = _OTHER_MATTER.search(gap) or _OTHER_MATTER.search(self.setting.before(mark.start, 60))
        if len(gap) > _NEAR or other or ";" in gap:
            return False
        return bool(_REGIMEN.search(gap))

    def opens_clause(self, amount: Amount, mark: Mark) -> bool:
        """Whether another clause stands between an amount and a mark after it."""
        return bool(_NEW_CLAUSE.search(self.setting.between(amount.end, mark.start)))


def _groups(text: str, begin: int) -> list[tuple[int, int]]:
    """Pairs of brackets by their places in the view, unclosed ones to the text's end."""
    groups: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in re.finditer(r"[()\[\]]", text):
        if match.group() in "([":
            stack.append(begin + match.start())
        elif stack:
            groups.append((stack.pop(), begin + match.end()))
    return groups + [(start, begin + len(text) + 1) for start in stack]
