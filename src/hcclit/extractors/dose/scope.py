"""How far a frequency reaches: brackets, clauses and lists of a sentence."""

from __future__ import annotations

import re

from hcclit.extractors.dose.model import Agent, Amount, Mark
from hcclit.language import Sentence

_BARRIER = re.compile(
    r"\b(?:versus|vs|compared|whereas|while|but|until|then|if|when|after|before|because|although|unless|received|receive|receiving|treated|randomi[sz]ed"
    r"|randomly|assigned|allocated|underwent|group|arm|arms|switched|changed|instead)\b",
    re.I,
)
_LIST_BARRIER = re.compile(r"\b(?:group|arm)\b", re.I)
_OTHER_MATTER = re.compile(
    r"\b(?:CT|MRI|imaging|scans?|scanned|tomography|radiograph\w*|ultraso\w+|assess\w*|evaluat\w+|visits?|visited|seen|follow\w* up|follow-up|followed up|monitor\w*|measured"
    r"|measurements?|examin\w+|tests?|tested|laborator\w+|questionnaires?|survey\w*|reviewed|sampl\w+|blood counts?|biops\w+|angiograph\w+|echocardiogra\w+|hot flashes"
    r"|stools?|diarrh\w+|bowel|vomit\w+|episodes?|hours? per|physiotherapy|exercis\w+|dialysis|hemodialysis|haemodialysis|transfus\w+|fractions?|irradiat\w+|radiotherapy)\b",
    re.I,
)
_LEADS = re.compile(
    r"[\s(\[:,-]*(?:(?:oral|intravenous|iv|i\.v\.|subcutaneous|sc|intramuscular|intra-arterial|single|low-dose|high-dose|standard|concurrent|adjuvant|concomitant|a|an|the|at|of|with"
    r"|in|to|was|were|by|for|dose|doses|dosing|dosage|schedule|target|intended|planned|prescribed|usual|total|maximum|starting|initial|standard|reduced|administered|given|administration|received|infusions?|injections?|cycles?|courses?"
    r"|started|treatment|therapy|monotherapy|regimen|tablets?|about|approximately|recommended|full|consisting|consisted|comprised|up|plus|pulse|mg|intravenously|orally|subcutaneously)\b[\s(\[:,.-]*)*",
    re.I,
)
_CONJUNCTION = re.compile(
    r"(?:,|;|\band\b|\bplus\b|\bwith\b|\bor\b|\bfollowed by\b|\bthen\b|\bto\b|\+|/|\bon\b|\bvs\b|\bversus\b|\))",
    re.I,
)
_REGIMEN = re.compile(
    r"\b(?:cycles?|courses?|every|regimen|chemotherapy|treatment|consist\w+|compris\w+|of|with|using)\b|[:(-]",
    re.I,
)
_CYCLES = re.compile(r"\b(?:cycles?|courses?|regimen|repeated|chemotherapy)\b", re.I)
_NEW_CLAUSE = re.compile(
    r"(?:[,;]| and) (?:and |but |while )?(?:\w+ ){0,5}?(?:was|were|is|are|has|had|have|received|underwent|did|showed)\b",
    re.I,
)
_PLACEBO = re.compile(r"placebo", re.I)
_REACH = 260
_NEAR = 160


class Scope:
    """Brackets, clauses and the order of amounts in one sentence."""

    def __init__(self, sentence: Sentence, amounts: list[Amount], agents: list[Agent]) -> None:
        self._text, self._begin = sentence.text, sentence.start
        self._amounts = amounts
        self._agents = [a for a in agents if not a.ambiguous and (a.usable or not _PLACEBO.search(a.name))]
        self._groups = _groups(sentence.text)

    def between(self, start: int, end: int) -> str:
        """The text between two places of the view."""
        return self._text[max(0, start - self._begin) : max(0, end - self._begin)]

    def group(self, place: int) -> tuple[int, int] | None:
        """The innermost brackets around a place, None outside any."""
        inside = [g for g in self._groups if g[0] < place - self._begin < g[1]]
        return max(inside) if inside else None

    def holds_for(self, mark: Mark, amount: Amount) -> bool:
        """Whether an amount stands within the brackets that a mark stands in; brackets of the mark alone don't count."""
        group = self.group(mark.start)
        if group is None or not self._amounts_in(group):
            return True
        return group[0] < amount.start - self._begin < group[1]

    def _amounts_in(self, group: tuple[int, int]) -> bool:
        return any(group[0] < a.start - self._begin < group[1] for a in self._amounts)

    def is_barrier(self, index: int) -> bool:
        """Whether between an amount and the next one something ends the list."""
        left, right = self._amounts[index], self._amounts[index + 1]
        gap = self.between(left.end, right.start)
        return bool(_BARRIER.search(gap)) or len(gap) > _REACH

    def owner(self, mark: Mark) -> Amount | None:
        """The amount that a mark is said of: the one before it, or the one that it leads to."""
        previous = next((a for a in reversed(self._amounts) if a.end <= mark.start), None)
        following = next((a for a in self._amounts if a.start >= mark.end), None)
        if any(a.start < mark.end and mark.start < a.end for a in self._amounts):
            return None
        if following is not None and self._leads(mark, following, previous):
            return following
        if previous is not None and self._reaches(previous, mark):
            return previous
        return None

    def _leads(self, mark: Mark, amount: Amount, previous: Amount | None) -> bool:
        """Whether a mark stands first: `once-daily erlotinib at 150 mg`, `a daily dose of 400 mg`."""
        if mark.kind in ("days", "rest") and previous is not None:
            return False
        gap = self._without_agents(mark.end, amount.start)
        if not _LEADS.fullmatch(gap) or (
            self.between(mark.end, amount.start).strip()[:1] in (",", ";", ")") and previous
        ):
            return False
        if previous is None:
            names = gap != self.between(mark.end, amount.start) or "dos" in gap
            return names or not _OTHER_MATTER.search(self.between(self._begin, mark.start)[-60:])
        before = self._without_agents(previous.end, mark.start)
        return bool(_CONJUNCTION.search(before)) and not self.between(previous.end, mark.start).strip() == ","

    def _without_agents(self, start: int, end: int) -> str:
        """The text between two places with the names of agents left out."""
        pieces, at = [], start
        for agent in self._agents:
            if at <= agent.start < end:
                pieces.append(self.between(at, agent.start))
                at = agent.end
        return "".join([*pieces, self.between(at, end)]) if at < end else "".join(pieces)

    def _reaches(self, amount: Amount, mark: Mark) -> bool:
        """Whether a mark after an amount is said of it, or of the list that it ends."""
        gap = self.between(amount.end, mark.start)
        inside = self.group(amount.start)
        if mark.start - amount.end > _REACH or not self._is_bracket_open(mark, amount):
            return False
        if mark.end - mark.start and self._text[
            mark.start - self._begin : mark.end - self._begin
        ].lower().startswith("a "):
            return len(gap.strip(" (),")) < 30
        if _OTHER_MATTER.search(gap):
            return False
        if self._foreign_agent(amount, mark) and not (
            _CYCLES.search(gap) and mark.kind in ("interval", "length")
        ):
            return False
        if mark.kind in ("daily", "weekly", "days") and (
            len(gap) > _NEAR or re.search(r"\b(?:until|but|whereas|while)\b", gap)
        ):
            return False
        return inside is None or ";" not in gap or mark.kind != "days"

    def _is_bracket_open(self, mark: Mark, amount: Amount) -> bool:
        """A mark in brackets of another drug is not the amount's, one in brackets of its own is."""
        group = self.group(mark.start)
        if group is None or group[0] < amount.start - self._begin < group[1]:
            return True
        return not any(group[0] < a.start - self._begin < group[1] and a.usable for a in self._agents)

    def _foreign_agent(self, amount: Amount, mark: Mark) -> bool:
        name = amount.agent.name if amount.agent else None
        return any(
            amount.end <= a.start < mark.start and a.name != name and a.usable and a.kind != "radiation"
            for a in self._agents
        )

    def is_regimen_before(self, mark: Mark) -> bool:
        """Whether a mark before all amounts says how often the regimen is given that the sentence goes on to list."""
        following = next((a for a in self._amounts if a.start >= mark.end), None)
        if (
            following is None
            or mark.kind not in ("interval", "length", "days")
            or following is not self._amounts[0]
        ):
            return False
        gap = self.between(mark.end, following.start)
        before = self.between(self._begin, mark.start)[-60:]
        if len(gap) > _NEAR or _OTHER_MATTER.search(gap) or _OTHER_MATTER.search(before) or ";" in gap:
            return False
        return bool(_REGIMEN.search(gap))

    def opens_clause(self, amount: Amount, mark: Mark) -> bool:
        """Whether another clause stands between an amount and a mark after it."""
        return bool(_NEW_CLAUSE.search(self.between(amount.end, mark.start)))


def _groups(text: str) -> list[tuple[int, int]]:
    """Pairs of brackets, unclosed ones to the text's end."""
    groups: list[tuple[int, int]] = []
    stack: list[int] = []
    for match in re.finditer(r"[()\[\]]", text):
        if match.group() in "([":
            stack.append(match.start())
        elif stack:
            groups.append((stack.pop(), match.end()))
    return groups + [(start, len(text) + 1) for start in stack]
