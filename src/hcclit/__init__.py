"""hcclit reads papers on hepatocellular carcinoma and turns them into records that can be computed with.

The stages, in order: `readers` (file to document), `view` (cleaned text with a map back), `language`
(sentences, entities, quantities, dates), `extractors` (one per record type), `linking` (whom and when a
mention is about), `records` (the contract); `evaluation` scores records against gold.

    import hcclit
    records = hcclit.extract("paper.txt")
    records = hcclit.extract_text("AFP fell to 12 ng/mL.", doc_id="note")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hcclit.errors import SetupError
    from hcclit.pipeline import extract, extract_text
    from hcclit.readers import UnreadableError

__all__ = ["SetupError", "UnreadableError", "extract", "extract_text"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401  # functions and a class
    """Load the pipeline, and spaCy with it, when it is first asked for: `hcclit --help` needs neither."""
    if name in ("extract", "extract_text"):
        from hcclit import pipeline  # noqa: PLC0415

        return getattr(pipeline, name)
    if name == "UnreadableError":
        from hcclit.readers import UnreadableError  # noqa: PLC0415

        return UnreadableError
    if name == "SetupError":
        from hcclit.errors import SetupError  # noqa: PLC0415

        return SetupError
    raise AttributeError(f"module 'hcclit' has no attribute {name!r}")
