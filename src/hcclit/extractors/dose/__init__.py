"""Doses: amounts of a named drug or agent, given, planned or recommended.

`amounts` finds what may be an amount, `frequency` and `cycles` how often, `drug` of what, `schedule` which frequency
is whose, `action` what was done with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from hcclit.derived import daily_amount
from hcclit.extractors.dose.action import set_actions
from hcclit.extractors.dose.agents import agents_in, named_drugs
from hcclit.extractors.dose.amounts import find_amounts
from hcclit.extractors.dose.discourse import Discourse
from hcclit.extractors.dose.drug import link_drugs, link_far
from hcclit.extractors.dose.frequency import find_marks
from hcclit.extractors.dose.model import Agent, Amount, Setting
from hcclit.extractors.dose.neighbours import from_neighbours
from hcclit.extractors.dose.schedule import Scheduler
from hcclit.extractors.dose.steps import set_steps
from hcclit.extractors.dose.walk import Walker
from hcclit.language import Analysis, Sentence
from hcclit.mention import Mention

_LONGEST = 4000
_RADIOTHERAPY = Agent(0, 0, "radiotherapy", "radiation")


def extract(analysis: Analysis) -> Iterator[Mention]:
    """Find the doses of a paper's running text."""
    discourse = Discourse()
    for sentence in chain.from_iterable(map(_pieces, analysis.sentences)):
        amounts = find_amounts(analysis, sentence)
        if amounts:
            yield from _doses(analysis, sentence, amounts, discourse)
        else:
            discourse.name(sentence.passage, named_drugs(analysis, sentence))


def _pieces(sentence: Sentence) -> Iterator[Sentence]:
    """A sentence, cut where it is so long that it is none: lists without a full stop, tables read as text."""
    start = 0
    while len(sentence.text) - start > _LONGEST:
        cut = max(sentence.text.rfind(sign, start, start + _LONGEST) for sign in ("; ", ". ", " "))
        end = cut + 1 if cut > start else start + _LONGEST
        yield _part(sentence, start, end)
        start = end
    yield _part(sentence, start, len(sentence.text)) if start else sentence


def _part(sentence: Sentence, start: int, end: int) -> Sentence:
    begin = sentence.start
    return replace(sentence, start=begin + start, end=begin + end, text=sentence.text[start:end])


def _doses(analysis: Analysis, sentence: Sentence, amounts: list[Amount], discourse: Discourse) -> Iterator[Mention]:
    agents = agents_in(analysis, sentence)
    setting = Setting(sentence, amounts, agents, find_marks(sentence.text, sentence.start))
    walker = Walker(analysis.text, setting)
    link_drugs(setting, walker)
    setting = setting.without_idle_guesses()
    scheduler = Scheduler(setting)
    link_far(setting, walker, discourse)
    scheduler.run()
    doses = [amount for amount in amounts if _is_dose(amount)]
    from_neighbours(analysis, sentence, [a for a in doses if not scheduler.is_loading(a)])
    set_actions(sentence, doses, setting.agents)
    set_steps(sentence, doses, discourse)
    discourse.name(sentence.passage, setting.agents)
    for dose in doses:
        discourse.dose(sentence.passage, dose)
        yield _mention(dose, scheduler.span(dose))


def _is_dose(amount: Amount) -> bool:
    if amount.agent is None and amount.is_radiation:
        amount.agent = _RADIOTHERAPY
    return amount.agent is not None and amount.agent.usable


def _mention(amount: Amount, span: tuple[int, int]) -> Mention:
    assert amount.agent is not None
    fields: dict[str, object] = {
        "drug": amount.agent.name,
        "amount": amount.value,
        "amount_high": amount.high,
        "unit": amount.unit,
        "per_day": amount.per_day,
        "daily_amount": daily_amount(amount.value, amount.per_day),
        "action": amount.action,
    }
    if amount.agent.codes:
        fields["codes"] = amount.agent.codes
    return Mention("dose", *span, fields)
