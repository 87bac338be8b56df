"""Names of arms and subgroups as a sentence gives them, as spans of its text.

An arm stands behind its value (`8.9 months with placebo`), before its brackets (`with placebo (8.9 months)`), in a
comparison (`longer with A than with B`), in a list that ends with `respectively`, or at the sentence's beginning
(`In the placebo group, ...`). The words group and arm after a treatment's name, articles and `patients with` are
no part of a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.extractors.statistic.cues import any_of
from hcclit.extractors.statistic.lexicon import lexicon_of
from hcclit.extractors.statistic.scene import Scene, Span
from hcclit.extractors.statistic.study_arms import study_arms

END = (
    r"(?=\s*(?:[,;:()\[\]]|\.(?:\s|$)|$)"
    r"|\s+(?:and|or)\s+(?:(?:the\s)?\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|\w{1,8}teen"
    r"|\w{1,8}ty(?:-\w{3,5})?)\s(?:[([]|in\b|of\b|to\b|with\b|patients\b|pts\b)|only\b"
    r"|approximately\b|about\b|in\b|for\b"
    r"|among\b|with\b|to\b|was\b"
    r"|were\b|from\s\d|(?:less|more|fewer)\sthan\b)"
    r"|\s+as\s(?:an?|first|second)\b"
    rf"|(?<!\bwho)\s+{any_of('ends a name')}\b"
    r"|(?:(?<=group)|(?<=arm)|(?<=cohort))\s+(?:of|for|in|on|with|and|or|who)\b)"
)
_LEAD = (
    r"(?:patients?\s|participants\s|subjects\s|women\s|men\s|those\s"
    r"|of\s(?:the\s|all\s)?(?:\d+\s)?(?:patients\s|participants\s|those\s)?"
    r"|(?:for|in|among|with)\s(?:the\s|all\s)?\d+\s(?:patients|participants|women|men"
    r"|those)\s)?(?:who\s(?:were|had been)\s)?"
    rf"{any_of('leads to an arm')}\s"
)
_BEHIND = re.compile(rf"[\s,]*(?:\d-year\s)?(?:{_LEAD})+(?P<name>[A-Za-z0-9+≥≤<>][^,;:()\[\]]{{0,110}}?){END}", re.I)
_NAME_AT = re.compile(rf"(?P<name>[A-Za-z0-9][^,;:()\[\]]{{0,110}}?){END}", re.I)
_IN_BRACKETS = re.compile(
    r"\s*[(\[](?:the\s)?(?P<name>[A-Za-z][\w\s/+.-]{0,50}?)(?:(?:\s(?:group|arm))?[)\]]|\s(?:group|arm);)"
)
_PLACE = r"\s(?:in|with|for|of|on)(?:\s(?:all|the))?"
_STRIP_FRONT = re.compile(
    rf"^(?:(?!(?-i:A)\s(?:group|arm|cohort)s?\b){any_of('before a name')}\s"
    r"|[^,;:()]{2,70}?\swho (?:received|underwent|had(?! a)|were given|were treated with)\s"
    r"|(?:[^,;:()]{2,70}?\s)?who\s(?=(?:achieved|did|responded|progressed|relapsed|developed|experienced|(?:dis)?continued)\b)"
    rf"|{any_of('people')}\s{any_of('people do')}\s|who (?:received|had|underwent|were given|were treated with)\s"
    r"|(?:[\w-]{1,30}\s){0,4}(?:analys[ei]s|subgroup|subset|cohort|group|series)\s(?:of|in|among|with)\s"
    r"(?=(?:[\w/+-]{1,25}\s){0,3}?(?:patients|women|men|those|participants|tumou?rs)\b)"
    r"|(?:arms|groups|cohorts)\s(?=[A-Z\d]{1,3}$)"
    r"|\w{1,8}\s(?:[\w-]{1,20}\s){0,2}?(?:infusions|cycles|courses|doses|injections|sessions) of\s"
    r"|(?:group|arm|cohort)\s(?:(?:assigned|allocated|randomi[sz]ed|treated)\s)?(?:to|receiving|given|with)\s"
    r"|\d[\d,]*\s(?!years?\b|months?\b|weeks?\b)(?:[\w-]{1,30}\s){1,2}(?:in|of|on)\s(?:the\s)?"
    r"|\d[\d.,]*\s?(?:mg|g|ug)/(?:m2|kg|m\(2\))\s(?:of\s)?(?=[a-z]{5})|use of\s"
    r"|(?:[\w-]{1,20}\s){0,4}(?:studies|study|trials?)\s(?:of|with)\s(?=[a-z]{3,20}(?:nib|mab|platin|taxel|bine)\b)"
    r"|\d[\d,]*\s(?=(?:[\w-]{1,30}\s){0,2}(?:patients|women|men|participants|subjects)\b))+",
    re.I,
)
_SIZE_NEXT = re.compile(r"\s(?:for|in|among)\s(?:the\s)?(?=\d)")
_SIZED = re.compile(
    r"\d+\s(?:\([^()]{1,12}\)\s)?(?:of\s(?:the\s)?\d+\s)?(?P<within>(?:[\w+/-]{1,30}\s){0,4}?)"
    r"(?:patients|women|men|participants|subjects)\s(?:on|in|receiving|given|treated with"
    r"|(?:randomly\s)?(?:assigned|allocated) to|who received)"
    rf"\s(?:the\s)?(?P<name>[A-Za-z][^,;:()\[\]]{{0,60}}?){END}"
)
_TREATED = re.compile(
    r"\s(?P<name>(?!un)[A-Za-z][\w+/-]{0,40}?)-treated(?:\s(?:patients|women|men|participants|subjects"
    r"|animals)|\s?[,;)]|$)"
)
_MAY_BEGIN_WITH_NUMBER = re.compile(
    r"(?:group|arm|cohort)$|^\d[\d.]*\s?(?:mg|g|ug|Gy|MBq|GBq|IU|MU)(?:/(?:kg|m2"
    r"|m\(2\)))?(?:\s(?:treatment|radiotherapy|dose))?$"
)
_CONTROLS = re.compile(r"\s(?P<name>controls)\b")
_TREATED_BACK = re.compile(r"(?<!ly)-treated$")
_GROUP = re.compile(r"\s(?:group|arm)\b")
_IN_STUDY = re.compile(
    r"\s(?:in|of) (?:this|our|the (?:present|current|whole)) (?:study|series|trial|cohort|report)\b.*$"
)
_GIVEN = re.compile(
    r"\sgiven\s(?:intravenously|orally|subcutaneously|by|as|over|on|every|once|twice|daily|weekly)\b.*$"
)
_STRIP_BACK = re.compile(rf"(?:(?:{_PLACE})?(?:\s{any_of('after a name')})+|{_PLACE})$", re.I)
_WHOLE = re.compile(rf"^{any_of('whole study')}$", re.I)
_NO_NAME = re.compile(
    r"\d[\d.]*-(?:month|year|week|day)\b|(?:one|two|three|four|five|six|seven|eight|nine|ten"
    r"|\w{2,8}teen)\s|of\s\d|aged\b|[Aa]s$|median\b|.*\b(?:phase$|[Tt]rial\s(?:with|of|in)\b)"
    r"|(?:and|or)\s|(?:instance|example)$|[Pp]\s?[=<>]|\d[\d.]*\spercent|.*\b(?:events"
    r"|update)$|(?:(?:wo)?men|patients)(?:\swho\s(?:were|died|had died)\b.*)?$|(?:phase|part"
    r"|step)\s\w{1,3}$|.*\b(?:end ?points?|factors"
    r"|model|data|outcomes?)$|.*(?:\bwho$|±|\brespectively\b|\brates? of \d"
    r"|\banalys[ei]s\b(?! and)|\b(?:survival|OS|PFS|DFS"
    r"|(?:response|control|survival) rate)$)"
)
_EACH = re.compile(
    r"^(?:each|both|either|all (?:two|three|four))(?: of the)?(?: two| three| treatment| study)? "
    r"(?:groups?|arms?|cohorts?)$",
    re.I,
)
EACH_GROUP = "each group"
"""What the contract calls several arms of which one number is said."""
_BEFORE_BRACKET = re.compile(
    r".*(?:\b(?:with|in|for|among|on|receiving|received|given|(?<!followed )(?<!preceded )by"
    r"|than|versus|vs\.?|v|to|or|either|only)\s+"
    r"|[nN]\s?=\s?[\d,]+[)\]],\s+(?:and\s|or\s)?|[)\]],\s+(?:and\s|or\s)?(?=[\w\s/+-]{1,50}\s(?:group|arm)\s*$))"
    r"(?P<name>[A-Za-z][^,;:()\[\]]{0,80}?)\s*$",
    re.I,
)
OPENING = re.compile(
    r"(?:^|[.;:]\s+|^[A-Z ]{4,30}: )(?:[Ii]n|[Aa]mong|[Ff]or|[Ww]ith|[Oo]f)\s"
    r"(?P<name>(?!a median|addition|note\b|interest\b|particular\b|general\b|fact\b"
    r"|(?:the )?total|contrast|conclusion|this|our|all|both"
    r"|the (?:present|overall|inten[ts]))[^,;:()\[\]]{2,110}?)(?=\s*[,(])"
)
_SUBJECT = re.compile(
    r"(?:^|[.;:,]\s|\b(?:and|whereas|while|but)\s)"
    r"(?P<name>(?:[Tt]he\s|[Tt]hose\s|[Uu]ntreated\s)?(?:[Pp]atients|[Ww]omen|[Mm]en|[Tt]hose)\s[^,;:()\[\]]{3,100}?"
    r"|(?:[Tt]he\s)?[A-Z][\w+/-]{1,40}(?:\s(?:plus|and)\s[\w+/-]{1,40})?(?=\s(?:regimen\s"
    r"|combination\s|group\s|arm\s)?\w+\s))"
    r"\s(?:regimen\s|combination\s|group\s|arm\s)?(?:had|has|showed|achieved|experienced"
    r"|yielded|produced|resulted in|gave|led to|provided)\s(?:an?\s)?"
    r"[^,;:()\[\]]{0,60}$"
)


@dataclass(frozen=True, slots=True)
class Arm:
    """The span of an arm's name; `second` is the subgroup that it lies in, if any."""

    start: int
    end: int
    second: Span | None = None


def behind(scene: Scene, place: int) -> Arm | None:
    """The arm that stands right behind a value."""
    found = _BEHIND.match(scene.text, place, min(len(scene.text), place + 240)) or _IN_BRACKETS.match(scene.text, place)
    found = found or _TREATED.match(scene.text, place) or _CONTROLS.match(scene.text, place)
    if (lead := _SIZE_NEXT.match(scene.text, place)) is not None and (arm := sized(scene, lead.end())) is not None:
        return arm
    if found is None or (found["name"][:1].isdigit() and not _MAY_BEGIN_WITH_NUMBER.search(found["name"])):
        return None
    return cleaned(scene, found.span("name"))


def in_brackets(scene: Scene, place: int) -> Arm | None:
    """The arm that brackets right behind a value begin with: `(placebo arm; HR 0.94)`."""
    found = _IN_BRACKETS.match(scene.text, place)
    return cleaned(scene, found.span("name")) if found is not None and found.group()[-1] == ";" else None


def sized(scene: Scene, place: int) -> Arm | None:
    """The arm, within a subgroup, of a number of patients at a place: `22 marker-high patients on A`."""
    found = _SIZED.match(scene.text, place)
    if found is None:
        return None
    arm = cleaned(scene, found.span("name"))
    within = cleaned(scene, found.span("within")) if found["within"] else None
    return None if arm is None else Arm(arm.start, arm.end, (within.start, within.end) if within else None)


def behind_lead(scene: Scene, place: int) -> Arm | None:
    """The arm whose name begins at a place."""
    found = _NAME_AT.match(scene.text, place, min(len(scene.text), place + 200))
    return cleaned(scene, found.span("name")) if found else None


def before_brackets(scene: Scene, bracket: Span) -> Arm | None:
    """The arm that a pair of brackets with its value follows: `with placebo (8.9 months)`."""
    found = _BEFORE_BRACKET.match(scene.before(bracket[0], 120))
    if found is None:
        return None
    shift = max(0, bracket[0] - 120)
    return cleaned(scene, (found.start("name") + shift, found.end("name") + shift))


def subject(scene: Scene, place: int) -> Arm | None:
    """Whom a clause is about, where they have the value: `Patients with ascites had a median survival of ...`."""
    found = _SUBJECT.search(scene.text[max(0, place - 200) : place])
    if found is None:
        return None
    shift = max(0, place - 200)
    return cleaned(scene, (found.start("name") + shift, found.end("name") + shift))


def names_endpoint(scene: Scene, arm: Arm) -> bool:
    """Whether what stands where an arm may stand is an endpoint: `the hazard ratio for death`."""
    return any(True for _ in lexicon_of(scene.analysis).find(scene.text, arm.start, arm.end))


def name_of(scene: Scene, arm: Arm) -> str:
    """An arm's name as the source has it, white space collapsed."""
    names = [scene.source(arm.start, arm.end)]
    if _EACH.match(names[0].removeprefix("the ")):
        names = [EACH_GROUP]
    if arm.second is not None:
        names.append(scene.source(*arm.second))
    return ", ".join(names)


def cleaned(scene: Scene, span: Span) -> Arm | None:
    """Strip what is no part of a name; None for the whole study and for what is no name."""
    start, end = span
    text = scene.text[start:end]
    if _EACH.match(text.strip().removeprefix("the ")):
        return Arm(start, start + len(text.rstrip()))
    front = _STRIP_FRONT.match(text)
    start += front.end() if front else 0
    text = scene.text[start:end].rstrip()
    back = _STRIP_BACK.search(text)
    if back is not None and not re.match(r"^(?:the\s)?(?:group|arm|cohort)", text, re.I):
        text = text[: back.start()].rstrip()
    text = _GIVEN.sub("", text)
    text = _IN_STUDY.sub("", _TREATED_BACK.sub("", text))
    if _GROUP.match(scene.text, start + len(text)) and text.casefold() in study_arms(scene.analysis).names:
        return Arm(start, start + len(text))  # "the treatment group"
    whole = _IN_STUDY.sub("", scene.text[span[0] : span[1]].strip())
    if (
        not text
        or len(text) > 90
        or _NO_NAME.match(text)
        or any(_WHOLE.match(name) for name in (text, whole, whole.removeprefix("the ")))
    ):
        return None
    return Arm(start, start + len(text))
