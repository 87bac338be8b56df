"""The tokeniser of the shipped model: runs of letters and digits, and single signs, as the corpora cut their words.

spaCy's own English one would take most of the time that loading the model takes, for exceptions that no paper has.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer, registry
from spacy.vocab import Vocab

TOKENIZER = "hcclit.tokens.v1"
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_|\s+")


class WordTokenizer(DummyTokenizer):
    """Cuts a text into words and signs; white space beyond a single space is a token of its own, as spaCy has it."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The text's tokens."""
        words: list[str] = []
        spaces: list[bool] = []
        for piece in _TOKEN.findall(text):
            rest = piece
            if piece[0] == " " and words and not spaces[-1]:
                spaces[-1] = True
                rest = piece[1:]
            if rest:
                words.append(rest)
                spaces.append(False)
        return Doc(self.vocab, words=words, spaces=spaces)


@registry.tokenizers(TOKENIZER)  # type: ignore[untyped-decorator]
def make_word_tokenizer() -> Callable[[Language], WordTokenizer]:
    """For a pipeline's config."""
    return _of_pipeline


def _of_pipeline(nlp: Language) -> WordTokenizer:
    return WordTokenizer(nlp.vocab)
