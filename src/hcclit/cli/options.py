"""Options that several commands have."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.output import fail

if TYPE_CHECKING:
    from hcclit.checks.silencing import Silence
    from hcclit.limits import Limits

TimeoutOption = Annotated[
    float,
    typer.Option(
        "--timeout",
        envvar="HCCLIT_TIMEOUT",
        help="Seconds of processor time that one document may take before it is stopped; 0: as long as it needs.",
    ),
]
MemoryOption = Annotated[
    int,
    typer.Option(
        "--memory",
        envvar="HCCLIT_MEMORY",
        help="MB that the process which reads a document may take before it is stopped; 0: no limit.",
    ),
]
SilencedOption = Annotated[
    Path | None,
    typer.Option(
        "--silenced",
        metavar="PATH",
        help="Findings that reviewers have silenced: a JSON lines file, or the folder of a review.",
        show_default=False,
    ),
]


class Entities(StrEnum):
    """What entities come from."""

    both = "both"
    vocabulary = "vocabulary"
    model = "model"


EntitiesOption = Annotated[
    Entities | None,
    typer.Option(
        help="What finds names: the vocabulary, the trained model, or both; without it, as the settings say.",
        show_default=False,
    ),
]


def choose_entities(given: Entities | None) -> None:
    """Make an option's choice a setting of this process; the model is looked for at once, if there is to be one.

    Raises:
        hcclit.errors.SetupError: the settings, or the model, cannot be used.
    """
    from hcclit.ner.locate import located
    from hcclit.settings import current, use

    if given is not None:
        use(current().model_copy(update={"entities": given.value}))
    located(current())


def limits_of(timeout: float, memory: int) -> Limits:
    """Limits as they were given; ends the command where they make no sense."""
    from hcclit.limits import Limits

    try:
        return Limits(timeout, memory)
    except ValueError as error:
        fail(str(error))


def silences_of(path: Path | None) -> dict[str, Silence]:
    """What was silenced by the option's file or folder; ends the command where that cannot be read."""
    from hcclit.checks.silencing import read_silences

    try:
        return {} if path is None else read_silences(path)
    except OSError as error:
        fail(f"{error.filename or path}: cannot be read ({error.strerror})")
    except ValueError as error:
        fail(str(error))
