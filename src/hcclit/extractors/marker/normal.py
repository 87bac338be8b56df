"""A marker said to be normal without a number: in the normal range, normalised, negative, undetectable.

Not where staining of tissue is meant, where it is denied, hypothetical or a subgroup's description, nor where the
same sentence gives the marker's value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hcclit.extractors.marker.names import Name
from hcclit.records import Analyte

_WORDS = re.compile(
    r"\b(?:(?:with)?in\s(?:the\s|their\s|its\s)?(?:normal|reference)(?:\s(?:range|limit|level|value"
    r"|reference\srange)s?)?"
    r"|normal\s(?:ranges?|limits?|levels?|values?|concentrations?)|normal(?:i[sz]ed"
    r"|i[sz]ation)?(?!\sratio)|negative|undetectable|not\sdetectable|unremarkable)\b"
    r"(?!-)",
    re.IGNORECASE,
)
_IN = re.compile(r"in\s(?:the\s|their\s|its\s)?", re.IGNORECASE)
_ARTICLE = re.compile(r"(?<=\s)(?:the|their|its)\s", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|never|without|no|nor|neither|near(?:ly)?|almost|ab|failed\sto|fail\sto|above|below"
    r"|over|than|times|upper|limit\sof|twice|outside|exceed\w*|beyond|half|if|until|unless|when"
    r"|whether"
    r"|expected\sto|could|may|might|should|would|of\sthe|failure\sof|lack\sof"
    r"|non)\b[\s-]?(?:\w+\s){0,3}?|\bnon-|near-|n't\s(?:\w+\s)?)$",
    re.IGNORECASE,
)
_STAIN = re.compile(
    r"\b(?:immunohisto\w*|immunostain\w*|immunoreactiv\w*|stain\w*|IHC|immunophenotyp\w*"
    r"|tumou?r\scells?|neoplastic\scells|cells\swere|histolog\w*|patholog\w*|biops\w*|specimens?"
    r"|cytoplasm\w*"
    r"|expression|hepatocyte|HepPar|Hep\s?Par|glypican|cytokeratin|CK\s?\d+|vimentin|S-?100"
    r"|immunocyto\w*|amnio\w*|immunologic\w*\sstud)",
    re.IGNORECASE,
)
_SERUM = re.compile(
    r"\b(?:serum|sera|blood|level|levels|tumou?r\smarkers?|laborator\w+|value|values|limits|range)\b",
    re.IGNORECASE,
)
_SUBGROUP = re.compile(
    r"\b(?:patients|those|subjects|cases|individuals|tumou?rs|HCCs?|group|subgroup|persons|people|men"
    r"|women)\s(?:\w+\s)?(?:with|whose|having|who\shad|had)\s(?:an?\s|either\s)?(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\s?(?:(?:occurred|achieved|seen|observed|noted|found|obtained|was|were)\s)*(?:in|for"
    r"|of)\s(?:only\s|about\s|approximately\s|around\s|up\sto\s)?(?:\d|one\s?-?(?:third|half|quarter)"
    r"|two-thirds|half|some|several|many|most|a\sfew)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:can\sbe|may\sbe|might\sbe|could\sbe|is\s(?:often|usually|frequently|typically|generally)"
    r"|are\s(?:often|usually|frequently|typically|generally)|defined\sas|was\sdefined|is\sdefined"
    r"|definition"
    r"|criteri\w+|should|if\s|in\scase\sof|even\sin|eligib\w+|sensitivity|specificity|predict\w*"
    r"|associated\swith|ULN|rate\sof|time\sto|probability|rates\b)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\s?(?:range|level|value|limit)?s?\s?(?:is|are|was|of|being|[:,=(<>≤≥])*\s?(?:less\sthan\s|below\s"
    r"|up\sto\s)?[<>≤≥]?\s?\d[\d.,-]*\b(?!\s?(?:months?|weeks?|days?|years?|hours?|h|mo)\b)",
    re.IGNORECASE,
)
_REFERENCE_OF = re.compile(
    r"\s(?:of|for)\s[^.;,]{1,50}?\b(?:is|are|was|were|being)\s(?:\w+\s){0,2}?[<>≤≥]?\s?\d", re.IGNORECASE
)
_LISTED = re.compile(
    r"(?:[\s,;/&()\[\]-]|\b\d[\d.-]*\b|\b(?:and|or|as|well|the|serum|of|levels?|values?|for|both|all"
    r"|a|an|tumou?r|markers?|other|such|like|including|CA)\b)*",
    re.IGNORECASE,
)
_UNKNOWN_ITEM = re.compile(
    r"\s?(?:[()]\s?)?,\s(?!(?:but|while|whereas|was|were|had|which|although|with)\b)(?:(?!was\b|were\b"
    r"|is\b|had\b|but\b|showed\b)[\w()-]+\s?){1,5},\s(?:and\s)?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"[;:]|,\s(?:but|while|whereas|and\s(?:the\s)?(?:\w+\s){1,3}(?:was|were|showed|revealed))\b|\bbut\b"
    r"|\bwhile\b|\bwhereas\b|\balthough\b|\bhowever\b",
    re.IGNORECASE,
)
_FARTHEST = 130


def normal_markers(
    text: str, names: Sequence[Name], valued: set[Analyte]
) -> Iterator[tuple[int, int, Analyte]]:
    """Give span and marker for each marker that a sentence calls normal.

    Args:
        text: the sentence.
        names: its analytes, in order.
        valued: markers whose value the sentence gives; they get no record here.
    """
    if not any(n.analyte for n in names) or _GENERAL.search(text) or _is_staining(text):
        return
    for match in _WORDS.finditer(text):
        if not _is_said(text, match):
            continue
        for analyte in dict.fromkeys(n.analyte for n in _meant(text, names, match)):
            if analyte and analyte not in valued:
                yield (*_span(match), analyte)


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The words without verb, article and bare preposition; `within` says something and stays."""
    leading = _IN.match(match.group())
    return match.start() + (leading.end() if leading else 0), match.end()


def _is_staining(text: str) -> bool:
    return bool(_STAIN.search(text)) and not _SERUM.search(text)


def _is_said(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    if _DENIED.search(before) or _SHARE.match(text, match.end()) or _REFERENCE.match(text, match.end()):
        return False
    if " " in match.group() and _REFERENCE_OF.match(text, match.end()):
        return False
    return not _SUBGROUP.search(before) and not text[max(0, match.start() - 1) : match.start()] == "("


def _meant(text: str, names: Sequence[Name], match: re.Match[str]) -> list[Name]:
    """The markers that the word is said of: those before it in its clause, else those right behind it."""
    behind = [n for n in names if n.start >= match.end()]
    if behind and _adjective(text[match.end() : behind[0].start], match.group()):
        return _list_from(text, behind)
    before = [n for n in names if n.end <= match.start()]
    if not before or match.start() - before[-1].end > _FARTHEST:
        return []
    gap = text[before[-1].end : match.start()]
    if _CLAUSE.search(gap) or re.search(r"\bpatients\swith\s", gap):
        return []
    return _list_to(text, before)


def _adjective(gap: str, word: str) -> bool:
    """`a normal AFP level`, `normalization of the serum AFP level`, `a normal level of CA19-9`, `negative for CEA`."""
    if not re.fullmatch(
        r"\s(?:(?:range|levels?|values?)\s)?(?:(?:of|for)\s)?(?:(?:the|his|her|all|serum|tumou?r"
        r"|markers?|plasma|both|elevated|such|as|including|antigens?)\s)*(?:\(\s?)?",
        gap,
        re.IGNORECASE,
    ):
        return False
    return word.lower() != "negative" or " for " in gap


def _listed(gap: str) -> bool:
    """Whether a list goes on from one name to the next, be it over an item that no table knows."""
    return bool(_LISTED.fullmatch(gap)) or bool(_UNKNOWN_ITEM.fullmatch(gap))


def _list_from(text: str, names: Sequence[Name]) -> list[Name]:
    taken = [names[0]]
    for name in names[1:]:
        if not _listed(text[taken[-1].end : name.start]):
            break
        taken.append(name)
    return taken


def _list_to(text: str, names: Sequence[Name]) -> list[Name]:
    taken = [names[-1]]
    for name in reversed(names[:-1]):
        if not _listed(text[name.end : taken[0].start]):
            break
        taken.insert(0, name)
    return taken
