"""What damages or twists a file: bytes of any format, tags of XML and HTML, values of JSON, lines of text.

A mutation is a function of the bytes and a source of chance; the same source gives the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from copy import deepcopy
from random import Random
from typing import Any

Mutation = Callable[[bytes, Random], bytes]

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
_SIGNS = "\t\n\r\x0b\x0c\x1a\u00a0\u00ad\u200b\u2028\u0301\u202e\ufeff\U0001f600()[]{}<>±≥–—%.,;:|*†‡0123456789\\"
_PIECES = (
    "\n" * 50, "\t" * 200, " " * 300, "(" * 500, "1, " * 300, "12 (3.4) " * 200, "Table 1. A\n", "Table 2\n\n", "- \n",
    "a" * 20_000, "1" * 20_000, "AFP " * 300, "References\n", "Abstract\n", "N = 5\t6\t7\n" * 40,
    "sorafenib 400 mg, " * 60, "1\t2\t3\n" * 60, "P=0.05 " * 100, "(95% CI 1-2) " * 80, "ﬁ" * 200, "e\u0301" * 200,
    "2009-05-" * 100,
)  # fmt: skip


def flip(data: bytes, chance: Random) -> bytes:
    """Change some bytes."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 3, 10, 50))):
        out[chance.randrange(len(out))] = chance.choice((0, 0x20, 0x3C, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return bytes(out)


def cut(data: bytes, chance: Random) -> bytes:
    """Keep the beginning."""
    return data[: chance.randrange(1, len(data))]


def drop(data: bytes, chance: Random) -> bytes:
    """Take a stretch out."""
    start, end = _stretch(data, chance)
    return data[:start] + data[end:]


def repeat(data: bytes, chance: Random) -> bytes:
    """Write a stretch again, once or many times."""
    start, end = _stretch(data, chance)
    times = min(chance.choice((1, 2, 50, 2000)), 300_000 // (end - start) + 1)
    return data[:end] + data[start:end] * times + data[end:]


def swap(data: bytes, chance: Random) -> bytes:
    """Let two stretches change places."""
    a, b, c, d = sorted(chance.randrange(len(data) + 1) for _ in range(4))
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def insert(data: bytes, chance: Random) -> bytes:
    """Put bytes in that mean nothing."""
    at = chance.randrange(len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 4, 100, 5000))) + data[at:]


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
    try:
        root = json.loads(data)
    except ValueError:
        return flip(data, chance)
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
    try:
        root = json.loads(data)
    except ValueError:
        return flip(data, chance)
    for holder in _holders(root):
        if isinstance(holder, dict) and isinstance(holder.get("xml"), str):
            twisted = chance.choice(MARKUP)(holder["xml"].encode("utf-8", "replace"), chance)
            holder["xml"] = twisted.decode("utf-8", "replace")
    return json.dumps(root).encode()


def signs(data: bytes, chance: Random) -> bytes:
    """Put in signs that lines, tables and numbers hang on."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 10, 200))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_SIGNS) + text[at:]
    return text.encode("utf-8", "replace")


def pieces(data: bytes, chance: Random) -> bytes:
    """Put in stretches that no paper has."""
    text = data.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 4))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(_PIECES) + text[at:]
    return text.encode("utf-8", "replace")


def lines(data: bytes, chance: Random) -> bytes:
    """Shuffle, repeat, join or indent lines."""
    rows = data.split(b"\n")
    act = chance.randrange(4)
    if act == 0:
        chance.shuffle(rows)
    elif act == 1:
        at = chance.randrange(len(rows))
        rows[at:at] = rows[at : at + chance.choice((1, 3, 10))] * chance.choice((2, 30, 300))
    elif act == 2:
        return data.replace(b"\n", chance.choice((b"", b" ", b"\r", b"\r\n", b"\n\n", b"\x0c", b"\n\t")))
    else:
        rows = [b" " * chance.randrange(0, 9) + row for row in rows]
    return b"\n".join(rows)


def _holders(value: Any) -> list[Any]:
    """All lists and objects in a JSON value."""
    found, left = [], [value]
    while left:
        each = left.pop()
        if isinstance(each, dict | list):
            found.append(each)
            left += each.values() if isinstance(each, dict) else each
    return found


def _stretch(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 4, 30, 300, 3000)))


def _tag(data: bytes, chance: Random) -> re.Match[bytes] | None:
    found = list(_TAG.finditer(data))
    return chance.choice(found) if found else None


BYTES: tuple[Mutation, ...] = (flip, cut, drop, repeat, swap, insert)
MARKUP: tuple[Mutation, ...] = (drop_tag, rename_tag, nest, set_attribute, set_entity, bomb, many_rows, recode)
JSON: tuple[Mutation, ...] = (wrong_value, markup_inside)
TEXT: tuple[Mutation, ...] = (signs, pieces, lines)
