"""Whether a form that names a category in one paper does so in this one.

`PD` is Parkinson's disease, dialysis or pharmacodynamics elsewhere, `SD` mostly a standard deviation; and a remission
may be that of colitis or diabetes.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from hcclit.alternatives import grouped
from hcclit.extractors.response.categories import Named, category_of
from hcclit.extractors.response.scene import NUMBERED
from hcclit.language import Analysis, Sentence
from hcclit.records import Category
from hcclit.vocabulary import rows

_FORMS = ("CR", "PR", "SD", "PD")
_TUMOUR = re.compile(
    r"tumou?r|cancer|carcinoma|metasta|malignan|neoplas|sarcoma|lymphoma|leuka?emi|myeloma|melanoma"
    r"|blastoma|glioma|\bHCC\b"
    r"|\bRECIST|chemotherap|radiotherap|\blesions?\b|sorafenib|oncolog|\bAML\b|\bALL\b|\bCML\b|hepatoma|nodules?\b",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"RECIST|\bresponse (?:evaluation|assessment|criteria)|tumou?r response|objective response|(?:complete"
    r"|partial) (?:\w+ )?(?:response"
    r"|remission)|stable disease|progressive disease|\b(?:CR|PR|SD|PD)\b[ ,/+]{1,2}(?:and |or )?\b(?:CR|PR"
    r"|SD|PD)\b",
    re.IGNORECASE,
)
# words that take a response as their object, right before the form or right after it
_TAKES = re.compile(
    r"(?:achiev\w+|attain\w*|reach\w*|obtain\w*|show\w*|demonstrat\w+|document\w*|confirm\w*|reveal\w*"
    r"|maintain\w*|experienc\w+|\bhad|\bwas"
    r"|\bin|\bbeyond|\bafter|\buntil|\bdue to|because of|despite|in spite of|\bwith|radiolog\w+|patholog\w+"
    r"|clinical|sustained|durable"
    r"|first|best response|diagnos\w+ (?:of|as)|evaluated as|judged (?:as|to be)|assessed as|rated as"
    r"|classified as|considered|indicat\w+"
    r"|suggest\w+|resulted in|led to|\bno|without|of)\s(?:an?\s|the\s|her\s|his\s|first\s|second\s)*$",
    re.IGNORECASE,
)
_TAKEN = re.compile(
    r"s?\s(?:was|were|is|has been|had been|could)\s(?:\w+\s){0,2}?(?:observ|obtain|achiev|not|diagnos"
    r"|confirm|document|maintain|reach|seen|found|best)"
    r"|s?\s(?:of|in|for)\s(?:our|the|his|her|all|target)\b|s?\s(?:by|per|according to)\b",
    re.IGNORECASE,
)
_SPREAD = re.compile(r"(?:±|\+/-|\b(?:means?|medians?|average)\W{1,3}|\d\s?[(\[]?)\s*$", re.IGNORECASE)
_NUMBER_NEXT = re.compile(r"s?\s?[=:]?\s?[±]?\s?\d|\s?[)\]]?\s?(?:of|=)\s?\d|s\b")
_RECEPTOR = re.compile(r"\b(?:ER|HER-?2|ERs?\W{1,2}|estrogen|oestrogen|Ki-?67)\b")
_OTHER_USE = re.compile(
    r"[- ]?(?:positiv\w*|negativ\w*|status|expression|interval|segment|\+|catheter|patients? on|fluid"
    r"|(?:was |of |: ?|= ?)?\d{2,3}(?![\d%]))"
)
_OPERATED = re.compile(r"\b(?:underwent|undergo\w*|undergone)\s(?:\w+\s){0,2}$", re.IGNORECASE)
_ANTIEMETIC = re.compile(r"antiemetic|emetogenic|no (?:emesis|vomiting)", re.IGNORECASE)
_NEAR = 70
_PREVIOUS = 500
_MANY_TIMES = 3  # a paper on tumours may speak of pain and infection, but not mostly
_THIS = re.compile(r"(?:This|These|It|The latter|Which)\b")


def means_response(analysis: Analysis, sentence: Sentence, named: Named) -> bool:
    """Whether a place that names a category is about a tumour's response."""
    if named.form == "short" and not _short_form_means(analysis, sentence, named):
        return False
    return not _of_other_disease(analysis, sentence, named)


def _short_form_means(analysis: Analysis, sentence: Sentence, named: Named) -> bool:
    text, start, end = sentence.text, named.start - sentence.start, named.end - sentence.start
    form = text[start:end].removesuffix("s") if named.plural else text[start:end]
    if form not in _FORMS:
        return True
    if _used_otherwise(form, text, start, end):
        return False
    in_sentence = _rivals().get((form, "sentence"))
    if in_sentence is not None and in_sentence.search(text):
        return False
    standing = _standing(analysis, named.category)
    if standing is not None:
        return standing
    if _facts(analysis) & {"TUMOUR", "SETTING"}:
        return True
    return bool(_TAKES.search(text[max(0, start - 40) : start]) or _TAKEN.match(text, end))


def _used_otherwise(form: str, text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    if form == "SD" and (_SPREAD.search(NUMBERED.sub("_", before)) or _NUMBER_NEXT.match(after)):
        return True
    if form == "PR" and _RECEPTOR.search(text):
        return True
    return bool(_OTHER_USE.match(after) or _OPERATED.search(before))


def _standing(analysis: Analysis, form: Category) -> bool | None:
    """What the paper itself says that a short form stands for; None if it says nothing."""
    standings: dict[str, bool | None] = analysis.cache.setdefault("response.standings", {})
    if form not in standings:
        standings[form] = _standing_of(analysis, form)
    return standings[form]


def _facts(analysis: Analysis) -> frozenset[str]:
    """What a paper shows of its forms, found once."""
    if "response.facts" not in analysis.cache:
        analysis.cache["response.facts"] = frozenset(_find_facts(analysis))
    found: frozenset[str] = analysis.cache["response.facts"]
    return found


def _find_facts(analysis: Analysis) -> set[str]:
    text = analysis.text
    facts = {
        name for name, p in (("TUMOUR", _TUMOUR), ("SETTING", _SETTING), ("ANTIEMETIC", _ANTIEMETIC)) if p.search(text)
    }
    if _is_mostly_of_others(text):
        facts.add("CONDITION")
    return facts


def _is_mostly_of_others(text: str) -> bool:
    """Whether a paper names conditions that are no tumours many times as often as tumours."""
    others = _counted(_condition(), text, 500)
    enough = -(-others // _MANY_TIMES)  # tumours; so many make the answer no, and most papers soon have them
    return _counted(_TUMOUR, text, enough) < enough


def _counted(pattern: re.Pattern[str], text: str, most: int) -> int:
    return sum(1 for _ in islice(pattern.finditer(text), most))


def _standing_of(analysis: Analysis, form: str) -> bool | None:
    text = analysis.text
    defined = analysis.abbreviations.get(form, "")
    if category_of(defined) == form or _defining(form).search(text):
        return True
    paper, faint = _rivals().get((form, "paper")), _rivals().get((form, "faint"))
    if defined or (paper is not None and paper.search(text)):
        return False
    if faint is not None and faint.search(text) and not _SETTING.search(text):
        return False
    return None


@cache
def _defining(form: str) -> re.Pattern[str]:
    first = {"CR": "complete", "PR": "partial", "SD": "stable", "PD": "progressive"}[form]
    last = "disease" if form in ("SD", "PD") else "(?:response|remission)"
    long = rf"{first} (?:[\w-]+ ){{0,2}}{last}s?"
    return re.compile(rf"\b(?:{long}\s?[(\[,:=-]+\s?{form}\b|{form}\s?[(\[,:=-]+\s?{long})", re.IGNORECASE)


@cache
def _rivals() -> dict[tuple[str, str], re.Pattern[str]]:
    """What else a form means, by form and reach: `paper`, `sentence`, or `faint` (where no response is spoken of)."""
    return {
        (r["form"], r["reach"]): re.compile(rf"\b(?:{r['pattern']})\b", re.IGNORECASE) for r in rows("response_rivals")
    }


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(rf"\b{grouped('|'.join(row['pattern'] for row in rows('other_conditions')))}(?!\w)")


@cache
def _condition_after() -> re.Pattern[str]:
    return re.compile(
        rf"\s(?:of|in|from)\s(?:(?!tumou?r|cancer|patient)[\w-]+\s){{0,4}}?{_condition().pattern}", re.IGNORECASE
    )


def _of_other_disease(analysis: Analysis, sentence: Sentence, named: Named) -> bool:
    """Whether the category is said of a disease that is no tumour."""
    facts = _facts(analysis)
    if named.category == "CR" and "ANTIEMETIC" in facts:
        return True
    if "CONDITION" in facts:
        return True
    start, end = named.start - sentence.start, named.end - sentence.start
    if _condition_after().match(sentence.text, end) or _takes_up_other(analysis, sentence):
        return True
    before = re.split(r"[;,:]| and (?=(?:her|his|the|our) )", sentence.text[max(0, start - _NEAR) : start])[-1]
    return _subject_is_condition().match(before) is not None


@cache
def _subject_is_condition() -> re.Pattern[str]:
    """The clause begins with the disease: "her ulcerative colitis was in"."""
    return re.compile(
        rf"\s?(?:(?!tumou?r|cancer|patient|who|he\b|she\b|after\b|with\b"
        rf"|due\b)[\w-]+\s){{0,3}}?{_condition().pattern}"
        r"(?!.*\b(?:and|after|before|until|since|despite|because|due to|tumou?r|lesions?|cancer|carcinoma"
        r"|metasta\w*)\b)",
        re.IGNORECASE,
    )


def _takes_up_other(analysis: Analysis, sentence: Sentence) -> bool:
    """Whether the sentence before says what "this was treated with prednisolone" is about."""
    if not _THIS.match(sentence.text) or sentence.index == 0 or _TUMOUR.search(sentence.text[:_PREVIOUS]):
        return False
    before = analysis.sentences[sentence.index - 1].text[-_PREVIOUS:]
    return bool(_condition().search(before)) and not _TUMOUR.search(before)
