"""Text inside a JATS element: superscripts stay powers or become citation marks, formulas and notes find their place.

Source: NISO Z39.96 (JATS), https://jats.nlm.nih.gov: `sup`, `sub`, `xref`, `inline-formula`, `alternatives`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_RAISED = str.maketrans(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_RAISABLE = re.compile(r"[0-9+\-−–=()a-z]{1,4}")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_REFERENCES = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*")
_SPACE = re.compile(r"\s+")
_WITHOUT_TEXT = frozenset(
    {"tex-math", "graphic", "media", "inline-graphic", "fn", "table-wrap", "fig", "supplementary-material", "label",
     "object-id", "boxed-text", "list", "def-list", "disp-quote", "script", "style", "noscript", "template", "button"}
)  # fmt: skip
"""Elements whose text is set apart, is no text, or repeats another form of itself."""
_APART = frozenset({"break", "p", "title", "td", "th"})


def inline_text(element: etree._Element) -> str:
    """The text of a paragraph, title or cell on one line."""
    return _SPACE.sub(" ", "".join(_pieces(element))).strip()


def _pieces(element: etree._Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        yield from _child(child)
        yield child.tail or ""


def _child(child: etree._Element) -> Iterator[str]:
    name = local_name(child)
    if name is None or name in _WITHOUT_TEXT:
        return
    if name in _APART:
        yield " "
    if name == "sup":
        yield _superscript(child)
    elif name == "xref" and child.get("ref-type") == "bibr":
        yield _citation(child)
    else:
        yield from _pieces(child)


def _superscript(element: etree._Element) -> str:
    """A power or a footnote's letter raised, so that 10⁹ is never 109; reference numbers as a mark of their own."""
    text = inline_text(element)
    if any(local_name(inner) == "xref" and inner.get("ref-type") == "bibr" for inner in element.iter()):
        bare = text.strip("[] ")
        return f" [{bare}]" if _REFERENCES.fullmatch(bare) else text
    return text.translate(_RAISED) if _RAISABLE.fullmatch(text) and text not in _ORDINALS else text


def _citation(element: etree._Element) -> str:
    """A reference number in brackets, where the publisher's style sheet would set it apart."""
    text = "".join(_pieces(element))
    if not _REFERENCES.fullmatch(text.strip()) or inside(element, "sup"):
        return text
    previous = element.getprevious()
    before = (previous.tail if previous is not None else element.getparent().text) or ""  # type: ignore[union-attr]
    after = element.tail or ""
    bracketed = before.rstrip()[-1:] in ("[", "(", ",", "-", "–", ";") or after.lstrip()[:1] in (
        "]",
        ")",
        ",",
        "-",
        "–",
    )
    return text if bracketed else f"[{text.strip()}]"


def inside(element: etree._Element, name: str) -> bool:
    """Whether an element stands inside another of a name."""
    return any(local_name(above) == name for above in element.iterancestors())


def local_name(element: etree._Element) -> str | None:
    """An element's name without namespace; None for comments and processing instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else None
