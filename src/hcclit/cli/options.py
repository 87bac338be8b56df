"""Options that several commands have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.output import fail

if TYPE_CHECKING:
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


def limits_of(timeout: float, memory: int) -> Limits:
    """Limits as they were given; ends the command where they make no sense."""
    from hcclit.limits import Limits

    try:
        return Limits(timeout, memory)
    except ValueError as error:
        fail(str(error))
