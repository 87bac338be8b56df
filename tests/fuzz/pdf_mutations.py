"""What damages or twists a PDF: its numbers, references, boxes, counts, tables of objects, packed streams."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from random import Random

from tests.fuzz.mutations import BYTES, Mutation

Replace = Callable[[re.Match[bytes]], bytes]
Twist = Callable[[bytes], bytes]

_INTEGER = re.compile(rb"(?<![\w.])-?\d{1,10}(?![\w.])")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_LENGTH = re.compile(rb"/Length \d+")
_BOX = re.compile(rb"/(?:MediaBox|CropBox|BBox) ?\[[^\]]*\]")
_COUNT = re.compile(rb"/(?:Count|N|First|Size|W|Index|Rotate|FirstChar|LastChar|Flags) ?\[?\d+")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_TABLE = re.compile(rb"(?:\d{10} \d{5} [nf]|startxref\s+\d+|/Prev \d+|/Root \d+ 0 R)")
_NAME = re.compile(rb"/[A-Z]\w{1,20}")
_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"2147483647",
    b"-2147483648",
    b"4294967296",
    b"99999999999999999999",
    b"1e300",
    b"0.0001",
)
_BOXES = (
    b"[0 0 0 0]", b"[0 0 1e10 1e10]", b"[-1e9 -1e9 1e9 1e9]", b"[595 842 0 0]", b"[0 0 595]", b"[0 0 14400 200000000]",
    b"[/A /B /C /D]", b"[0 0 0.001 0.001]", b"[nan nan nan nan]", b"[3 0 R]",
)  # fmt: skip
_NAMES = (
    b"/Type", b"/Kids", b"/Parent", b"/Contents", b"/Font", b"/Resources", b"/Filter", b"/LZWDecode", b"/DCTDecode",
    b"/ASCII85Decode", b"/JBIG2Decode", b"/CCITTFaxDecode", b"/RunLengthDecode", b"/Crypt", b"/Identity-H", b"/Type0",
    b"/Type3", b"/CIDFontType2", b"/ToUnicode", b"/Widths", b"/Encrypt", b"/Pages", b"/Page", b"/ObjStm", b"/XRef",
)  # fmt: skip
_OPERATORS = (
    b"q " * 20_000, b"Q " * 5000, b"BT " * 3000, b"/X1 Do " * 50, b"/F1 1e9 Tf ", b"/F1 0 Tf ", b"/F9 10 Tf ",
    b"1e20 0 0 1e20 0 0 cm ", b"0 0 0 0 0 0 Tm ", b"nan 0 0 1 0 0 Tm ", b"1 0 0 1 -1e9 1e9 Tm ", b"100000 Tc ",
    b"-500 Tz ", b"[(" + b"A" * 30_000 + b")] TJ ", b"[" + b"(A) -1 " * 8000 + b"] TJ ", b"(\\377\\000\\001) Tj ",
    b"3 Tr ",
    b"BI /W 99999 /H 99999 /BPC 8 /CS /G ID x EI ", b"0 0 1 1 re f " * 20_000, b"90 0 m 0 0 l S " * 5000,
    b"<" + b"41" * 20_000 + b"> Tj ", b"(" * 5000, b"[" * 5000, b"<<" * 3000, b"1 0 0 1 0 0 cm " * 5000,
    b"0 1 -1 0 0 0 Tm ",
)  # fmt: skip
_BOMB = b"BT /F1 1 Tf (AFP 12) Tj ET\n"


def number(data: bytes, chance: Random) -> bytes:
    """Write another number for one or some."""
    return _replaced(data, chance, _INTEGER, lambda _: chance.choice(_NUMBERS))


def reference(data: bytes, chance: Random) -> bytes:
    """Let references lead elsewhere: to themselves, to nothing, in a circle."""
    targets = [match[1] for match in _REFERENCE.finditer(data)] or [b"1"]
    return _replaced(data, chance, _REFERENCE, lambda _: chance.choice((*targets, b"0", b"9999")) + b" 0 R")


def length(data: bytes, chance: Random) -> bytes:
    """Let a stream's length lie."""
    return _replaced(data, chance, _LENGTH, lambda _: b"/Length " + chance.choice((*_NUMBERS, b"1 0 R", b"5")))


def box(data: bytes, chance: Random) -> bytes:
    """Let a page be huge, empty, turned around or no page."""
    return _replaced(data, chance, _BOX, lambda match: match.group().split(b"[")[0] + chance.choice(_BOXES))


def count(data: bytes, chance: Random) -> bytes:
    """Let counts lie."""
    return _replaced(
        data, chance, _COUNT, lambda match: re.sub(rb"\d+$", lambda _: chance.choice(_NUMBERS), match.group())
    )


def object_table(data: bytes, chance: Random) -> bytes:
    """Change where objects are said to be, or say nothing."""
    act = chance.random()
    if act < 0.15:
        return re.sub(rb"xref.*", b"", data, flags=re.S)
    if act < 0.3:
        return data.replace(b"trailer<<", b"trailer<</Prev %d" % chance.choice((0, 9, len(data) - 40, len(data))))
    return _replaced(
        data,
        chance,
        _TABLE,
        lambda match: re.sub(rb"\d+", lambda _: b"%d" % chance.randrange(3000), match.group(), count=1),
    )


def name(data: bytes, chance: Random) -> bytes:
    """Write another name for one or some."""
    return _replaced(data, chance, _NAME, lambda _: chance.choice(_NAMES))


def cut_stream(data: bytes, chance: Random) -> bytes:
    """Damage what is packed."""
    return _in_stream(data, chance, lambda packed: chance.choice(BYTES)(packed, chance))


def repack(data: bytes, chance: Random) -> bytes:
    """Unpack a stream, twist what is in it and pack it again."""

    def twist(packed: bytes) -> bytes:
        content = _unpacked(packed)
        act = chance.random()
        if act < 0.5:
            at = content.rfind(b"\n", 0, chance.randrange(len(content) + 1)) + 1
            content = content[:at] + chance.choice(_OPERATORS) + content[at:]
        elif act < 0.6:
            content = _replaced(content, chance, _INTEGER, lambda _: chance.choice(_NUMBERS))
        else:
            content = chance.choice(BYTES)(content or b" ", chance)
        return zlib.compress(content)

    return _in_stream(data, chance, twist)


def inflate(data: bytes, chance: Random) -> bytes:
    """Pack a stream that is large when it is unpacked."""
    size = chance.choice((10_000, 300_000, 30_000_000))
    content = chance.choice((bytes(size), b" " * size, _BOMB * min(5000, size // len(_BOMB))))
    return _in_stream(data, chance, lambda packed: zlib.compress(_unpacked(packed) + content))


def _unpacked(packed: bytes) -> bytes:
    try:
        return zlib.decompress(packed)
    except zlib.error:
        return packed


def _in_stream(data: bytes, chance: Random, twist: Twist) -> bytes:
    found = list(_STREAM.finditer(data))
    if not found:
        return data
    chosen = chance.choice(found)
    new = twist(chosen[1] or b" ")
    head = data[: chosen.start()]
    if chance.random() < 0.8:
        start = head.rfind(b"obj")
        head = head[:start] + _LENGTH.sub(b"/Length %d" % len(new), head[start:])
    return head + b"stream\n" + new + b"\nendstream" + data[chosen.end() :]


def _replaced(data: bytes, chance: Random, pattern: re.Pattern[bytes], new: Replace) -> bytes:
    """Replace one to some of the places that fit."""
    found = list(pattern.finditer(data))
    if not found:
        return data
    for match in sorted(chance.sample(found, min(len(found), chance.choice((1, 1, 2, 5)))), key=lambda m: -m.start()):
        data = data[: match.start()] + new(match) + data[match.end() :]
    return data


PDF: tuple[Mutation, ...] = (
    number, reference, length, box, count, object_table, name, cut_stream, repack, repack, inflate,
)  # fmt: skip
