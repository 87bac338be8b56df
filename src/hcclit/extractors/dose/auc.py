"""Target areas under the curve, whose unit stands first: `AUC 5`, `area under the curve of 5 or 6`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hcclit.extractors.dose.model import Amount
from hcclit.language import Sentence
from hcclit.quantity import parse_number

_NAME = (
    r"(?:(?:target(?:ed)? )?\bareas?[ -]under[ -](?:the |a )?(?:[\w()\[\]/-]+ ){0,4}?curve(?: ?[(\[]AUC[)\]])?"
    r"|\bAUC\b|\bAUC(?=\d))"
)
_LINK = r"(?: ?(?:of|=|:|,|at|was|is|to|value|target)){0,4}[ -]?[(\[]?\s?"
_VALUE = r"\d(?:\.\d+)?"
_IN_FULL = r"mg[ /·•∙⋅*×x.]{0,3}(?:per )?m(?:L|l|illiliter)[ /·•∙⋅*×x.]{0,3}(?:per |-)?\s?"
_UNIT = rf"(?:\s?{_IN_FULL}(?:min(?:ute)?s?)?\b(?:-1)?)?"
_AUC = re.compile(
    rf"{_NAME}{_LINK}(?P<low>{_VALUE})(?:\s?(?:-|to)\s?(?P<high>{_VALUE}))?(?![\d%]|\.\d)"
    rf"(?:\s?(?:or|and)\s(?P<other>{_VALUE})(?!\d|\.\d| ?mg/m))?{_UNIT}"
)
_AUC_AFTER = re.compile(
    rf"(?<![\w.])(?P<low>\d(?:\.\d)?)(?P<high>)(?P<other>)\s?"
    rf"(?:{_IN_FULL}min(?:ute)?s?\b(?:-1)?(?=[^.;]{{0,50}}(?:\barea|\bAUC\b|\bCalvert\b)|[),;]| on | every | q)"
    r"|(?:× )?\(?AUC\b)",
    re.I,
)
_HINT = re.compile(r"AUC|under|m[lL].{0,6}min")
_NO_TARGET = re.compile(r" ?(?:=|%|\(95|h\b|ng|µg)")
_LOWEST, _HIGHEST = 0.5, 12


def areas_under_curve(sentence: Sentence) -> Iterator[Amount]:
    """The target areas of a sentence; of `5 or 6` two."""
    if not _HINT.search(sentence.text):
        return
    for pattern in (_AUC, _AUC_AFTER):
        for match in pattern.finditer(sentence.text):
            value = parse_number(match["low"])
            if _LOWEST <= value <= _HIGHEST and not _NO_TARGET.match(sentence.text, match.end()):
                yield from _amounts(match, value, sentence.start)


def _amounts(match: re.Match[str], value: float, begin: int) -> Iterator[Amount]:
    high = parse_number(match["high"]) if match["high"] else None
    if not match["other"]:
        yield Amount(begin + match.start(), begin + match.end(), value, high, "AUC")
        return
    yield Amount(begin + match.start(), begin + match.end("low"), value, high, "AUC")
    yield Amount(begin + match.start("other"), begin + match.end(), parse_number(match["other"]), None, "AUC")
