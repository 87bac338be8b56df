"""What damages or twists a file: bytes of any format, lines of text.

A mutation is a function of the bytes and a source of chance; the same source gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Mutation = Callable[[bytes, Random], bytes]

_SIGNS = "\t\n\r\x0b\x0c\x1a\u00a0\u00ad\u200b\u2028\u0301\u202e\ufeff\U0001f600()[]{}<>±≥–—%.,;:|*†‡0123456789\\"
_DIGITS = re.compile(rb"\d+")
_NUMBERS = (
    b"0", b"00", b"1e5", b"1 x 10^400", b"99999999999999999999", b"9" * 400, b"1" * 5000, b"1,000,000,000,000,000,000",
    b"0." + b"0" * 400 + b"1", b"1.2.3.4", b"\xc2\xb2", b"\xd9\xa3", b"1/0", b"31", b"2009-13-45", b"-5", b"",
)  # fmt: skip
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


def digits(data: bytes, chance: Random) -> bytes:
    """Write numbers that nobody counts to, or none, for some."""
    found = list(_DIGITS.finditer(data))
    for match in sorted(chance.sample(found, min(len(found), chance.choice((1, 3, 30)))), key=lambda m: -m.start()):
        data = data[: match.start()] + chance.choice(_NUMBERS) + data[match.end() :]
    return data


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


def _stretch(data: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 4, 30, 300, 3000)))


BYTES: tuple[Mutation, ...] = (flip, cut, drop, repeat, swap, insert)
TEXT: tuple[Mutation, ...] = (signs, pieces, lines, digits)
