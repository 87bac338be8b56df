"""Does it add up? What a paper states is computed again, and what does not fit is a finding.

Each check is a module of `hcclit.checks.rules` with a function `check(paper) -> Iterator[Finding]` and its formula and
source in the docstring; a module that is put there is run, and no other needs to know of it. `docs/checks.md` says what
each of them leaves alone. The language stage is loaded only when papers are checked.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from hcclit.checks.model import Finding, Severity, Span, sort_key

if TYPE_CHECKING:
    from hcclit.checks.paper import Paper
    from hcclit.document import Document
    from hcclit.language import Analysis
    from hcclit.records import Record

    Check = Callable[[Paper], Iterator[Finding]]

__all__ = ["Finding", "Severity", "Span", "check", "checks"]


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
    """
    from hcclit.checks.paper import Paper  # noqa: PLC0415  # it loads the language stage

    paper = Paper(document, records, analysis)
    found = {finding.id: finding for rule in checks().values() for finding in rule(paper)}
    return sorted(found.values(), key=sort_key)
