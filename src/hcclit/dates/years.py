"""Years alone in running text. A number from 1800 to 2059 is a year only where its words say so.

`In 1996`, `since 1987`, `mid-2008`, `2007-2010`, `Author et al., 1996, reported` are years; `2000 patients`,
`2000 mg`, page numbers, versions (`Excel 2010`), names (`the 2010 guidelines`) and what stands in codes and
links are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.dates.model import Element

_YEAR = r"(?:18[5-9]\d|19\d\d|20[0-5]\d)"
_DECIMAL = r"[.,]\d(?!\d{0,2}(?:[,-]\d{1,3})*\s[A-Z])"  # `in 2008.15 At present` runs on into a reference
_ALONE = re.compile(
    rf"(?<![\w.,/$€£#@+±<>=≤≥])(?<!\d-)(?<!\d\s-)(?P<year>{_YEAR})(?![\w%°@]|{_DECIMAL}"
    rf"|-\d(?!\d{{3}}(?!\d))|/\d{{3}}|\s?[×±=<>])"
)
_RANGE = re.compile(
    rf"(?<![\w.,/$€£#:;@+±<>=≤≥-])(?P<a>{_YEAR})(?:\s?-\s?|/|\sto\s|\sthrough\s"
    rf"|\suntil\s)(?P<b>{_YEAR})(?![\w%/-]|{_DECIMAL}|\s?[×±])"
)
# a word of time before a number makes it a year unless it counts what follows
_STRONG = re.compile(
    r"(?:\b(?:in|since|until|till|during|throughout|year|years|early|late|mid|mid-|and in|as of"
    r"|prior to|dated|circa|as early as|as late as|born"
    r"|(?:end|beginning|start|middle|half|quarter|spring|summer|autumn|fall|winter|year|years|month"
    r"|part|course)\sof"
    r"|in the year|spring|summer|autumn|winter|early in|late in|the period|Q[1-4])|\(in)[\s,-]*$",
    re.IGNORECASE,
)
# a weak one needs a sign or a small word after the number as well
_WEAK = re.compile(
    r"\b(?:from|between|by|before|after|around|about|through|to|for|published|approved|compared\swith"
    r"|compared\sto|than)\s(?:about\s|the\syear\s)?$",
    re.IGNORECASE,
)
_NOT_TIME = re.compile(
    r"(?:increased|decreased|reduced|rose|fell|rise|drop|ranging|ranged|range|ranges|dose|doses"
    r"|escalated|up|equal|compared|multiplied"
    r"|divided|total|sum|limited|count|levels?|close|adjusted|normalized|titrated|set|diluted"
    r"|centrifuged|followed|number|amount"
    r"|spun|speed)\s(?:from|to|by|for|of|at|between|through|about|after)\s(?:about\s)?$",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"\bet\sal\.?,?\s$|\b[Cc]olleagues,\s$|\bco-?workers,\s$")
_FUNCTION_WORD = (
    r"(?:and|or|to|until|till|the|a|an|by|with|without|for|at|in|on|onwards?|were|was|is|are|has|have"
    r"|had|when|while|who|whom|which|that|as"
    r"|after|before|because|due|he|she|it|they|his|her|its|their|we|our|this|these|there|using|from"
    r"|under|through|but|showed|revealed"
    r"|reported|described|demonstrated|found|annually|alone|only|following|during|also|both|if|since"
    r"|via|then|did|no|not)"
)
_FREE_AFTER = re.compile(rf"\s*(?:$|[.,;:)\]\-])|\s+{_FUNCTION_WORD}\b", re.IGNORECASE)
# "in 2010 of 2500 patients" counts; so does a number before a noun of people or things, or before a unit
_COUNTED = re.compile(
    r"\s*(?:out\s)?of\s(?:the\s)?\d|[\s-](?:[a-zA-Z-]+\s){0,2}?(?:patients|subjects|cases"
        r"|participants|women|men|people|persons|individuals|children"
    r"|adults|controls|volunteers|hospitals|centers|centres|samples|specimens|cells|lesions|tumou?rs"
        r"|deaths|events|episodes|doses|cycles|sessions|"
    r"procedures|times|fold|bp|kcal|steps|infants|eyes|nodules|livers|donors|recipients|births"
        r"|households|nurses|physicians|students|"
    r"visits|genes|iterations|replicates|simulations|voxels|residents|workers|girls|boys|mothers"
        r"|pregnancies|neonates|rats|mice)\b"
    r"|\s?-?(?:m?g|[mµn]g|kg|mL|ml|L|mm|cm|m|km|Hz|IU|U|mU|rpm|x\sg|×|g/|ms|s|h|min|hours?|days?"
        r"|weeks?|months?|copies|ng|pg|Gy|MBq|GBq|ppm|kJ|W|K|USD|EUR|dollars)"
    r"(?![A-Za-z])",
)  # fmt: skip
_MEETING = re.compile(
    r"\s(?:[A-Z][\w-]*\s|annual\s|of\sthe\s){0,6}(?:Annual\s|annual\s)?(?:[Mm]eeting|[Cc]ongress"
    r"|[Ss]ymposium|[Cc]onference)s?\b"
)
_ARTICLE = re.compile(r"\b(?:an?|the|our|their|his|her|initial|original|first)\s$", re.IGNORECASE)
_WORK = re.compile(
    r"\s(?:meta-analys[ei]s|stud(?:y|ies)|surveys?|(?:systematic\s)?reviews?|reports?|trials?|publications?|papers?"
    r"|articles?"
    r"|analys[ei]s|commentary)\b",
    re.IGNORECASE,
)
_BEFORE = 30


def find_years(text: str) -> Iterator[Element]:
    """Give every year that stands alone, in order, the ends of a range of years one by one."""
    ranged = [m for m in _RANGE.finditer(text) if _is_range(text, m)]
    taken = {m.start("a") for m in ranged} | {m.start("b") for m in ranged}
    for match in ranged:
        yield _element(match, "a")
        yield _element(match, "b")
    last = -1
    for match in _ALONE.finditer(text):
        if match.start() in taken or _is_year(text, match) or _goes_on(text, last, match):
            last = match.end()
            if match.start() not in taken:
                yield _element(match, "year")


def _element(match: re.Match[str], group: str) -> Element:
    return Element(match.start(group), match.end(group), int(match[group]))


def _is_range(text: str, match: re.Match[str]) -> bool:
    first, second = int(match["a"]), int(match["b"])
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if not 0 < second - first <= 120 or _COUNTED.match(text, match.end()) or _NOT_TIME.search(before):
        return False
    if "/" in match.group() and second != first + 1:
        return False
    return not re.search(
        r"(?:\bpp?\.?|pages?|[;:]\s?|\d\(\d+\)[:,]\s?|No\.?|number|Inc\.?,|Ltd\.?,|Institute,"
        r"|[Vv]ersion|©|[Cc]opyright|mutations?|nt|positions?|residues)\s?$",
        before,
    )


def _is_year(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _BEFORE) : match.start()]
    if _COUNTED.match(text, match.end()) or _NOT_TIME.search(before):
        return False
    if _STRONG.search(before):
        return not re.match(
            r"\s[A-Z][\w-]*\s(?:guideline|classification|criteria)", text[match.end() : match.end() + 40]
        )
    if _AUTHOR.search(before):
        return not _in_brackets(text, match.start()) and bool(
            re.match(r"\s?[,;.:\[]|\s[a-z]", text[match.end() : match.end() + 2])
        )
    if _MEETING.match(text, match.end()):
        return bool(re.search(r"\b(?:at|the|of|during|in)\s(?:the\s)?$", before))
    if _ARTICLE.search(before) and _WORK.match(text, match.end()):
        return True  # `a 2002 meta-analysis`
    return bool(_WEAK.search(before)) and bool(_FREE_AFTER.match(text, match.end()))


def _goes_on(text: str, last: int, match: re.Match[str]) -> bool:
    """`in 2004, 2006 and 2008`: a year after a year that is one."""
    if last < 0 or match.start() - last > 12 or _COUNTED.match(text, match.end()):
        return False
    return bool(
        re.fullmatch(r"\s?(?:,|and|or|to|-|&|,\s?and|until|through|vs\.?|/)\s?(?:in\s)?", text[last : match.start()])
    )


def _in_brackets(text: str, at: int) -> bool:
    """Whether a bracket is open at a place: there, author and year are a citation."""
    before = text[max(0, at - 200) : at]
    return before.rfind("(") > before.rfind(")") or before.rfind("[") > before.rfind("]")
