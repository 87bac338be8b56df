"""Response categories added up: `PR + SD`, `CR or PR`, `disease control (CR, PR and SD)`."""

from __future__ import annotations

import re
from dataclasses import replace

from hcclit.extractors.statistic.naming import Endpoint

_CATEGORIES = ("CR", "PR", "SD")
_ADDED = re.compile(r"\s?(?:\([A-Z]{2}\)\s?)?(?:\+|plus|or|/|and/or|,\s?(?:or|\+)?)\s?(?:an?\s|confirmed\s)?", re.I)


def composed(text: str, found: list[Endpoint]) -> list[Endpoint]:
    """Make one endpoint of categories that are added up; leave out those that define the name before them."""
    out: list[Endpoint] = []
    chain: list[Endpoint] = []
    for endpoint in _without_definitions(text, found):
        is_category = endpoint.code in _CATEGORIES
        if is_category and (not chain or _ADDED.fullmatch(text[chain[-1].end : endpoint.start])):
            chain.append(endpoint)
            continue
        out += _sum(text, chain)
        chain = [endpoint] if is_category else []
        out += [] if is_category else [endpoint]
    return out + _sum(text, chain)


def _sum(text: str, chain: list[Endpoint]) -> list[Endpoint]:
    if len(chain) < 2 or not re.search(r"\+|plus|\bor\b|/", text[chain[-2].end : chain[-1].start], re.I):
        return chain
    code = "DCR" if any(e.code == "SD" for e in chain) else "ORR"
    return [replace(chain[0], end=chain[-1].end, code=code, name=text[chain[0].start : chain[-1].end])]


def _without_definitions(text: str, found: list[Endpoint]) -> list[Endpoint]:
    """Leave out categories in the brackets of the name that they define; `stabilisation (PR and SD)` is DCR."""
    out: list[Endpoint] = []
    for endpoint in found:
        last = out[-1] if out else None
        if last is None or not _defines(text, last, endpoint):
            out.append(endpoint)
        elif last.code == "SD" and endpoint.code == "PR":
            out[-1] = replace(last, code="DCR")
    return out


def _defines(text: str, name: Endpoint, endpoint: Endpoint) -> bool:
    opened = text.rfind("(", name.end, endpoint.start)
    if opened < 0 or name.kind != "rate" or endpoint.code not in _CATEGORIES:
        return False
    inside = text[opened : text.find(")", opened) + 1]
    if text[name.end : opened].strip() not in ("", "rate", "rates") or not inside:
        return False
    return endpoint.end <= opened + len(inside) and not re.search(r"\d", inside)
