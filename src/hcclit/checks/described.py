"""What each check does, as markdown made from the docstrings of their modules: `hcclit check --list`."""

from __future__ import annotations

import inspect

from hcclit.checks import checks

_PARTS = ("Formula", "Source", "Left alone")


def described() -> str:
    """A section for each check, in the order of their names: what, formula, source, what it leaves alone."""
    return "\n".join(f"### {name}\n\n{_body(name)}\n" for name in checks())


def _body(name: str) -> str:
    module = inspect.getmodule(checks()[name])
    text = (inspect.getdoc(module) or "").strip()
    for part in _PARTS:
        text = text.replace(f"\n{part}: ", f"\n**{part}**: ")
    return text
