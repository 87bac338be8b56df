"""The tokeniser that the training data is cut with: spaCy's for English, with numbers apart from what touches them.

Tables and trial papers set numbers against all kinds of signs (`97/40`, `1.4(1.35-1.5)`, `400mg`), and spaCy keeps
those as one token, which many records of tables would cut. A configuration names it by
`[nlp.tokenizer] @tokenizers = "hcclit.tokenizer.v1"`; spaCy finds it by an entry point.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

_NUMBER_ENDS = (
    r"(?<=[0-9])(?=[^0-9.,·])",
    r"(?<=[^0-9.,·])(?=[0-9])",
    r"(?<=[0-9])[.,](?=[A-Za-z(])",
)


@registry.tokenizers("hcclit.tokenizer.v1")  # type: ignore[untyped-decorator]  # spaCy's registry has no types
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """Give what makes the tokeniser for a pipeline, as spaCy's configuration wants it."""
    return tokenizer_for


def tokenizer_for(nlp: Language) -> Tokenizer:
    """The tokeniser for a pipeline, with the language's own rules besides."""
    infixes = compile_infix_regex([*(nlp.Defaults.infixes or ()), *_NUMBER_ENDS])
    return Tokenizer(
        nlp.vocab,
        rules=nlp.Defaults.tokenizer_exceptions,
        prefix_search=compile_prefix_regex(nlp.Defaults.prefixes or ()).search,
        suffix_search=compile_suffix_regex(nlp.Defaults.suffixes or ()).search,
        infix_finditer=infixes.finditer,
        token_match=nlp.Defaults.token_match,
        url_match=nlp.Defaults.url_match,
    )
