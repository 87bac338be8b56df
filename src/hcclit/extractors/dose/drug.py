"""Which drug an amount is of.

In this order: the agent directly beside it, drugs and amounts told apart by `respectively`, the drug of the amount
before, the nearest drug of the sentence, and, where the words are those of a dose, the drug that the text has been
about. An amount whose nearest agent is no drug is none.
"""

from __future__ import annotations

import re

from hcclit.extractors.dose.model import Agent, Amount
from hcclit.extractors.dose.walk import Hit, Walker
from hcclit.language import Sentence

_SURE = 2.2
_AMBIGUOUS = 1.0
_BESIDE_NEXT = 3.0
_DIRECT_ONLY = frozenset({"mL", "L", "kg", "ng", "mmol", "g", "U", "{drop}"})
"""Units that measure so much else that the drug has to stand directly beside the amount."""
_OF_BODY = frozenset(
    {
        "mg/m2",
        "g/m2",
        "ug/m2",
        "mg/kg",
        "g/kg",
        "ug/kg",
        "IU/kg",
        "IU/m2",
        "AUC",
        "GBq",
        "MBq",
        "mCi",
        "MBq/kg",
        "MIU",
    }
)
_DOSE_WORDS = re.compile(
    r"\b(?:dos(?:e|es|age|ages|ing)|tapered|reduc\w+|escalat\w+|titrat\w+|increased|decreased|lowered|maintained|restarted|resumed|started|initiated)\b",
    re.I,
)
_GROUP = re.compile(r"[- ](?:\w+ )?(?:groups?|arms?|cohorts?|doses?|dosage)\b", re.I)
_RESPECTIVELY = re.compile(r"[^.;]{0,60}?\brespectively\b")
_OF_DRUG = re.compile(r"[^.;,]{0,60}\b(?:of|for) (?:oral |intravenous )?")
_NEAR = re.compile(r"[^.;,]{0,80}")
_BARE = 8
_ITEM = re.compile(r"[^;:]{0,30}(?:,|\band\b|\bplus\b)[^;:,]{0,40}")
_CLASS_TO_DRUG = re.compile(r"[\s,(:]{0,3}(?:[A-Z0-9-]{2,8}\))?[\s,(:]{0,3}")
_ADDED = re.compile(r"\b(?:and|plus|with) (?=\S*[A-Za-zα-ω])")
_DILUTED = re.compile(r"\bin (?:an? |about )?$")
_OR = re.compile(r"[^.;]{0,30}\b(?:or|and|versus|vs)\b[^.;]{0,20}")
_COORDINATED = re.compile(r"\s?(?:,|/|\+|,? ?(?:and|or|plus)|\)|\([^()]{0,30}\),?(?: and)?)\s?")
_DOSE_OF = re.compile(r"\bdos(?:es?|ages?|ing) (?:of|for) (?:the |oral |intravenous )?$", re.I)
_ALCOHOL = re.compile(r"(?:alcohol|ethanol|EtOH)", re.I)


class Discourse:
    """The drugs that a paper has named so far: those given in amounts, and all."""

    def __init__(self) -> None:
        self._dosed: list[tuple[int, Agent, str]] = []
        self._named: list[tuple[int, Agent]] = []

    def name(self, passage: int, agents: list[Agent]) -> None:
        """Remember the drugs of a sentence."""
        self._named += [(passage, a) for a in agents if _may_be_meant(a)]

    def dose(self, passage: int, amount: Amount) -> None:
        """Remember that a drug was given in an amount."""
        if amount.agent is not None:
            self._dosed.append((passage, amount.agent, amount.unit))

    def drug_for(self, amount: Amount, passage: int) -> Agent | None:
        """The drug last dosed in the same unit, or last named, in this paragraph or the one before."""
        for said, agent, unit in reversed(self._dosed[-12:]):
            if passage - said <= 1 and unit == amount.unit and fits(agent, amount):
                return agent
        if amount.unit in _DIRECT_ONLY:
            return None
        for said, agent in reversed(self._named[-12:]):
            if passage - said <= 1 and fits(agent, amount) and not amount.is_radiation:
                return agent
        return None


def _may_be_meant(agent: Agent) -> bool:
    return (
        agent.usable
        and not agent.ambiguous
        and agent.kind not in ("class", "radiation", "locoregional", "unknown")
    )


def fits(agent: Agent, amount: Amount) -> bool:
    """Whether an amount in this unit can be of this agent."""
    if amount.is_radiation:
        return agent.kind in ("radiation", "radiopharmaceutical")
    if amount.unit in ("GBq", "MBq", "mCi", "MBq/kg"):
        return agent.kind in ("radiopharmaceutical", "unknown")
    if amount.unit == "AUC":
        return agent.name.endswith("platin")
    return agent.kind != "radiation"


def link_drugs(sentence: Sentence, amounts: list[Amount], walker: Walker, agents: list[Agent]) -> None:
    """Set the agent of each amount that a drug of its own sentence stands beside; others stay without."""
    rights = [walker.right(a) for a in amounts]
    lefts = [walker.left(a) for a in amounts]
    for index, amount in enumerate(amounts):
        right, left = _specific(sentence, rights[index], agents), lefts[index]
        if amount.unit in ("mL", "L") and _DILUTED.search(
            _between(sentence, sentence.start, amount.start)[-12:]
        ):
            left = None
        next_left = lefts[index + 1] if index + 1 < len(amounts) else None
        if (
            right
            and not right.of
            and next_left
            and next_left.agent is right.agent
            and next_left.cost <= right.cost + 0.3
        ):
            right = Hit(right.agent, right.cost + _BESIDE_NEXT)
        amount.agent = _inside(amount, agents) or _best(amount, left, right)
    _apply_respectively(sentence, amounts, agents)


def _specific(sentence: Sentence, hit: Hit | None, agents: list[Agent]) -> Hit | None:
    """`30 mg of the anti-inflammatory drug (NSAID) ketorolac`: the drug that follows its class."""
    if hit is None or hit.agent.kind != "class":
        return hit
    named = next((a for a in agents if a.start >= hit.agent.end and a.kind != "class"), None)
    close = named is not None and _CLASS_TO_DRUG.fullmatch(_between(sentence, hit.agent.end, named.start))
    return Hit(named, hit.cost, hit.of) if named is not None and close else hit


def _inside(amount: Amount, agents: list[Agent]) -> Agent | None:
    """The drug of `90 mg of paclitaxel per square meter`."""
    return next(
        (a for a in agents if amount.start < a.start < amount.end and a.usable and amount.unit != "AUC"), None
    )


def _best(amount: Amount, left: Hit | None, right: Hit | None) -> Agent | None:
    hits = [h for h in (left, right) if h is not None and _acceptable(h, amount)]
    return min(hits, key=lambda h: h.cost).agent if hits else None


def _acceptable(hit: Hit, amount: Amount) -> bool:
    if _ALCOHOL.fullmatch(hit.agent.name) and amount.unit == "g":
        return False
    limit = _AMBIGUOUS if hit.agent.ambiguous or amount.unit == "U" else _SURE
    return hit.cost <= limit and (not hit.agent.usable or fits(hit.agent, amount))


def _apply_respectively(sentence: Sentence, amounts: list[Amount], agents: list[Agent]) -> None:
    """`doxorubicin and cisplatin (50 and 100 mg, respectively)`: the n-th amount is of the n-th drug."""
    text, begin = sentence.text, sentence.start
    for run in _runs(text, begin, amounts):
        told = (
            _RESPECTIVELY.match(text, run[-1].end - begin)
            or text[run[0].end - begin : run[0].end - begin + 1] == "/"
        )
        drugs = [a for a in agents if a.end <= run[0].start and a.usable]
        drugs = _last_coordinated(text, begin, drugs)
        if len(run) > 1 and told and len(drugs) == len(run) and len({a.name for a in drugs}) > 1:
            for amount, agent in zip(run, drugs, strict=True):
                amount.agent = agent


def _runs(text: str, begin: int, amounts: list[Amount]) -> list[list[Amount]]:
    """Amounts that follow one another with nothing but a comma or an `and` between them."""
    runs: list[list[Amount]] = []
    for amount in amounts:
        if runs and _COORDINATED.fullmatch(text[runs[-1][-1].end - begin : amount.start - begin]):
            runs[-1].append(amount)
        else:
            runs.append([amount])
    return runs


def _last_coordinated(text: str, begin: int, agents: list[Agent]) -> list[Agent]:
    chain: list[Agent] = []
    for agent in reversed(agents):
        if chain and not _COORDINATED.fullmatch(text[agent.end - begin : chain[0].start - begin]):
            break
        chain.insert(0, agent)
    return chain


def link_far(
    sentence: Sentence, amounts: list[Amount], walker: Walker, agents: list[Agent], discourse: Discourse
) -> None:
    """Set the agent of amounts with none beside them, where the words around are those of a dose."""
    unnamed: Amount | None = None
    for index, amount in enumerate(amounts):
        known = amount.agent is not None and amount.agent.kind != "thing"
        if known or not _looks_like_dose(sentence, amount, amounts[:index]):
            continue
        listed = unnamed is not None and _COORDINATED.fullmatch(_between(sentence, unnamed.end, amount.start))
        if walker.has_unknown_name(amount) or listed:
            unnamed = amount
            continue
        if (
            index
            and _in_drug_list(sentence, amounts[index - 1], amount)
            and (name := walker.listed_name(amount))
        ):
            amount.agent = name
        if amount.agent is not None:
            continue
        following = amounts[index + 1] if index + 1 < len(amounts) else None
        if following and _is_alternative(sentence, amount, following):
            amount.agent = following.agent
            continue
        amount.agent = _in_sentence(sentence, amount, amounts[:index], agents) or _after(
            sentence, amount, agents, _OF_DRUG
        )
        if amount.agent is None and not amount.unit.startswith("{"):
            amount.agent = discourse.drug_for(amount, sentence.passage) or _after(
                sentence, amount, agents, _NEAR
            )
    _fill_lists(sentence, amounts)


def _fill_lists(sentence: Sentence, amounts: list[Amount]) -> None:
    """`800, 1,000 and 1,200 mg`: a list of amounts in one unit has one drug, known from any of them."""
    for run in _runs(sentence.text, sentence.start, amounts):
        for amount, following in zip(run[-2::-1], run[:0:-1], strict=True):
            if amount.agent is None and amount.unit == following.unit and amount.end - amount.start < _BARE:
                amount.agent = following.agent


def _between(sentence: Sentence, start: int, end: int) -> str:
    return sentence.text[start - sentence.start : end - sentence.start]


def _in_drug_list(sentence: Sentence, previous: Amount, amount: Amount) -> bool:
    """Whether an amount is the next item of a list of drugs with amounts."""
    gap = _between(sentence, previous.end, amount.start)
    return previous.agent is not None and bool(_ITEM.fullmatch(gap))


def _is_alternative(sentence: Sentence, amount: Amount, following: Amount) -> bool:
    """`high-dose (40 mg twice daily) or low-dose (20 mg once daily) omeprazole`."""
    gap = _between(sentence, amount.end, following.start)
    after = following.agent is not None and following.agent.start > following.start
    return after and amount.unit == following.unit and bool(_OR.fullmatch(gap))


def _in_sentence(
    sentence: Sentence, amount: Amount, earlier: list[Amount], agents: list[Agent]
) -> Agent | None:
    previous = next((a for a in reversed(earlier) if a.agent is not None), None)
    before = [a for a in agents if a.end <= amount.start and _may_be_meant_here(a, amount)]
    if previous is not None and previous.agent is not None and fits(previous.agent, amount):
        between = [a for a in before if a.start > previous.end and a.kind != "class"]
        added = previous.unit != amount.unit and _ADDED.search(_between(sentence, previous.end, amount.start))
        return between[-1] if between else None if added else previous.agent
    if before:
        return next(
            (a for a in reversed(before) if _DOSE_OF.search(sentence.text[: a.start - sentence.start])),
            before[-1],
        )
    return None


def _after(sentence: Sentence, amount: Amount, agents: list[Agent], link: re.Pattern[str]) -> Agent | None:
    """The first drug after an amount, where the words between them fit a pattern."""
    following = next((a for a in agents if a.start >= amount.end and _may_be_meant_here(a, amount)), None)
    if following is None or not link.fullmatch(_between(sentence, amount.end, following.start)):
        return None
    return following


def _may_be_meant_here(agent: Agent, amount: Amount) -> bool:
    return (
        agent.usable
        and not agent.ambiguous
        and fits(agent, amount)
        and agent.kind not in ("class", "locoregional")
    )


def _looks_like_dose(sentence: Sentence, amount: Amount, earlier: list[Amount]) -> bool:
    """Whether frequency, words or unit say that this is a dose although no drug stands beside it."""
    listed = any(a.agent is not None and a.unit == amount.unit for a in earlier)
    if amount.unit in _DIRECT_ONLY and not (listed or (amount.unit == "U" and amount.marks)):
        return amount.unit == "g" and bool(
            _DOSE_WORDS.search(sentence.text[: amount.start - sentence.start][-40:])
        )
    if amount.is_radiation or amount.unit in _OF_BODY or amount.marks or listed:
        return True
    start, end = amount.start - sentence.start, amount.end - sentence.start
    before, after = sentence.text[max(0, start - 60) : start], sentence.text[end : end + 40]
    return bool(
        re.search(r"\bon (?:the )?$", before)
        or _DOSE_WORDS.search(before)
        or _GROUP.match(after)
        or _DOSE_WORDS.search(after)
    )
