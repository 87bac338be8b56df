"""Which drug an amount is of.

In this order: the agent directly beside it, drugs and amounts told apart by `respectively`, the drug of the amount
before, the nearest drug of the sentence, and, where the words are those of a dose, the drug that the text has been
about. An amount whose nearest agent is no drug is none.
"""

from __future__ import annotations

import re

from hcclit.extractors.dose.cues import any_of
from hcclit.extractors.dose.discourse import MEASURES_MUCH_ELSE, Discourse, fits
from hcclit.extractors.dose.lists import are_listed, fill_up, share_out
from hcclit.extractors.dose.model import Agent, Amount, Setting
from hcclit.extractors.dose.walk import Hit, Walker

_SURE = 2.2
_AMBIGUOUS = 1.0
_BESIDE_NEXT = 3.0
_NEARER, _DIRECT = 0.3, 0.6
_BY_BODY = {"mg/m2", "g/m2", "ug/m2", "mg/kg", "g/kg", "ug/kg", "IU/kg", "IU/m2", "MBq/kg"}
_BY_BODY_OR_ACTIVITY = _BY_BODY | {"AUC", "GBq", "MBq", "mCi", "MIU"}
"""Units in which little but drugs is measured."""
_VOLUMES = {"mL", "L"}
_DOSE_WORDS = re.compile(rf"\b{any_of('about a dose')}\b", re.I)
_ON = re.compile(r"\bon (?:the )?$")
_GROUP = re.compile(r"[- ](?:\w+ )?(?:groups?|arms?|cohorts?|doses?|dosage)\b", re.I)
_OF_DRUG = re.compile(r"[^.;,]{0,60}\b(?:of|for) (?:oral |intravenous )?")
_NEAR = re.compile(r"[^.;,]{0,80}")
_ITEM = re.compile(r"[^;:]{0,30}(?:,|\band\b|\bplus\b)[^;:,]{0,40}")
_CLASS_TO_DRUG = re.compile(r"[\s,(:]{0,3}(?:[A-Z0-9-]{2,8}\))?[\s,(:]{0,3}")
_ADDED = re.compile(r"\b(?:and|plus|with) (?=\S*[A-Za-zα-ω])")
_DILUTED = re.compile(r"\bin (?:an? |about )?$")
_OR = re.compile(r"[^.;]{0,30}\b(?:or|and|versus|vs)\b[^.;]{0,20}")
_OR_ELSE = re.compile(r"[^.;]{0,50}\bor (?:to )?")
_CAP = re.compile(r"[^.;()]{0,30}[(\[](?:a |with a )?(?:max\w*\.?|cap\w*)(?: doses?)?(?: (?:of|at))? ?", re.I)
_OF_UNNAMED = re.compile(r"\b(?:drug|medication|agent|treatment|therapy)\b", re.I)
_DOSE_OF = re.compile(r"\bdos(?:es?|ages?|ing) (?:of|for) (?:the |oral |intravenous )?$", re.I)
_ALCOHOL = re.compile(r"(?:alcohol|ethanol|EtOH)", re.I)


def link_drugs(setting: Setting, walker: Walker) -> None:
    """Set the agent of each amount that a drug of its own sentence stands beside; others stay without."""
    rights = [_specific(setting, walker.right(a)) for a in setting.amounts]
    lefts = [walker.left(a) for a in setting.amounts]
    leads = bool(lefts) and lefts[0] is None and _is_direct(rights[0])
    for amount, left, right, next_left in zip(setting.amounts, lefts, rights, [*lefts[1:], None], strict=True):
        hits = [right if leads and _is_direct(right) else _less_likely(right, next_left)]
        if not (amount.unit in ("mL", "L") and _DILUTED.search(setting.before(amount.start, 12))):
            hits.append(left)
        amount.agent = _inside(setting, amount) or _best(amount, hits)
    share_out(setting)


def _is_direct(hit: Hit | None) -> bool:
    """Whether a drug right after an amount is its own where a list writes amounts first (`40 mg A, 250 mg B`)."""
    return hit is not None and not hit.of and hit.cost <= _DIRECT


def _less_likely(right: Hit | None, next_left: Hit | None) -> Hit | None:
    """A drug after an amount that is as near to the next amount belongs to that one, unless `of` joins it."""
    if right is None or right.of or next_left is None or next_left.agent is not right.agent:
        return right
    return Hit(right.agent, right.cost + _BESIDE_NEXT) if next_left.cost <= right.cost + _NEARER else right


def _specific(setting: Setting, hit: Hit | None) -> Hit | None:
    """`50 mg of the anti-inflammatory drug (NSAID) diclofenac`: the drug that follows its class."""
    if hit is None or hit.agent.kind != "class":
        return hit
    named = next((a for a in setting.agents if a.start >= hit.agent.end and a.kind != "class"), None)
    if named is None or not _CLASS_TO_DRUG.fullmatch(setting.between(hit.agent.end, named.start)):
        return hit
    return Hit(named, hit.cost, hit.of)


def _inside(setting: Setting, amount: Amount) -> Agent | None:
    """The drug of `70 mg of docetaxel per square meter`."""
    if amount.unit == "AUC":
        return None
    return next((a for a in setting.agents if amount.start < a.start < amount.end and a.usable), None)


def _best(amount: Amount, hits: list[Hit | None]) -> Agent | None:
    acceptable = [h for h in hits if h is not None and _is_acceptable(h, amount)]
    return min(acceptable, key=lambda h: h.cost).agent if acceptable else None


def _is_acceptable(hit: Hit, amount: Amount) -> bool:
    if _ALCOHOL.fullmatch(hit.agent.name) and amount.unit == "g":
        return False  # drunk, not injected
    if hit.agent.guessed and amount.unit in MEASURES_MUCH_ELSE and (amount.unit in _VOLUMES or not hit.of):
        return False  # reagents and effusions more often than drugs
    limit = _AMBIGUOUS if hit.agent.ambiguous or amount.unit == "U" else _SURE
    return hit.cost <= limit and (not hit.agent.usable or fits(hit.agent, amount))


def link_far(setting: Setting, walker: Walker, discourse: Discourse) -> None:
    """Set the agent of amounts with none beside them, where the words around are those of a dose."""
    unnamed: Amount | None = None
    for amount in setting.amounts:
        known = amount.agent is not None and amount.agent.kind != "thing"
        if known or not _looks_like_dose(setting, amount):
            continue
        listed = unnamed is not None and are_listed(setting, unnamed, amount)
        if listed or walker.has_unknown_name(amount):
            unnamed = amount
        else:
            _link_one(setting, amount, walker, discourse)
    fill_up(setting)


def _link_one(setting: Setting, amount: Amount, walker: Walker, discourse: Discourse) -> None:
    if _is_item(setting, amount) and (name := walker.listed_name(amount)):
        amount.agent = name
    if amount.agent is not None or walker.follows_unknown(amount):
        return
    found = _alternative(setting, amount) or _before(setting, amount) or _after(setting, amount, _OF_DRUG)
    if found is None and not amount.unit.startswith("{"):
        found = discourse.drug_for(amount, setting.sentence.passage)
        if found is None and not _OF_UNNAMED.search(setting.before(amount.start, 24)):
            found = _after(setting, amount, _NEAR)
    amount.agent = found


def _is_item(setting: Setting, amount: Amount) -> bool:
    """Whether an amount is the next item of a list of drugs with amounts."""
    previous = setting.next_to(amount, -1)
    if previous is None or previous.agent is None:
        return False
    return _ITEM.fullmatch(setting.between(previous.end, amount.start)) is not None


def _alternative(setting: Setting, amount: Amount) -> Agent | None:
    """`high-dose (80 mg twice daily) or low-dose (10 mg once daily) pantoprazole`."""
    following = setting.next_to(amount, 1)
    if following is None or following.agent is None or following.agent.start < following.start:
        return None
    same = amount.unit == following.unit and _OR.fullmatch(setting.between(amount.end, following.start))
    return following.agent if same else None


def _before(setting: Setting, amount: Amount) -> Agent | None:
    """The drug of the amount before, or one named since; else the last that the sentence names."""
    named = [a for a in setting.agents if a.end <= amount.start and _may_be_meant(a, amount)]
    earlier = [a for a in setting.amounts if a.end <= amount.start and a.agent is not None]
    if earlier and earlier[-1].agent is not None and fits(earlier[-1].agent, amount):
        previous = earlier[-1]
        since = [a for a in named if a.start > previous.end]
        added = previous.unit != amount.unit and _ADDED.search(setting.between(previous.end, amount.start))
        return since[-1] if since else None if added else previous.agent
    dosed = [a for a in named if _DOSE_OF.search(setting.before(a.start, 40))]
    nearest = dosed or named
    return nearest[-1] if nearest else None


def _after(setting: Setting, amount: Amount, link: re.Pattern[str]) -> Agent | None:
    """The first drug after an amount, where the words between them fit a pattern."""
    named = next((a for a in setting.agents if a.start >= amount.end and _may_be_meant(a, amount)), None)
    return named if named and link.fullmatch(setting.between(amount.end, named.start)) else None


def _may_be_meant(agent: Agent, amount: Amount) -> bool:
    general = agent.ambiguous or agent.guessed or agent.kind in ("class", "locoregional")
    return agent.usable and not general and fits(agent, amount)


def _looks_like_dose(setting: Setting, amount: Amount) -> bool:
    """Whether frequency, words or unit say that this is a dose although no drug stands beside it."""
    earlier = [a for a in setting.amounts if a.end <= amount.start]
    listed = any(a.agent is not None and a.unit == amount.unit for a in earlier)
    if earlier and earlier[-1].agent is not None:
        gap = setting.between(earlier[-1].end, amount.start)
        listed = listed or bool(_OR_ELSE.fullmatch(gap) or _CAP.fullmatch(gap))
    before, after = setting.before(amount.start, 60), setting.after(amount.end, 40)
    if amount.unit in MEASURES_MUCH_ELSE and not (listed or (amount.unit == "U" and amount.marks)):
        return amount.unit == "g" and bool(_DOSE_WORDS.search(before[-40:]))
    if amount.is_radiation or amount.unit in _BY_BODY_OR_ACTIVITY or amount.marks or listed:
        return True
    return bool(_ON.search(before) or _DOSE_WORDS.search(before) or _GROUP.match(after) or _DOSE_WORDS.search(after))
