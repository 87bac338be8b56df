"""What damages or twists marked-up files: tags of XML and HTML, values of JSON."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from random import Random
from typing import Any

from tests.fuzz.mutations import Mutation

_TAG = re.compile(rb"<[^<>]{1,300}>")
_NAME = re.compile(rb"(?<=<)/?([\w:.-]+)")
_TAGS = (
    b"p", b"sup", b"sec", b"list", b"list-item", b"table", b"tr", b"td", b"th", b"thead", b"table-wrap", b"xref", b"fn",
    b"title", b"article", b"div", b"span", b"a", b"h2", b"ul", b"li", b"font", b"b", b"body", b"html", b"disp-formula",
    b"alternatives", b"fig", b"caption", b"script", b"style", b"unknown-name", b"x:y",
)  # fmt: skip
_ATTRIBUTES = (
    b' colspan="99999999"', b' rowspan="99999"', b' colspan="-1"', b' colspan="0"', b' rowspan="\xc2\xb2"',
    b' colspan="1000" rowspan="1000"', b' xmlns="http://x"', b' xmlns:x="y" x:z="1"', b" hidden", b' role="dialog"',
    b' class="ref-list"', b' class="caption"', b' class="cookie"', b' ref-type="bibr"', b' sec-type="methods|results"',
    b' href="#b1"', b' pub-id-type="doi"', b' xml:lang="en"', b' a="' + b"x" * 5000 + b'"', b" =", b' colspan=""',
)  # fmt: skip
_ENTITIES = (
    b"&nbsp;", b"&unknown;", b"&#0;", b"&#x110000;", b"&#xD800;", b"&#65534;", b"&", b"&amp;amp;", b"&lt;p&gt;", b"]]>",
    b"<![CDATA[ <p> ]]>", b"<!--", b"-->", b"<?x y?>", b"<!DOCTYPE html>", b"\x00", b"\xff\xfe", b"\xef\xbf\xbe",
)  # fmt: skip
_BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "AFP was 12 ng/mL. "><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">'
    b'<!ENTITY e SYSTEM "file:///etc/hostname"><!ENTITY % f SYSTEM "http://localhost:1/x">%f;]>'
)
_DEPTHS = (2, 20, 100, 200, 250, 300, 10_000)
_WRONG: tuple[Any, ...] = (
    None, True, -1, 5, 1e308, 10**40, "", "x", "\ud800", "\t\t\n" * 50, "a" * 100_000, [], {}, [[]], {"text": 5},
    [None], ["x"] * 50, {"documents": []}, "<table>" * 300, "<table><tr><td>" + "1\t" * 500,
)  # fmt: skip


def drop_tag(data: bytes, chance: Random) -> bytes:
    """Take a tag out, or write it twice."""
    tag = _tag(data, chance)
    return data[: tag.start()] + tag.group() * chance.choice((0, 0, 2, 20)) + data[tag.end() :] if tag else data


def rename_tag(data: bytes, chance: Random) -> bytes:
    """Give all tags of a name another one, or one tag."""
    tag = _tag(data, chance)
    name = _NAME.search(tag.group()) if tag else None
    if tag is None or name is None:
        return data
    new = chance.choice(_TAGS)
    if chance.random() < 0.5:
        return re.sub(rb"(?<=[</])" + re.escape(name[1]) + rb"(?=[\s/>])", new, data)
    return data[: tag.start() + name.start(1)] + new + data[tag.start() + name.end(1) :]


def nest(data: bytes, chance: Random) -> bytes:
    """Put tags inside one another, to any depth, closed or not."""
    tag = _tag(data, chance)
    at = tag.end() if tag else len(data) // 2
    names = [chance.choice(_TAGS) for _ in range(chance.choice((1, 1, 3)))]
    depth = chance.choice(_DEPTHS) // len(names)
    inside = b"AFP 12"
    opened = b"".join(b"<%s>" % name for name in names) * depth
    closed = b"".join(b"</%s>" % name for name in reversed(names)) * depth
    return data[:at] + opened + inside + (closed if chance.random() < 0.8 else b"") + data[at:]


def set_attribute(data: bytes, chance: Random) -> bytes:
    """Give a tag an attribute that asks for much or means nothing."""
    tag = _tag(data, chance)
    at = tag.end() - 1 if tag else 0
    return data[:at] + chance.choice(_ATTRIBUTES) + data[at:]


def set_entity(data: bytes, chance: Random) -> bytes:
    """Put an entity, a section or a sign in that markup forbids."""
    tag = _tag(data, chance)
    at = tag.end() if tag else 0
    return data[:at] + chance.choice(_ENTITIES) + data[at:]


def bomb(data: bytes, chance: Random) -> bytes:
    """Define entities that grow or are fetched, and use them."""
    body = re.sub(rb"<!DOCTYPE[^>]*>", b"", data)
    root = re.search(rb"<\w", body)
    at = root.start() if root else 0
    used = re.sub(rb"(<p>)", rb"\1&d;&e;", body[at:], count=chance.randrange(1, 4))
    return body[:at] + _BOMB + used


def many_rows(data: bytes, chance: Random) -> bytes:
    """Repeat the rows of a table, or its cells."""
    name = chance.choice((b"tr", b"td", b"th", b"p", b"tbody"))
    found = re.search(rb"<%s[^>]*>.*?</%s>" % (name, name), data, re.S)
    if found is None:
        return data
    times = min(chance.choice((10, 300, 3000)), 1_000_000 // len(found.group()))
    return data[: found.end()] + found.group() * times + data[found.end() :]


def recode(data: bytes, chance: Random) -> bytes:
    """Write a file in another encoding, whatever it declares."""
    return data.decode("utf-8", "replace").encode(chance.choice(("utf-16", "utf-8-sig", "cp1252", "utf-32")), "replace")


def wrong_value(data: bytes, chance: Random) -> bytes:
    """Give a place in a JSON file a value of another type, take it out, or repeat it."""
    root = _parsed(data)
    for _ in range(chance.choice((1, 1, 2, 5))):
        holders = [each for each in _holders(root) if each]
        if not holders:
            break
        holder = chance.choice(holders)
        key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        act = chance.random()
        if act < 0.7:
            holder[key] = deepcopy(chance.choice(_WRONG))
        elif act < 0.85:
            del holder[key]
        elif isinstance(holder, list):
            holder += [deepcopy(holder[key]) for _ in range(chance.choice((1, 300)))]
    return json.dumps(root).encode()


def markup_inside(data: bytes, chance: Random) -> bytes:
    """Mutate the markup of tables inside a JSON file."""
    root = _parsed(data)
    for holder in _holders(root):
        if isinstance(holder, dict) and isinstance(holder.get("xml"), str):
            twisted = chance.choice(MARKUP)(holder["xml"].encode("utf-8", "replace"), chance)
            holder["xml"] = twisted.decode("utf-8", "replace")
    return json.dumps(root).encode()


def _parsed(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):  # by an earlier mutation
        return [data.decode("utf-8", "replace")]


def _holders(value: Any) -> list[Any]:
    """All lists and objects in a JSON value."""
    found, left = [], [value]
    while left:
        each = left.pop()
        if isinstance(each, dict | list):
            found.append(each)
            left += each.values() if isinstance(each, dict) else each
    return found


def _tag(data: bytes, chance: Random) -> re.Match[bytes] | None:
    found = list(_TAG.finditer(data))
    return chance.choice(found) if found else None


MARKUP: tuple[Mutation, ...] = (
    drop_tag, rename_tag, nest, set_attribute, set_entity, bomb, many_rows, recode,
)  # fmt: skip
JSON: tuple[Mutation, ...] = (wrong_value, markup_inside)
