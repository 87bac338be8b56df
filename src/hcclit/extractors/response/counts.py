"""Whether a category is counted: "14 (12.7%) patients achieved CR" is a statistic, not a patient's response."""

from __future__ import annotations

import re

from hcclit.extractors.response.scene import NUMBERED, Scene
from hcclit.paper_kind import ONE_AGED, is_case_report

_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|both|half|a quarter|two[- ]thirds"
)
_NUMBER = rf"(?:\d[\d,]*(?:\.\d+)?|\b(?:{_WORDS})\b(?:-\w+)?)"
_PEOPLE = (
    r"(?:patients?|pts?|cases?|subjects?|participants?|individuals|persons?|men|women|children|boys?|girls?"
    r"|adults?|responders?)\b(?!\sreports?\b)"
)
COUNTED_PEOPLE = re.compile(
    rf"{_NUMBER}(?:\s?\([^)]{{1,15}}\))?\s(?:(?:out\s)?of\s(?:the\s|these\s|our\s"
    rf"|all\s)?(?:{_NUMBER}\s)?)?(?:(?!to\b|in\b|of\b|our\b|this\b|cycles?\b|courses?\b)[\w-]+\s){{0,3}}?{_PEOPLE}"
    rf"|\b(?:all|both)\s(?:of\s)?(?:the\s|these\s|our\s)?(?:{_NUMBER}\s)?(?:[\w-]+\s){{0,2}}?{_PEOPLE}"
    rf"|{_NUMBER}\s(?:out\s)?of\s(?:the\s|these\s|our\s|all\s)?{_NUMBER}|\bnone of {_NUMBER}"
    rf"|{_NUMBER}\s?%\s?of\s(?:[\w-]+\s){{0,4}}?{_PEOPLE}",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"s?\s?[(\[]\s?(?:[nN]\s?=\s?)?\d+(?:\.\d+)?\s?(?:%|/|\)|,|;|\]|of|patients?|pts|cases|-)"
    rf"|s?\s?[:=]\s?(?:n\s?=\s?)?\d|s?,\s\d+(?:\.\d+)?\s?%"
    rf"|s?\s(?:rates?\s)?(?:(?:was|were|is|has been|had been)\s)?(?:only\s|also\s|achieved\s|observed\s"
    rf"|obtained\s|seen\s|found\s|noted\s|recorded\s"
    rf"|documented\s|reported\s|reached\s|in\s|of\s|for\s|by\s|an?\s|about\s|approximately\s|additional\s"
    rf"|further\s){{0,5}}"
    rf"{_NUMBER}(?:\.\d+)?\s?(?:%|\(|/|of\b(?!\s(?:the\s|his\s|her\s|their\s)?(?:\w+\s){{0,2}}(?:lesions"
    rf"|tumou?rs|nodules|metastases|sites))|out\b|[a-z-]*\s?(?:patients?|pts|cases|subjects|participants)\b|_)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:(?<![\w-])(?<!after ){_NUMBER}(?:\.\d+)?\s?%?|\d\s?%?\))\s(?:\([^)]{{1,20}}\)\s)?"
    r"(?:(?:had|with|showed?|achieved|experienced|confirmed|unconfirmed|radiolog\w+|patholog\w+|clinical"
    r"|an?|as|were|was|in|reached|obtained|durable"
    r"|best|long-term|further|more|other|new|additional)\s){0,4}$",
    re.IGNORECASE,
)
_JUST_ONE = re.compile(r"(?:one|1)\b", re.IGNORECASE)
BOTH = re.compile(
    r"\b(?:both|the two)\s(?:of\s)?(?:our\s|the\s|these\s|reported\s)?(?:patients|cases)\b", re.IGNORECASE
)
_ANCHOR = re.compile(
    r"\b(?:(?:before|after|until|since|following|beyond|despite|in spite of|because of|due to|owing to|at"
    r"|from|upon|on|during|once)|after\s_+\sof)\s(?:the\s|an?\s|his\s|her\s|first\s)*"
    r"(?:(?:achiev|attain|obtain|reach|diagnos|document|confirm|detect|develop|occur|onset|time|date|moment"
    r"|evidence|sign)\w*\s)?"
    r"(?:of\s|as\s)?(?:the\s|an?\s|his\s|her\s|first\s|initial\s|second\s|this\s|radiolog\w+\s|clinical\s"
    r"|sustained\s|apparent\s){0,3}$",
    re.IGNORECASE,
)


def is_number_behind(scene: Scene) -> bool:
    """Whether a count or a percentage follows the category ("CR (0%)", "PR in two patients")."""
    return _BEHIND.match(_unlabelled(scene), scene.end) is not None


def is_counted(scene: Scene) -> bool:
    """Whether a number of people or a percentage belongs to the category."""
    unlabelled = _unlabelled(scene)
    if _BEHIND.match(unlabelled, scene.end):
        return True
    low, high = scene.clause
    if _BEFORE.search(unlabelled, max(low, scene.start - 60), scene.start):
        return True
    if is_anchor(scene):  # "after achieving CR, 1 patient (Patient 2) …" counts who relapsed, not who had CR
        return False
    one_told = ONE_AGED.search(unlabelled, low, high) is not None
    counts = (m.group() for m in COUNTED_PEOPLE.finditer(unlabelled, low, high))
    # "one of these patients, a 44-year-old woman, had CR" tells of her
    return any(not (one_told and _JUST_ONE.match(count)) for count in counts)


def is_anchor(scene: Scene) -> bool:
    """Whether the category is a point in time or a ground that the sentence takes for given ("beyond PD")."""
    return bool(_ANCHOR.search(scene.text[max(0, scene.start - 70) : scene.start]))


def _unlabelled(scene: Scene) -> str:
    """The text without the numbers that name patients; both patients of a case report are no number."""
    text = NUMBERED.sub(lambda m: "_" * len(m.group()), scene.text)
    return BOTH.sub(lambda m: "_" * len(m.group()), text) if is_case_report(scene.analysis) else text
