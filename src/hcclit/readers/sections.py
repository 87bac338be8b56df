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
    "clinical case presentation": "case", "clinical history": "case",
    "clinical observation": "case", "case study": "case", "case studies": "case", "illustrative case": "case",
    "illustrative cases": "case", "our case": "case", "patient presentation": "case", "patient case": "case",
    "patient and observation": "case", "patients and observations": "case", "description of the case": "case",
    "description of case": "case", "presentation of the case": "case", "case details": "case",
    "methods": "methods", "method": "methods", "materials and methods": "methods", "material and methods": "methods",
    "patients and methods": "methods", "methods and materials": "methods", "experimental procedures": "methods",
    "subjects and methods": "methods", "study design": "methods", "statistical analysis": "methods",
    "statistical methods": "methods", "statistics": "methods", "data analysis": "methods", "design": "methods",
    "methods and patients": "methods", "patients and treatment": "methods", "materials": "methods",
    "statistical analyses": "methods", "statistical considerations": "methods", "data collection": "methods",
    "experimental section": "methods", "experimental": "methods", "experimental design": "methods",
    "eligibility": "methods", "eligibility criteria": "methods", "patient eligibility": "methods",
    "inclusion criteria": "methods", "inclusion and exclusion criteria": "methods", "study protocol": "methods",
    "trial design": "methods", "study design and participants": "methods", "study design and patients": "methods",
    "results": "results", "result": "results", "findings": "results",
    "results and discussion": "results", "main results": "results",
    "discussion": "discussion", "comment": "discussion", "comments": "discussion",
    "discussions": "discussion", "general discussion": "discussion", "overall discussion": "discussion",
    "discussion and conclusion": "discussion", "discussion and conclusions": "discussion",
    "commentary": "discussion", "editorial": "discussion", "perspective": "discussion", "viewpoint": "discussion",
    "main text": "introduction", "main body": "introduction",
    "interpretation": "discussion", "literature review": "discussion", "review of the literature": "discussion",
    "conclusion": "conclusion", "conclusions": "conclusion", "concluding remarks": "conclusion",
    "acknowledgement": "back", "acknowledgements": "back", "acknowledgment": "back", "acknowledgments": "back",
    "author contribution": "back", "authors' contribution": "back", "contributors": "back", "authorship": "back",
    "conflict of interest statement": "back", "conflict of interests": "back", "declaration of interests": "back",
    "declaration of competing interests": "back", "disclosure statement": "back", "funding sources": "back",
    "role of the funding source": "back", "role of funding source": "back", "funding source": "back",
    "data sharing": "back", "data sharing statement": "back", "availability of data and materials": "back",
    "ethics statement": "back", "ethical approval": "back", "consent for publication": "back",
    "patient consent": "back", "supplementary materials": "back",
    "supplementary data": "back", "supplementary information": "back", "additional files": "back",
    "electronic supplementary material": "back", "endnotes": "back", "list of abbreviations used": "back",
    "funding": "back", "conflict of interest": "back", "conflicts of interest": "back",
    "competing interests": "back", "competing interest": "back", "disclosure": "back", "disclosures": "back",
    "declaration of competing interest": "back", "author contributions": "back", "authors' contributions": "back",
    "abbreviations": "back", "abbreviation": "back", "list of abbreviations": "back", "consent": "back",
    "ethics approval": "back", "data availability": "back", "supplementary material": "back",
    "supporting information": "back", "pre-publication history": "back", "authors' information": "back",
    "references": "back", "bibliography": "back", "literature cited": "back", "reference": "back",
    "notes": "back", "key messages": "back",
}  # fmt: skip

ASIDES = frozenset({
    "consent", "ethics approval", "ethics statement", "ethical approval", "consent for publication", "patient consent",
    "funding", "funding sources", "funding source", "role of the funding source", "role of funding source",
})  # fmt: skip
"""Titles of the back matter under which methods may stand too."""
REFERENCES = frozenset({"references", "bibliography", "literature cited", "reference"})
_LEADING_PART: dict[str, Section] = {
    "method": "methods", "methods": "methods", "methodology": "methods", "materials": "methods", "material": "methods",
    "results": "results", "result": "results", "discussion": "discussion", "introduction": "introduction",
    "background": "introduction", "conclusion": "conclusion", "conclusions": "conclusion",
}  # fmt: skip
"""Words that tell the section of a title that joins them to others (`Methods/design`, `Design and methods`)."""

_DECORATION = re.compile(
    r"^(?:\d+(?:\.\d+)*[.)]?\s*|[IVX]+\.\s+|[A-H]\.\s+|(?:BODY|ABSTRACT)\.)+|[\s.:]+$|\s*\(\d{1,4}(?: words)?\)$"
)
_SPACED = re.compile(r"(?:[A-Z] ){4,}[A-Z]")
_JOINT = re.compile(r"\s?[/:]\s?|\sand\s")
_LONGEST_JOINT = 6
_PATH = "BODY."
_MARKED = re.compile(r"(?:BODY|ABSTRACT)\.[A-Z0-9](?:[^a-z]|(?<=\d)[a-z]){1,240}:")
_LONGEST = 120
_RUN_IN = re.compile(r"([A-Z][A-Za-z &]{2,40})(?:[.:]\s+|\s?—\s?)(?=\S)")
_INNER_RUN_IN = re.compile(r"(?:^|(?<=[.)\]]\s))" + _RUN_IN.pattern)
_STRUCTURED_ABSTRACT = re.compile(r"\s*ABSTRACT\.[A-Z]")


def normal_title(line: str) -> str:
    """A title as the table has it: lower case, without number, full stop and colon."""
    bare = _DECORATION.sub("", _DECORATION.sub("", line.strip()))
    if _SPACED.fullmatch(bare):
        bare = bare.replace(" ", "")
    return re.sub(r"\s+", " ", bare).lower().replace("’", "'").replace(" & ", " and ")


def section_of(title: str) -> Section | None:
    """The section that a title line opens, or None if it is none of the known titles.

    Labels inside a structured abstract do not count: `ABSTRACT.RESULTS:` stays in the abstract.
    """
    if _STRUCTURED_ABSTRACT.match(title):
        return "abstract"
    if title.startswith(_PATH):
        return _of_path(title)
    name = normal_title(title)
    sentence = ": " in title and title.rstrip().endswith(".")  # `Results: Three died.`
    return _TITLES.get(name) or (None if sentence else _of_joint(name))


def _of_path(title: str) -> Section | None:
    """The section of a title that names those above it (`BODY.3. RESULTS.3.1. OVERALL SURVIVAL:`)."""
    parts = (normal_title(part) for part in title[len(_PATH) :].split("."))
    found = (_TITLES.get(part) or _of_joint(part) for part in parts)
    return next((section for section in found if section is not None), None)


def _of_joint(name: str) -> Section | None:
    """The section of a title of several parts, one of which is known (`trial design and methods`)."""
    parts = _JOINT.split(name)
    if len(parts) == 1 or len(name.split()) > _LONGEST_JOINT:
        return None
    return next((_LEADING_PART[part] for part in parts if part in _LEADING_PART), None)


def is_section_title(line: str) -> bool:
    """Whether a line is, as a whole, a known section title (`2. Methods`, `Abstract.`), or marked as one."""
    if _MARKED.fullmatch(line):
        return True
    return len(line) < _LONGEST and line[:1].isupper() | line[:1].isdigit() and section_of(line) is not None


def is_marked(title: str) -> bool:
    """Whether a title says of itself that it is one of the abstract's (`ABSTRACT.RESULTS:`)."""
    return bool(_STRUCTURED_ABSTRACT.match(title))


def run_in_section(line: str) -> Section | None:
    """The section of a title that runs into its text (`Abstract. Hepatocellular …`, `Introduction: In …`)."""
    match = _RUN_IN.match(line)
    return _TITLES.get(normal_title(match[1])) if match else None


def run_in_titles(text: str) -> set[str]:
    """The titles of sections that run into a text, at its begin or in it (`… were found. Methods: We …`)."""
    names = (normal_title(match[1]) for match in _INNER_RUN_IN.finditer(text))
    return {name for name in names if section_of(name) is not None}
