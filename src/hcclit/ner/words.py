"""What the network knows of a word by itself: its normal form, the kind of its spelling, its characters."""

from __future__ import annotations

import unicodedata

KINDS = 10
ALPHABET = "".join(map(chr, range(33, 127)))
LONGEST = 24
"""Characters of a word that are looked at, with a sign for each end."""
STOP = "</s>"
"""The word that stands between sentences, for the language model."""

_START, _END, _OTHER, _FIRST = 1, 2, 3, 4


def _greek() -> dict[str, str]:
    letters = [*range(0x3B1, 0x3CA), *range(0x391, 0x3A2), *range(0x3A3, 0x3AA)]
    named = {chr(code): unicodedata.name(chr(code)).split()[-1].lower() for code in letters}
    return named | {"µ": "micro", "ς": "sigma"}


_FOLDED = _greek() | dict.fromkeys("–—‐‑−", "-") | dict.fromkeys("’‘′", "'") | dict.fromkeys("“”", '"') | {"·": "."}


def form_of(word: str) -> str:
    """The form under which the vocabulary has a word: small plain letters, and numbers by their length."""
    if word.isascii():
        plain = word.lower()
    else:
        written = "".join(_FOLDED.get(sign, sign) for sign in word)
        plain = "".join(s for s in unicodedata.normalize("NFKD", written) if not unicodedata.combining(s)).lower()
    if plain.isdigit():
        if len(plain) <= 2 and int(plain) <= 31:  # a day, a month
            return plain
        if len(plain) == 4 and plain[:2] in ("19", "20"):
            return "<year>"
        return "0" * min(len(plain), 6)
    return plain or word


def kind_of(word: str) -> int:
    """The kind of a word's spelling, 1 to 9: digits, signs, letters with digits, small, capital, mixed."""
    if word == STOP:
        return 0
    if word.isdigit():
        return 1
    if not any(sign.isalnum() for sign in word):
        return 2
    if any(sign.isdigit() for sign in word):
        return 3 if any(sign.isupper() for sign in word) else 4
    return _kind_of_letters(word)


def _kind_of_letters(word: str) -> int:
    if word.islower():
        return 5
    if len(word) == 1:
        return 6
    if word.isupper():
        return 7
    return 8 if word[1:].islower() else 9


def characters_of(word: str) -> list[int]:
    """The numbers of a word's characters, a long word's middle left out; 0 fills up."""
    known = [ALPHABET.find(sign) + _FIRST if sign in ALPHABET else _OTHER for sign in word]
    room = LONGEST - 2
    if len(known) > room:
        known = known[: room // 2] + known[-(room - room // 2) :]
    return [_START, *known, _END] + [0] * (room - len(known))
