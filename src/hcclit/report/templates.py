"""The templates of the pages, with style and script in them; all that is put into them is escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import hcclit
from hcclit.report.fields import LETTERS


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("hcclit.report", "assets"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    assets = files("hcclit.report") / "assets"
    script = (assets / "report.js").read_text(encoding="utf-8")
    environment.globals |= {
        "letters": LETTERS,
        "version": hcclit.__version__,
        "style": Markup((assets / "report.css").read_text(encoding="utf-8")),
        "script": Markup(script),
        # the one script that a browser may run on the page, whatever a paper's text brings
        "script_hash": f"sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}",
    }
    return environment


def filled(template: str, **values: object) -> str:
    """A template filled in; signs that no file can hold become `?`."""
    page = _environment().get_template(template).render(**values)
    return page.encode("utf-8", "replace").decode("utf-8")
