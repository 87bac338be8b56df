"""Amounts and drugs that stand in one list: `100, 200 or 400 mg`, `cisplatin and doxorubicin`."""

from __future__ import annotations

import re

from hcclit.extractors.dose.model import Agent, Amount, Setting

_COORDINATED = re.compile(r"\s?(?:,|/|\+|,? ?(?:and|or|plus)|\)|\([^()]{0,30}\),?(?: and)?)\s?")
_RESPECTIVELY = re.compile(r"[^.;]{0,60}?\brespectively\b")
_BARE = 8


def are_listed(setting: Setting, left: Amount, right: Amount) -> bool:
    """Whether nothing but a comma or an `and` stands between two amounts."""
    return _COORDINATED.fullmatch(setting.between(left.end, right.start)) is not None


def runs(setting: Setting) -> list[list[Amount]]:
    """The amounts of a sentence, grouped into lists."""
    found: list[list[Amount]] = []
    for amount in setting.amounts:
        if found and are_listed(setting, found[-1][-1], amount):
            found[-1].append(amount)
        else:
            found.append([amount])
    return found


def share_out(setting: Setting) -> None:
    """`doxorubicin and cisplatin (50 and 100 mg, respectively)`: the n-th amount is of the n-th drug."""
    for run in runs(setting):
        slashed = setting.after(run[0].end, 1) == "/"
        if len(run) < 2 or not (slashed or _RESPECTIVELY.match(setting.after(run[-1].end, 80))):
            continue
        drugs = _last_listed(setting, [a for a in setting.agents if a.end <= run[0].start and a.usable])
        if len(drugs) == len(run) and len({a.name for a in drugs}) > 1:
            for amount, agent in zip(run, drugs, strict=True):
                amount.agent = agent


def _last_listed(setting: Setting, agents: list[Agent]) -> list[Agent]:
    chain: list[Agent] = []
    for agent in reversed(agents):
        if chain and not _COORDINATED.fullmatch(setting.between(agent.end, chain[0].start)):
            break
        chain.insert(0, agent)
    return chain


def fill_up(setting: Setting) -> None:
    """`500, 750 and 1,000 mg`: a list of amounts in one unit has one drug, known from any of them."""
    for run in runs(setting):
        for amount, following in zip(run[-2::-1], run[:0:-1], strict=True):
            if amount.agent is None and amount.unit == following.unit and amount.end - amount.start < _BARE:
                amount.agent = following.agent
