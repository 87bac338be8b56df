"""Section titles as papers write them, and the section of the contract that each opens."""

from __future__ import annotations

import re

from hcclit.records import Section

_TITLES: dict[str, Section] = {
    "abstract": "abstract", "summary": "abstract", "synopsis": "abstract", "graphical abstract": "abstract",
    "introduction": "introduction", "background": "introduction", "background and aims": "introduction",
    "background and objectives": "introduction", "objective": "introduction", "objectives": "introduction",
    "aim": "introduction", "aims": "introduction", "purpose": "introduction",
    "case": "case", "case report": "case", "case reports": "case", "case presentation": "case",
    "case presentations": "case", "case description": "case", "case history": "case", "case series": "case",
    "case summary": "case", "clinical case": "case", "presentation of case": "case", "patient information": "case",
    "report of a case": "case", "report of cases": "case", "the case": "case", "cases": "case",
    "methods": "methods", "method": "methods", "materials and methods": "methods", "material and methods": "methods",
    "patients and methods": "methods", "methods and materials": "methods", "experimental procedures": "methods",
    "subjects and methods": "methods", "study design": "methods", "statistical analysis": "methods",
    "statistical methods": "methods", "statistics": "methods", "data analysis": "methods", "design": "methods",
    "methods and patients": "methods", "patients and treatment": "methods", "materials": "methods",
    "results": "results", "result": "results", "findings": "results", "outcomes": "results",
    "results and discussion": "results", "main results": "results",
    "discussion": "discussion", "comment": "discussion", "comments": "discussion",
    "discussion and conclusion": "discussion", "discussion and conclusions": "discussion",
    "interpretation": "discussion", "literature review": "discussion", "review of the literature": "discussion",
    "conclusion": "conclusion", "conclusions": "conclusion", "concluding remarks": "conclusion",
    "acknowledgement": "back", "acknowledgements": "back", "acknowledgment": "back", "acknowledgments": "back",
    "funding": "back", "conflict of interest": "back", "conflicts of interest": "back",
    "competing interests": "back", "competing interest": "back", "disclosure": "back", "disclosures": "back",
    "declaration of competing interest": "back", "author contributions": "back", "authors' contributions": "back",
    "abbreviations": "back", "abbreviation": "back", "list of abbreviations": "back", "consent": "back",
    "ethics approval": "back", "data availability": "back", "supplementary material": "back",
    "supporting information": "back", "pre-publication history": "back", "authors' information": "back",
    "references": "back", "bibliography": "back", "literature cited": "back", "reference": "back",
    "notes": "back", "key messages": "back",
}  # fmt: skip

REFERENCES = frozenset({"references", "bibliography", "literature cited", "reference"})
_DECORATION = re.compile(r"^(?:\d+(?:\.\d+)*\.?\s+|[IVX]+\.\s+|(?:BODY|ABSTRACT)\.)+|[\s.:]+$")
_RUN_IN = re.compile(r"([A-Z][A-Za-z ]{3,40})[.:]\s+(?=\S)")
_STRUCTURED_ABSTRACT = re.compile(r"\s*ABSTRACT\.[A-Z]")


def normal_title(line: str) -> str:
    """A title as the table has it: lower case, without number, full stop and colon."""
    return re.sub(r"\s+", " ", _DECORATION.sub("", _DECORATION.sub("", line.strip()))).lower().replace("’", "'")


def section_of(title: str) -> Section | None:
    """The section that a title line opens, or None if it is none of the known titles.

    Labels inside a structured abstract do not count: `ABSTRACT.RESULTS:` stays in the abstract.
    """
    if _STRUCTURED_ABSTRACT.match(title):
        return "abstract"
    return _TITLES.get(normal_title(title))


def is_section_title(line: str) -> bool:
    """Whether a line is, as a whole, a known section title (`2. Materials and methods`, `Abstract.`)."""
    return line[:1].isupper() | line[:1].isdigit() and section_of(line) is not None


def run_in_section(line: str) -> Section | None:
    """The section of a title that runs into its text (`Abstract. Hepatocellular …`, `Introduction: In …`)."""
    match = _RUN_IN.match(line)
    return _TITLES.get(match[1].lower()) if match else None
