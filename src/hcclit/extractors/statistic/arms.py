"""Names of arms and subgroups as a sentence gives them, as spans of its text.

An arm stands behind its value (`8.9 months with placebo`), before its brackets (`with placebo (8.9 months)`), in a
comparison (`longer with A than with B`), in a list that ends with `respectively`, or at the sentence's beginning
(`In the placebo group, ...`). The words group and arm after a treatment's name, articles and `patients with` are
no part of a name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hcclit.extractors.statistic.scene import Scene, Span

_END = (
    r"(?=\s*(?:[,;:()\[\]]|\.(?:\s|$)|$)|\s+(?:and|or)\s+(?:\d|only\b|approximately\b|about\b|in the\b|for the\b|with\b|to\b|was\b|were\b)"
    r"|\s+(?:versus|vs|v|compared|as compared|than|whereas|while|but|was|were|had|has|is|are|over|during|did|respectively|after|until|who were|despite|at (?:\d|a median))\b)"
)
_LEAD = (
    r"(?:patients?\s|participants\s|subjects\s|women\s|men\s|those\s|of\s(?:the\s|all\s)?(?:\d+\s)?(?:patients\s|participants\s|those\s)?)?"
    r"(?:in|with|for|among|on|receiving|treated with|treated by|given|who received|assigned to|allocated to|randomi[sz]ed to|of(?=\sthe\s[\w\s+/-]{2,50}\s(?:group|arm)\b)|of those (?:receiving|given|on|in)|from|(?:after|following)(?=\s(?!a\s|an\s|the\s(?:first|last|end)|progress|disease|follow|treatment|recurrence|random|study|diagnos|surgery of|\d|median)))\s"
)
_BEHIND = re.compile(rf"[\s,]*(?:\d-year\s)?(?:{_LEAD})+(?P<name>[A-Za-z0-9+≥≤<>][^,;:()\[\]]{{0,110}}?){_END}", re.I)
_NAME_AT = re.compile(rf"(?P<name>[A-Za-z0-9][^,;:()\[\]]{{0,110}}?){_END}", re.I)
_IN_BRACKETS = re.compile(r"\s*[(\[](?:the\s)?(?P<name>[A-Za-z][\w\s/+.-]{0,50}?)(?:\s(?:group|arm))?[)\]]")
_STRIP_FRONT = re.compile(
    r"^(?:(?:the|a|an|all|all the|those|these|our|eligible|evaluable|randomi[sz]ed|only|untreated)\s|(?:patients?|participants?|subjects|women|men|individuals|adults|people|persons|cases|recipients|controls|tumou?rs)\s"
    r"(?:with|receiving|treated with|treated by|given|assigned to|allocated to|randomly assigned to|randomi[sz]ed to|on|in|who (?:received|had|were given|were treated with|were assigned to|did)|whose|of|from|undergoing|who underwent)\s"
    r"|(?:with|receiving|treated with|given|who received|assigned to|allocated to|in|on|for|among|by|after|treatment with|addition of|the use of)\s|\d[\d,]*\s(?=(?:\w+\s){0,2}(?:patients|women|men|participants|subjects)\b))+",
    re.I,
)
_STRIP_BACK = re.compile(
    r"(?:\s(?:groups?|arms?|cohorts?|treatment groups?|treatment arms?|patients|recipients|subgroups?|populations?|participants|group patients|group of patients|therapy groups?|women|men|controls?(?<=group controls)))+$",
    re.I,
)
_WHOLE = re.compile(
    r"^(?:(?:intention|intent)-to-(?:treat|test)(?: population| patients| analysis)?|ITT(?: population)?|overall(?: population| study population| cohort)?|whole (?:cohort|group|series|population|study population)|entire .*"
    r"|all(?: the)?(?: \w+)? patients.*|all|total(?: population)?|study|this study|our study|the trial|trial|study population|patients|our (?:series|patients|cohort)|full analysis set|modified .*|safety population|per-protocol .*"
    r"|these patients|the present study|present study|this trial|our trial|this population|this setting|(?:our|the|this|a single) (?:registry|series|institution|cent(?:er|re)|hospital|study|database|analysis|case series).*|.*\b(?:trial|study|studies|trials|series|meta-analysis|analysis|registry|literature|review)|participants|terms .*|survival|median|\d+(?:\.\d+)?|general|treated|randomi[sz]ed|evaluable|enrolled|eligible|assessable|this|these|those|them|which|it|(?:the )?(?:cohort|group|series) of \d.*|favou?r.*|addition|total|both)$",
    re.I,
)
_EACH = re.compile(r"^(?:each|both|either|all (?:two|three|four))(?: of the)?(?: two| three| treatment| study)? (?:groups?|arms?|cohorts?)$", re.I)
_COMPARES = re.compile(
    r"(?:\b(?:with|in|for|among|on|of|between|by|after|receiving|favou?ring|given)\s+)?(?:the\s)?(?P<one>[A-Za-z][^,;:()\[\]]{0,70}?)\s+(?:(?:rather\s)?than|versus|vs\.?|v|(?:as\s)?compared (?:with|to)|over)\s+"
    rf"(?:(?:that|those|did|was|were)\s)?(?:with|in|for|among|on|by|after|to|the)?\s*(?:the\s)?(?P<two>[A-Za-z][^,;:()\[\]]{{0,90}}?){_END}",
    re.I,
)
_BEFORE_ONE = re.compile(r"(?:.*\b(?:with|in|for|among|on|of|between|by|after|receiving|favou?ring|given|to|was|were|from|comparing)\s+|^)(?:the\s)?", re.I)
_RESPECTIVELY = re.compile(r"[\s,;]*\brespectively\b", re.I)
_LIST_LEAD = re.compile(r".*\b(?:in|for|with|among|between|of|by|on|after|receiving)\s+(?:the\s|both\s)?", re.I)
_OPENING = re.compile(
    rf"(?:^|[.;:]\s+|^[A-Z ]{{4,30}}: )(?:[Ii]n|[Aa]mong|[Ff]or|[Ww]ith|[Oo]f)\s(?P<name>(?!a median|addition|total|contrast|conclusion|this|our|all|both|the (?:present|overall|intention|intent))[^,;:()\[\]]{{2,110}}?)(?=\s*[,(])"
)


_SUBJECT = re.compile(
    r"(?:^|[.;:,]\s|\b(?:and|whereas|while|but)\s)(?P<name>(?:[Tt]he\s|[Tt]hose\s|[Uu]ntreated\s)?(?:[Pp]atients|[Ww]omen|[Mm]en|[Tt]hose)\s[^,;:()\[\]]{3,100}?|[A-Z][\w+/-]+(?:\s(?:plus|and)\s[\w+/-]+)?)"
    r"\s(?:had|has|showed|achieved|experienced|yielded|produced|resulted in|gave|led to|provided)\s(?:an?\s)?[^,;:()\[\]]{0,60}$"
)
_AGAINST = re.compile(r"\b[Cc]ompared (?:with|to)\s(?:the\s)?(?P<two>[A-Za-z][^,;:()\[\]]{1,60}?),\s(?:the\s)?(?P<one>[A-Za-z][^,;:()\[\]]{1,60}?)\s(?:\w+ly\s)?(?:gave|had|was|were|showed|improved|increased|reduced|prolonged|resulted|led|achieved|yielded|produced|significantly|delayed|decreased)\b")


@dataclass(frozen=True, slots=True)
class Arm:
    """The span of an arm's name; `second` is the subgroup that it lies in, if any."""

    start: int
    end: int
    second: Span | None = None


def behind(scene: Scene, place: int) -> Arm | None:
    """The arm that stands right behind a value."""
    found = _BEHIND.match(scene.text, place, min(len(scene.text), place + 240)) or _IN_BRACKETS.match(scene.text, place)
    if found is None or (found["name"][:1].isdigit() and not re.search(r"(?:group|arm|cohort)$", found["name"])):
        return None
    return cleaned(scene, found.span("name"))


def behind_lead(scene: Scene, place: int) -> Arm | None:
    """The arm whose name begins at a place."""
    found = _NAME_AT.match(scene.text, place, min(len(scene.text), place + 200))
    return cleaned(scene, found.span("name")) if found else None


def before_brackets(scene: Scene, bracket: Span) -> Arm | None:
    """The arm that a pair of brackets with its value follows: `with placebo (8.9 months)`."""
    head = scene.text[max(0, bracket[0] - 120) : bracket[0]]
    found = re.search(r".*\b(?:with|in|for|among|on|receiving|given|by|than|versus|vs\.?|v|to)\s+(?P<name>[A-Za-z][^,;:()\[\]]{0,80}?)\s*$", head, re.I)
    if found is None:
        return None
    shift = max(0, bracket[0] - 120)
    return cleaned(scene, (found.start("name") + shift, found.end("name") + shift))


def compared(scene: Scene, start: int, end: int) -> list[Arm]:
    """The two arms of a comparison in a span: `longer with A than with B`, `A versus B`."""
    for found in reversed(list(_COMPARES.finditer(scene.text, max(0, start), end))):
        one, two = found.span("one"), found.span("two")
        lead = _BEFORE_ONE.match(scene.text[one[0] : one[1]] + " ")
        first = one[0] + (lead.end() if lead and lead.end() < one[1] - one[0] else 0)
        arms = [cleaned(scene, (first, one[1])), cleaned(scene, two)]
        if all(arms):
            return [arm for arm in arms if arm]
    against = _AGAINST.search(scene.text, max(0, start), end)
    if against is not None:
        arms = [cleaned(scene, against.span("one")), cleaned(scene, against.span("two"))]
        return [arm for arm in arms if arm] if all(arms) else []
    return []


def listed(scene: Scene, count: int) -> list[Arm]:
    """The arms of a list that ends with `respectively`, or that names as many groups as there are values."""
    found = _RESPECTIVELY.search(scene.text)
    ends = [found.start()] if found else []
    ends += [m.end() for m in re.finditer(r"\b(?:groups|arms|cohorts|patients)\b", scene.text)]
    for end in ends:
        stretch = re.split(r"[;:()\[\]]|\d\s?(?:%|months|years|weeks|days)", scene.text[max(0, end - 160) : end])[-1]
        lead = _LIST_LEAD.match(stretch) if not _splits(stretch, count) else None
        start = end - len(stretch) + _first_name(stretch, lead, count)
        arms = _split(scene, (start, end), count)
        if len(arms) == count:
            return arms
    return []


def opening(scene: Scene, place: int) -> Arm | None:
    """The subgroup or arm that a sentence opens with, before a place."""
    found = _OPENING.search(scene.text[:place])
    if found is None or re.search(r"\d\s?(?:%|months|years)", found["name"]):
        return None
    return cleaned(scene, found.span("name"))


def subject(scene: Scene, place: int) -> Arm | None:
    """Whom a clause is about, where they have the value: `Patients with ascites had a median survival of ...`."""
    found = _SUBJECT.search(scene.text[max(0, place - 200) : place])
    if found is None:
        return None
    shift = max(0, place - 200)
    return cleaned(scene, (found.start("name") + shift, found.end("name") + shift))


def name_of(scene: Scene, arm: Arm) -> str:
    """An arm's name as the source has it, white space collapsed."""
    names = [scene.source(arm.start, arm.end)]
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
    if not text or len(text) > 90 or _WHOLE.match(text) or _WHOLE.match(scene.text[span[0] : span[1]].strip()):
        return None
    return Arm(start, start + len(text))


def _splits(stretch: str, count: int) -> bool:
    return False if count < 2 else len(re.findall(r",|\band\b|\bor\b", stretch)) > 8


def _first_name(stretch: str, lead: re.Match[str] | None, count: int) -> int:
    """Where the list begins: behind the last preposition that leaves enough conjunctions for all names."""
    places = [m.end() for m in re.finditer(r"\b(?:in|for|with|among|between|of|by|on|receiving)\s+(?:the\s|both\s)?", stretch)]
    for place in reversed(places):
        if len(re.findall(r",|\band\b|\bor\b|\bversus\b|\bvs?\b", stretch[place:].rstrip(", "))) >= count - 1:
            return place
    return lead.end() if lead else 0


def _split(scene: Scene, span: Span, count: int) -> list[Arm]:
    arms: list[Arm] = []
    at = span[0]
    text = scene.text[span[0] : span[1]]
    cuts = list(re.finditer(r"\s*,\s*(?:and\s|or\s)?|\s+(?:and|or|versus|vs\.?|v)\s+(?:the\s)?", text))
    if len(cuts) > count - 1:
        cuts = cuts[: count - 2] + cuts[-1:] if count > 1 else []
    for cut in [*cuts, None]:
        end = span[0] + cut.start() if cut else span[1]
        arm = cleaned(scene, (at, end)) if end > at else None
        if arm is None:
            return []
        arms.append(arm)
        at = span[0] + cut.end() if cut else at
    return arms
