"""A marker said to be normal without a number: in the normal range, normalised, negative, undetectable.

Not where staining of tissue is meant, where it is denied, hypothetical or a subgroup's description, nor where
the same sentence gives the marker's value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hcclit.extractors.marker.names import Name
from hcclit.records import Analyte

_NORMAL = r"(?:range|limit|level|value|concentration)s?"
_WORDS = re.compile(
    rf"\b(?:(?:with)?in\s(?:the\s|their\s|its\s)?(?:normal|reference)(?:\s(?:reference\s)?{_NORMAL})?"
    rf"|normal\s{_NORMAL}|(?<=\bto\sthe\s)reference\srange|normal(?:i[sz]ed|i[sz]ation)?(?!\sratio)"
    r"|negative|undetectable|not\sdetectable|unremarkable)\b(?!-)",
    re.IGNORECASE,
)
_IN = re.compile(r"in\s(?:the\s|their\s|its\s)?", re.IGNORECASE)
_DENIED = re.compile(
    r"(?:\b(?:not|never|without|no|nor|neither|near(?:ly)?|almost|ab|failed\sto|fail\sto|above|below|over|than|times"
    r"|upper|limit\sof|twice|outside|exceed\w*|beyond|half|if|until|unless|when|whether|expected\sto|could|may|might"
    r"|should|would|of\sthe|failure\sof|lack\sof|non)\b[\s-]?(?:\w+\s){0,3}?|\bnon-|near-|n't\s(?:\w+\s)?)$",
    re.IGNORECASE,
)
_STAIN = re.compile(
    r"\b(?:immuno(?:histo|stain|reactiv|phenotyp|cyto)\w*|stain\w*|IHC|tumou?r\scells?|neoplastic\scells|cells\swere"
    r"|histolog\w*|patholog\w*|biops\w*|specimens?|cytoplasm\w*|expression|hepatocyte|Hep\s?Par|glypican|cytokeratin"
    r"|CK\s?\d+|vimentin|S-?100|amnio\w*|immunologic\w*\sstud)",
    re.IGNORECASE,
)
_SERUM = re.compile(
    r"\b(?:serum|sera|blood|levels?|tumou?r\smarkers?|laborator\w+|values?|limits|range)\b", re.IGNORECASE
)
_SUBGROUP = re.compile(
    r"\b(?:patients|those|subjects|cases|individuals|tumou?rs|HCCs?|group|subgroup|persons|people|men|women)\s(?:\w+\s)?"
    r"(?:with|whose|having|who\shad|had)\s(?:an?\s|either\s)?(?:\w+\s){0,3}$",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\s?(?:(?:occurred|achieved|seen|observed|noted|found|obtained|was|were)\s)*(?:in|for|of)\s"
    r"(?:only\s|about\s|approximately\s|around\s|up\sto\s)?"
    r"(?:(?!(?:19|20)\d\d\b)\d+(?:\.\d+)?(?!\d)(?!\s?-?(?:months?|weeks?|days?|years?|hours?)\b)|one\s?-?(?:third|half|quarter)|two-thirds|half|some|several|many|most|a\sfew)",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"\b(?:(?:can|may|might|could)\sbe|(?:is|are)\s(?:often|usually|frequently|typically|generally)|(?:was|is)\sdefined"
    r"|defined\sas|definition|criteri\w+|should|if\s|in\scase\sof|even\sin|eligib\w+|sensitivity|specificity|predict\w*"
    r"|associated\swith|ULN|rate\sof|time\sto|probability|rates\b)",
    re.IGNORECASE,
)
# what follows is the reference range itself, or the length of a follow-up
_REFERENCE = re.compile(
    rf"\s?(?:{_NORMAL})?\s?(?:is|are|was|of|being|[:,=(<>≤≥])*\s?(?:less\sthan\s|below\s|up\sto\s)?[<>≤≥]?\s?\d[\d.,-]*\b"
    r"(?!\s?(?:months?|weeks?|days?|years?|hours?|h|mo)\b)",
    re.IGNORECASE,
)
_WITH_BOUND = re.compile(r"\s?[(\[]\s?[<≤][^)\]]{1,20}[)\]](?!\s(?:patients|HCC|tumou?rs|group|cases))")
_REFERENCE_OF = re.compile(
    r"\s(?:of|for)\s[^.;,]{1,50}?(?:\b(?:is|are|was|were|being)\s(?:\w+\s){0,2}?|[(\[]\s?)[<>≤≥]?\s?\d", re.IGNORECASE
)
_LISTED = re.compile(
    r"(?:[\s\d.,;/&()\[\]-]|\b(?:and|or|as|well|the|serum|of|levels?|values?|for|both|all|a|an|tumou?r|markers?|other"
    r"|such|like|including|CA)\b)*",
    re.IGNORECASE,
)
_VERB = r"(?!(?:but|while|whereas|was|were|is|had|which|although|with|showed)\b)"
_UNKNOWN_ITEM = re.compile(
    rf"\s?(?:[()]\s?)?,\s{_VERB}[\w()-]+(?:\s{_VERB}[\w()-]+){{0,4}},\s(?:and\s)?", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"[;:]|,\s(?:but|while|whereas|and\s(?:the\s)?(?:\w+\s){1,3}(?:was|were|showed|revealed))\b"
    r"|\b(?:but|while|whereas|although|however)\b|\bpatients\swith\s",
    re.IGNORECASE,
)
_TO_NAME = re.compile(
    r"\s(?:(?:serum|plasma|blood)\s)?(?:(?:range|levels?|values?|concentrations?)\s)?(?:(?:of|for)\s)?"
    r"(?:(?:the|his|her|all|serum|tumou?r|markers?|plasma|both|elevated|such|as|including|antigens?)\s)*(?:\(\s?)?",
    re.IGNORECASE,
)
# "tumour markers were unremarkable: AFP and CEA", "normal laboratory parameters, including CA125"
_MARKERS_BEFORE = re.compile(r"\bmarkers?\b[^.;:(),]{0,50}$", re.IGNORECASE)
_NAMES_THEM = re.compile(
    r"\s?(?::|\(|,?\s(?:including|namely|such\sas|i\.e\.,?)\s)\s?(?:(?:the|serum|both)\s)*", re.IGNORECASE
)
_INCLUDING = re.compile(
    r"\s(?:(?!was\b|were\b|is\b|are\b)[\w-]+\s){0,4}(?:parameters|tests|findings|values|results|markers|levels),?"
    r"\s(?:\(|including\s|such\sas\s)(?:(?:the|serum|those\sof)\s)*",
    re.IGNORECASE,
)
_EXCEPTED = re.compile(
    r"\b(?:except(?:\sfor|ing)?|with\sthe\sexception\sof|other\sthan|apart\sfrom|but\snot|excluding)\s"
    r"(?:(?:the|serum|for)\s)*$",
    re.IGNORECASE,
)
_NOTED = re.compile(r"(?:\slevels?)?\s?[:=]\s?", re.IGNORECASE)  # "AFP level: normal"
_FARTHEST = 130


def normal_markers(text: str, names: Sequence[Name], valued: set[Analyte]) -> Iterator[tuple[int, int, Analyte]]:
    """Give span and marker for each marker that a sentence calls normal.

    Args:
        text: the sentence.
        names: its analytes, in order.
        valued: markers whose value the sentence gives; they get no record here.
    """
    if not any(n.analyte for n in names) or _GENERAL.search(text):
        return
    if _STAIN.search(text) and not _SERUM.search(text):
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


def _is_said(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 60) : match.start()]
    if before.endswith("(") or _DENIED.search(before) or _SUBGROUP.search(before):
        return False
    if _SHARE.match(text, match.end()):
        return False
    # `remained normal (<10 ng/mL)` says that it was, `normal <10 ng/mL` only what is
    if _REFERENCE.match(text, match.end()) and not _WITH_BOUND.match(text, match.end()):
        return False
    return not (" " in match.group() and _REFERENCE_OF.match(text, match.end()))


def _meant(text: str, names: Sequence[Name], match: re.Match[str]) -> list[Name]:
    """The markers that the word is said of: those before it in its clause, else those right behind it."""
    behind = [n for n in names if n.start >= match.end()]
    gap = text[match.end() : behind[0].start] if behind else ""
    if behind and (_is_adjective(gap, match.group()) or _INCLUDING.fullmatch(gap)):
        return _list_from(text, behind)
    before = [n for n in names if n.end <= match.start() and not _EXCEPTED.search(text, 0, n.start)]
    if behind and not before and _NAMES_THEM.fullmatch(gap) and _MARKERS_BEFORE.search(text, 0, match.start()):
        return _list_from(text, behind)
    if not before or match.start() - before[-1].end > _FARTHEST:
        return []
    between = text[before[-1].end : match.start()]
    return [] if _CLAUSE.search(between) and not _NOTED.fullmatch(between) else _list_to(text, before)


def _is_adjective(gap: str, word: str) -> bool:
    """`a normal AFP level`, `normalization of the AFP level`, `a normal level of CA19-9`, `negative for CEA`."""
    return bool(_TO_NAME.fullmatch(gap)) and (word.lower() != "negative" or " for " in gap)


def _is_listed(gap: str) -> bool:
    """Whether a list goes on from one name to the next, be it over an item that no table knows."""
    return bool(_LISTED.fullmatch(gap)) or bool(_UNKNOWN_ITEM.fullmatch(gap))


def _list_from(text: str, names: Sequence[Name]) -> list[Name]:
    taken = [names[0]]
    for name in names[1:]:
        if not _is_listed(text[taken[-1].end : name.start]):
            break
        taken.append(name)
    return taken


def _list_to(text: str, names: Sequence[Name]) -> list[Name]:
    taken = [names[-1]]
    for name in reversed(names[:-1]):
        if not _is_listed(text[name.end : taken[0].start]):
            break
        taken.insert(0, name)
    return taken
