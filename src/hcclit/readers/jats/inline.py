"""Text inside a JATS element: superscripts stay powers or become citation marks, formulas and notes find their place.

Source: NISO Z39.96 (JATS), https://jats.nlm.nih.gov: `sup`, `sub`, `xref`, `inline-formula`, `alternatives`.
"""

from __future__ import annotations

import re
from html.entities import html5

from lxml import etree

_RAISED = str.maketrans(
    "0123456789+-−–=()abcdefghijklmnoprstuvwxyz",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ",
)
_RAISABLE = re.compile(r"[0-9+\-−–=()a-z]{1,4}")
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
_REFERENCES = re.compile(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*")
_SPACE = re.compile(r"\s+")
_NO_TEXT = frozenset({
    "tex-math", "annotation", "annotation-xml", "graphic", "media", "inline-graphic", "supplementary-material",
    "object-id", "script", "style", "noscript", "template", "button",
})  # fmt: skip
"""Elements whose text is none, or repeats another form of itself."""
_FLOATS = frozenset({"fn", "table-wrap", "table-wrap-group", "fig", "fig-group"})
BLOCKS = _FLOATS | {"boxed-text", "list", "def-list", "disp-quote"}
"""Elements inside a paragraph that become blocks after it."""
_IN_PARAGRAPH = _NO_TEXT | BLOCKS | {"label"}
_SPACED = frozenset({
    "break", "p", "title", "td", "th", "list-item", "def-item", "def", "br", "li", "div", "tr", "dd", "dt", "hr",
})  # fmt: skip
_UNKNOWN = "\ufffd"


def inline_text(element: etree._Element) -> str:
    """The text of a paragraph or title on one line."""
    return _one_line(_pieces(element, _IN_PARAGRAPH))


def cell_text(element: etree._Element) -> str:
    """The text of a table's cell or note on one line, lists in it too."""
    return _one_line(_pieces(element, _NO_TEXT | _FLOATS))


def _one_line(pieces: list[str]) -> str:
    return _SPACE.sub(" ", "".join(pieces)).strip()


def _pieces(element: etree._Element, without: frozenset[str]) -> list[str]:
    out: list[str] = []
    _collect(element, without, out)
    return out


def _collect(element: etree._Element, without: frozenset[str], out: list[str]) -> None:
    """Add an element's text. One call for each level, of which the parser allows 256."""
    out.append(element.text or "")
    for child in element:
        name = local_name(child)
        if name is None:
            out.append(_entity(child))
        elif name == "sup":
            out.append(superscript(child))
        elif name == "xref" and child.get("ref-type") == "bibr":
            out.append(_citation(child))
        elif name not in without:
            out.append(" " if name in _SPACED else "")
            _collect(child, without, out)
            out.append(" " if name in _SPACED else "")
        out.append(child.tail or "")


def _entity(node: etree._Element) -> str:
    """The sign of an entity by its standard name, since no definition is read; a mark where there is none."""
    if not isinstance(node, etree._Entity):
        return ""
    return html5.get(f"{node.name};", _UNKNOWN)


def superscript(element: etree._Element) -> str:
    """A power or a footnote's letter raised, so that 10⁹ is never 109; reference numbers as a mark of their own."""
    raw = "".join(_pieces(element, _IN_PARAGRAPH))
    text, bare = raw.strip(), raw.strip("[] \n\t")
    after = " " if raw[-1:].isspace() else ""
    is_mark = bool(_REFERENCES.fullmatch(bare))
    if is_mark and any(_is_reference(each) for each in (*element.iter(), *element.iterancestors("a", "{*}xref"))):
        return f" [{bare}]{after}"
    if _RAISABLE.fullmatch(text) and text not in _ORDINALS:
        return text.translate(_RAISED) + after
    return f" [{bare}]{after}" if is_mark else text + after


def _is_reference(element: etree._Element) -> bool:
    """Whether an element leads to the list of references: JATS says so, HTML has a link within the page."""
    name = local_name(element)
    if name == "xref":
        return element.get("ref-type") == "bibr"
    return name == "a" and "#" in element.get("href", "")


def _citation(element: etree._Element) -> str:
    """A reference number in brackets, where the publisher's style sheet would set it apart."""
    text = "".join(_pieces(element, _IN_PARAGRAPH))
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
    """An element's name without namespace; None for comments, entities and processing instructions.

    Pages have names that no XML has (`o:p`, `p<b`), which lxml's own function refuses.
    """
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else None
