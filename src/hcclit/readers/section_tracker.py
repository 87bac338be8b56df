"""Which section a text is in, followed from title to title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from hcclit.document import BlockKind
from hcclit.readers.sections import (
    ASIDES,
    REFERENCES,
    is_marked,
    normal_title,
    run_in_section,
    run_in_titles,
    section_of,
)
from hcclit.records import Section

_KEYWORDS = re.compile(r"key ?words?\b", re.I)
_CASE = re.compile(r"(?:case|patient)(?: (?:no\.? ?)?(?:\d{1,2}|one|I{1,3}))?", re.I)
_BODY: frozenset[Section] = frozenset({"methods", "results", "case"})
_AFTER_BODY: frozenset[Section] = frozenset({"results", "discussion", "conclusion"})
_LONG = 300  # signs; a shorter paragraph below an abstract is a registration, a list of keywords


class SectionTracker:
    """Follows section titles; labels inside a structured abstract do not leave it."""

    def __init__(self, titles: Iterable[str]) -> None:
        """Begin before the first title.

        Args:
            titles: all titles of the text; one without a body has no introduction to tell from its abstract.
        """
        self.section: Section | None = None
        self.in_references = False
        told = list(titles)
        self._ahead = Counter(map(normal_title, told))
        self._has_body = any(section_of(title) in _BODY for title in told)
        self._abstract_labels: set[str] | None = None
        self._closing = 0  # paragraphs since the abstract's conclusion

    def follow(self, kind: BlockKind, content: str) -> None:
        """Take note of the next block of a text."""
        match kind:
            case "heading":
                self.heading(content)
            case "paragraph":
                self.paragraph(content)
            case "furniture":
                self.furniture(content)

    def heading(self, title: str) -> None:
        """Go on to the section that a title opens; one that is not known stays within the section above it."""
        section = section_of(title)
        name = normal_title(title)
        self._ahead[name] -= 1
        if section is None or (self.section == "methods" and name in ASIDES):
            if self.section == "introduction" and _CASE.fullmatch(name):
                self.section = "case"
            return
        self.in_references = name in REFERENCES
        if section == "abstract":
            if name == "summary" and self.section in _AFTER_BODY:
                section = "conclusion"
            else:
                self._abstract_labels = {"text"} if is_marked(title) else set()
                self._closing = _closing(name)
        elif self._stays_in_abstract(name, section):
            return
        self.section = section

    def paragraph(self, content: str) -> None:
        """Read the title that may run into a paragraph; leave an abstract that has come to its end."""
        section = run_in_section(content)
        if section == "abstract":
            self.section, self._abstract_labels = section, {"text"}
            self._closing = 0
            self._note_labels(content)
        elif self.section == "abstract" and self._abstract_labels is not None:
            self._in_abstract(content)
        elif self.section == "introduction" and _CASE.fullmatch(content.strip(" .:")):
            self.section = "case"

    def run_in(self, title: str) -> None:
        """Go on to the section of a title that is set apart but runs into its paragraph; labels of an abstract stay."""
        section = section_of(title)
        if section == "abstract":
            self.heading(title)
            self._abstract_labels = {"text"}
        elif self.section == "abstract" and self._is_label(section):
            self._abstract_labels = self._abstract_labels or {normal_title(title)}
        elif section is not None and not (section == "case" and self.section in _BODY):
            self.heading(title)

    def _is_label(self, section: Section | None) -> bool:
        """Whether a title that runs into text of an abstract is one of its labels; one that began without has none."""
        plain = self._abstract_labels == {"text"}
        return section == "back" or not (plain or self._closing > 1)

    def furniture(self, content: str) -> None:
        """Keywords stand below an abstract: what follows is no part of it."""
        if self.section == "abstract" and self._abstract_labels and self._has_body and _KEYWORDS.match(content):
            self.section = "introduction"

    def _in_abstract(self, content: str) -> None:
        if self._closing > 1 and self._has_body and len(content) > _LONG:
            self.section = "introduction"
        elif self._closing:
            self._closing += 1
        else:
            self._note_labels(content)

    def _note_labels(self, content: str) -> None:
        """The labels that run into an abstract's text; an abstract with text of its own has no other titles."""
        labels = run_in_titles(content)
        self._abstract_labels = (self._abstract_labels or {"text"}) | labels
        if any(_closing(name) for name in labels):
            self._closing = 2

    def _stays_in_abstract(self, name: str, section: Section | None) -> bool:
        if self.section != "abstract" or self._abstract_labels is None:
            return False
        opens_body = name == "introduction" and (self._abstract_labels or not self._ahead[name])
        if opens_body or "text" in self._abstract_labels or name in self._abstract_labels:
            return False
        if self._closing and section != "back":
            return False
        self._abstract_labels.add(name)
        self._closing = _closing(name)
        return True


def _closing(name: str) -> int:
    """One for the title of an abstract's last part, else none."""
    return int(name.startswith(("conclusion", "interpretation")))
