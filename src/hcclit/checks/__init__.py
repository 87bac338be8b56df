"""Does it add up? What a paper states is computed again, and what does not fit is a finding.

Each check is a module of `hcclit.checks.rules` with a function `check(paper) -> Iterator[Finding]` and its formula and
source in the docstring; a module that is put there is run, and no other needs to know of it. `docs/checks.md` says what
each of them leaves alone. The language stage is loaded only when papers are checked.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from hcclit.checks.model import Finding, Severity, Span, sort_key
from hcclit.errors import SetupError

if TYPE_CHECKING:
    from hcclit.checks.paper import Paper
    from hcclit.document import Document
    from hcclit.language import Analysis
    from hcclit.records import Record

    Check = Callable[[Paper], Iterator[Finding]]

__all__ = ["Checked", "Finding", "Severity", "Span", "check", "checked", "checks"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What all checks say of a paper. `faults` are lines on checks that failed themselves, and so say nothing."""

    findings: list[Finding]
    faults: list[str]


@cache
def checks() -> dict[str, Check]:
    """All checks by name, which is the name of their module, in the order of their names."""
    rules = import_module("hcclit.checks.rules")
    names = sorted(module.name for module in pkgutil.iter_modules(rules.__path__))
    return {name: import_module(f"{rules.__name__}.{name}").check for name in names}


def check(document: Document, records: Sequence[Record], analysis: Analysis | None = None) -> list[Finding]:
    """All findings on a paper, sorted by place; the same paper gives the same findings.

    Args:
        document: the paper.
        records: what was extracted from it.
        analysis: what the language stage made of the document, where it is at hand; else it is made anew.

    Raises:
        RuntimeError: a check failed by a fault of its own; `checked` goes on with the others.
    """
    done = checked(document, records, analysis)
    if done.faults:
        raise RuntimeError("; ".join(done.faults))
    return done.findings


def checked(document: Document, records: Sequence[Record], analysis: Analysis | None = None) -> Checked:
    """`check`, but a check that fails by a fault of its own is told and costs only its own findings.

    Raises:
        MemoryError: there is not enough; whoever set the limit knows what to say of it.
        SetupError: something is missing on this machine.
    """
    from hcclit.checks.paper import Paper  # noqa: PLC0415  # it loads the language stage

    paper = Paper(document, records, analysis)
    found: dict[str, Finding] = {}
    faults = []
    for name, rule in checks().items():
        try:
            found |= {finding.id: finding for finding in rule(paper)}
        except (MemoryError, SetupError):
            raise
        except Exception as error:  # a fault in one check must not lose what the others find; it is reported
            said = " ".join(str(error).split())
            faults.append(f"check {name} failed ({type(error).__name__}: {said}); please report this")
    return Checked(sorted(found.values(), key=sort_key), faults)
