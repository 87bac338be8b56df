"""What the text says was done with a dose: started, reduced, increased, continued, stopped, restarted.

Only a word of the dose's own clause counts: the last one before the amount, with nothing between them that takes it
elsewhere, or the predicate after it (`… 8 mg was stopped`).
"""

from __future__ import annotations

import re

from hcclit.extractors.dose.model import Agent, Amount
from hcclit.language import Sentence
from hcclit.records import Action

_RESTART = r"re-?start\w*|resum(?:ed?|es|ing|ption)|re-?introduc\w+|re-?challeng\w*|re-?initiat\w+|re-?institut\w+|(?:started|begun) again"
_STOP = r"stopp\w+|discontinu\w+|withdrawn|withdrawal|withheld|ceased|cessation|suspended"
_REDUCE = r"reduc(?:e|ed|es|ing|tions?)|decreas(?:e|ed|es|ing)|lower(?:ed|ing)|(?<=to a )lower(?= dos)|taper(?:ed|ing|s)?|de-?escalat\w+|halv(?:ed|ing)|down-?titrat\w+|titrated down|dose-reduced|cut(?: down)?"
_INCREASE = r"increas(?:e|ed|es|ing)|escalat(?:ed?|es|ing|ion)|rais(?:ed?|es|ing)|doubl(?:ed|ing)|up-?titrat\w+|titrated(?: up)?|re-?escalat\w+|restored|returned|back up"
_CONTINUE = r"continu(?:ed?|es|ing|ation)|maintain(?:ed|s|ing)?(?= (?:\w+ ){0,3}?(?:at|on)\b)|remain(?:s|ed|ing)?(?: \w+){0,2} on|stay(?:s|ed|ing)?(?: \w+){0,2} on|kept (?:on|at)|unchanged"
_START = (
    r"start(?:ed|ing|s)?|initiat(?:ed?|es|ing|ion)|initial(?= (?:\w+ ){0,2}dos)|initially(?= (?:\w+ )?(?:at|with a|dosed))|begun|began|begin(?:s|ning)?|commenc\w+|changed(?: from [\w-]+)? to"
    r"|chang(?:e|ed|ing)(?: \w+){1,3}? to|switch(?:ed|ing)?(?: \w+){0,3}? to|switch to|replac(?:ed?|ing)(?: \w+){0,3}? (?:by|with)|(?<!\bas )prescribed|introduc(?:ed|ing|tion)|instituted"
)
_ORDER: tuple[tuple[Action, str], ...] = (
    ("restart", _RESTART), ("stop", _STOP), ("reduce", _REDUCE), ("increase", _INCREASE), ("continue", _CONTINUE), ("start", _START),
)  # fmt: skip
_WORD = re.compile(
    r"(?<![\w-])(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _ORDER) + r")(?![\w-])", re.I
)
_PREDICATE = re.compile(
    r"^(?:(?!\b(?:which|until|but|after|before|when|while|because|who)\b)[^;]){0,90}?"
    r"\b(?:was|were|is|are|been|be|being|to be|remained|remains)(?: \w+ly| then| again| thus| also| therefore| later)? "
    r"(?=(?:re-?started|resumed|reintroduced|re-?initiated|started|initiated|begun|commenced|prescribed|introduced|stopped|discontinued|withdrawn|withheld|ceased|suspended"
    r"|continued|maintained|unchanged)\b)",
    re.I,
)
_NEUTRAL = re.compile(
    r"\b(?:received|receiving|receives|treated|underwent|was given|were given|infused|injected|administered|showed|revealed|achieved|remained stable|(?:randomly )?assigned|allocated|randomi[sz]ed|followed by|reported|using|use of|who|which|because|owing to|due to|despite|while|but|until)\b",
    re.I,
)
_OTHER_NUMBER = re.compile(r"\d[\d.,]*\s?(?:ng|%|cm\b|mm\b|IU|U/|mAU|g/d|mg/d[lL]|[x×] ?10|/)", re.I)
_AIMS = re.compile(
    r"^[\s\"]*[(:]|\b(?:to|at|of|by|on|with|dose|doses|dosage|dosing|as|from|daily|further)\b", re.I
)
_ASIDE = re.compile(r"[,] (?!to\b|from\b|first\b|initially\b|then\b|respectively\b|at\b|by\b)|\bplus\b")
_OF_OTHER = re.compile(
    r"\bin (?:the )?(?:[A-Z]|tumou?r|size|serum|level|pain|risk|\w+ (?:levels?|scores?|rates?|risk|counts?|size|volume)\b)|\b(?:following|supplementation|levels?|incidence)\b"
)
_BREAK = re.compile(
    r"[;]|, plus |, and |, but |, (?:he|she|the patient|we|they)\b|\band (?:he|she|the patient|we|they|was|were|had|has|is|are|showed)\b|\)\. "
)
_OTHER_SUBJECT = re.compile(r"\b(?:or|and|if|while) (?:\w+ ){1,3}(?:was|were|is|are|be|been)\b", re.I)
_FROM = re.compile(r"\bfrom (?:an? |the )?(?:(?!to\b)\w+ ){0,3}$", re.I)
_AS_INITIAL = re.compile(r"\s?(?:as |was )?(?:an? |the )?(?:initial|starting) dose", re.I)
_TO = re.compile(r"\b(?:to|then|followed by|and)\b[^.;]{0,30}$", re.I)
_LISTED = re.compile(r"^[^;]{0,50}?(?:,|\band\b|\bplus\b|\bwith\b|\bor\b|\+)[^;]{0,50}$", re.I)
_BEFORE_REACH, _AFTER_REACH = 140, 120


def set_actions(sentence: Sentence, amounts: list[Amount], agents: list[Agent]) -> None:
    """Set the action of each amount of a sentence, in order."""
    text, begin = sentence.text, sentence.start
    origin: Action | None = None
    for index, amount in enumerate(amounts):
        previous = amounts[index - 1] if index else None
        left = text[(previous.end - begin) if previous else 0 : amount.start - begin][-_BEFORE_REACH:]
        following = amounts[index + 1].start - begin if index + 1 < len(amounts) else len(text)
        right = text[amount.end - begin : following][:_AFTER_REACH]
        before = _before(left, _names(agents, amount, begin, text, left))
        if _FROM.search(left):
            origin, amount.action = before, None
            continue
        amount.action = before or _after(right)
        if amount.action is None and previous is not None:
            amount.action = _inherited(previous, amount, left, origin)
        origin = None
    _share_predicate(amounts, text, begin)


def _names(agents: list[Agent], amount: Amount, begin: int, text: str, left: str) -> list[str]:
    """Other drugs in the words before an amount."""
    name = amount.agent.name if amount.agent else None
    start = amount.start - len(left)
    return [
        text[a.start - begin : a.end - begin]
        for a in agents
        if start <= a.start < amount.start and a.name != name and a.usable
    ]


def _before(left: str, others: list[str]) -> Action | None:
    """The action that the last fitting word before an amount names."""
    for match in reversed(list(_WORD.finditer(left))):
        gap = left[match.end() :]
        if _NEUTRAL.search(gap.replace("to receive", "")) or _OTHER_NUMBER.search(gap):
            return None
        if _BREAK.search(gap):
            return None
        action = _action(match)
        if action == "stop" and (
            len(gap) > 40 or "," in gap or " and " in gap or any(o in gap for o in others)
        ):
            return None
        if action in ("reduce", "increase") and (
            not _AIMS.search(gap) or _ASIDE.search(gap) or _OF_OTHER.search(gap)
        ):
            continue
        if (
            action in ("reduce", "increase", "continue")
            and any(o in gap for o in others)
            and " and " not in gap
        ):
            return None
        return action
    return None


def _after(right: str) -> Action | None:
    if _AS_INITIAL.match(right):
        return "start"
    match = _PREDICATE.match(right)
    if match is None or _BREAK.search(match.group()) or _OTHER_SUBJECT.search(match.group()):
        return None
    word = _WORD.match(right, match.end())
    if word is None:
        return None
    return "restart" if right[word.end() : word.end() + 6] == " again" else _action(word)


def _action(match: re.Match[str]) -> Action:
    return next(name for name, _ in _ORDER if match[name])


def _inherited(previous: Amount, amount: Amount, left: str, origin: Action | None) -> Action | None:
    """A list shares its verb; the second end of `from … to` and each further step down have that of the first."""
    same = (
        previous.agent is not None and amount.agent is not None and previous.agent.name == amount.agent.name
    )
    if origin is not None and same:
        return origin
    if same and previous.unit == amount.unit:
        step = amount.value - previous.value
        fits = (previous.action == "reduce" and step <= 0) or (previous.action == "increase" and step > 0)
        return previous.action if fits and _TO.search(left) else None
    if same or (
        _LISTED.match(left) and not _NEUTRAL.search(left) and not re.search(r"\b(?:then|followed)\b", left)
    ):
        return previous.action
    return None


def _share_predicate(amounts: list[Amount], text: str, begin: int) -> None:
    """`X 10 mg and Y 20 mg were started`: the predicate after a list is said of all of it."""
    for index in range(len(amounts) - 2, -1, -1):
        amount, following = amounts[index], amounts[index + 1]
        gap = text[amount.end - begin : following.start - begin]
        by_predicate = following.action is not None and not _WORD.search(gap)
        if amount.action is None and by_predicate and _LISTED.match(gap) and not _NEUTRAL.search(gap):
            own = _FROM.search(text[max(0, amount.start - begin - 40) : amount.start - begin])
            if not own and not re.search(r"\b(?:then|followed|to)\b", gap):
                amount.action = following.action
