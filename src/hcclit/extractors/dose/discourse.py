"""The drugs that a paper has been about, for amounts in sentences that name none (`The dose was then lowered to …`)."""

from __future__ import annotations

from hcclit.extractors.dose.model import Agent, Amount

MEASURES_MUCH_ELSE = frozenset({"mL", "L", "kg", "ng", "mmol", "g", "U", "{drop}"})
"""Units in which so much else is measured that the drug has to stand directly beside the amount."""

_ACTIVITY = ("GBq", "MBq", "mCi", "MBq/kg")
_LAST = 12


class Discourse:
    """The drugs that a paper has named so far: those given in amounts, and all."""

    def __init__(self) -> None:
        self._dosed: list[tuple[int, Agent, str]] = []
        self._last: dict[tuple[str, str], float] = {}
        self._named: list[tuple[int, Agent]] = []

    def name(self, passage: int, agents: list[Agent]) -> None:
        """Remember the drugs of a sentence."""
        self._named += [(passage, a) for a in agents if _may_be_meant(a)]

    def dose(self, passage: int, amount: Amount) -> None:
        """Remember that a drug was given in an amount."""
        if amount.agent is not None:
            self._dosed.append((passage, amount.agent, amount.unit))
            times = amount.per_day if amount.per_day and amount.per_day >= 1 else 1
            self._last[amount.agent.name, amount.unit] = amount.value * times

    def last_amount(self, amount: Amount) -> float | None:
        """What was last given of an amount's drug in its unit, in a day where that is known."""
        return self._last.get((amount.agent.name, amount.unit)) if amount.agent is not None else None

    def drug_for(self, amount: Amount, passage: int) -> Agent | None:
        """The drug last dosed in the same unit, or last named, in this paragraph or the one before."""
        return self._drug_in(amount, passage) or self._drug_in(amount, passage - 1)

    def _drug_in(self, amount: Amount, passage: int) -> Agent | None:
        for said, agent, unit in reversed(self._dosed[-_LAST:]):
            if said == passage and unit == amount.unit and fits(agent, amount):
                return agent
        if amount.unit in MEASURES_MUCH_ELSE or amount.is_radiation:
            return None
        for said, agent in reversed(self._named[-_LAST:]):
            if said == passage and fits(agent, amount):
                return agent
        return None


def _may_be_meant(agent: Agent) -> bool:
    general = agent.kind in ("class", "radiation", "locoregional", "unknown")
    return agent.usable and not agent.ambiguous and not general


def fits(agent: Agent, amount: Amount) -> bool:
    """Whether an amount in this unit can be of this agent."""
    if amount.is_radiation:
        return agent.kind in ("radiation", "radiopharmaceutical")
    if amount.unit in _ACTIVITY:
        return agent.kind in ("radiopharmaceutical", "unknown")
    if amount.unit == "AUC":
        return agent.name.endswith("platin")
    return agent.kind != "radiation"
