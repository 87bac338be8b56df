"""`hcclit plot`: figures of patients and trials."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.options import MemoryOption, TimeoutOption, limits_of
from hcclit.cli.output import fail, say
from hcclit.limits.bounds import MEGABYTES, SECONDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hcclit.figures.job import Drawn, DrawnFile


class FigureFormat(StrEnum):
    """Formats of figures."""

    svg = "svg"
    png = "png"


class FigureKind(StrEnum):
    """Kinds of figures."""

    timeline = "timeline"
    medians = "medians"
    forest = "forest"
    swimmer = "swimmer"


def plot(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH...", help="Papers, folders or patterns.", show_default=False)
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder for the figures; made if it is missing.")],
    format: Annotated[FigureFormat, typer.Option(help="Form of the figures.")] = FigureFormat.svg,
    kind: Annotated[
        list[FigureKind] | None,
        typer.Option(help="Only this kind; may be given several times. All of them if none is named."),
    ] = None,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
) -> None:
    """Draw what papers say: patients on a time axis, medians and ratios of trials, over many papers a swimmer plot.

    Doses, marker values and responses of each patient stand where the text dates them; what cannot be placed is listed
    on standard error and in the figure. Cited work and general knowledge are left out. The names of the figures that
    were written go to standard output.

    Example: hcclit plot papers/ -o figures --kind timeline
    """
    from hcclit.limits import WorkerError
    from hcclit.outcomes import find_papers

    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"{output}: cannot be made ({error.strerror})")
    try:
        plotting = _Plotting(output, format, kind or list(FigureKind))
        plotting.run(list(find_papers(paths)), limits_of(timeout, memory))
    except WorkerError as error:
        fail(str(error))
    raise typer.Exit(0 if plotting.whole else 1)


class _Plotting:
    """A run over papers; `whole` says whether all could be drawn."""

    def __init__(self, folder: Path, form: FigureFormat, kinds: Sequence[FigureKind]) -> None:
        self._folder = folder
        self._form = form
        self._kinds = kinds
        self._names: Counter[str] = Counter()
        self.whole = True

    def run(self, found: Sequence[object], limits: object) -> None:
        """Draw all papers, then what goes over them."""
        from hcclit.figures.job import Drawn
        from hcclit.limits import PICTURES, Limits, Worker
        from hcclit.outcomes import Failure

        assert isinstance(limits, Limits)
        for failure in (each for each in found if isinstance(each, Failure)):
            self._failed(failure.path, failure.reason)
        papers = [each for each in found if isinstance(each, Path)]
        kinds = [str(kind) for kind in self._kinds]
        drawn = []
        with Worker(PICTURES, limits) as worker:
            for path, answer in zip(papers, worker.run((path, str(self._form), kinds) for path in papers), strict=True):
                if isinstance(answer, Drawn):
                    drawn.append(answer)
                    self._paper(path, answer)
                else:
                    self._failed(path, answer.reason)
        if len(drawn) > 1:
            self._over(drawn)

    def _paper(self, path: Path, drawn: Drawn) -> None:
        """Write the figures of one paper, and say what they lack."""
        self._names[path.stem] += 1
        again = self._names[path.stem]
        stem = path.stem if again == 1 else f"{path.stem}~{again}"
        for file in drawn.files:
            self._write(f"{stem}-{file.name}", file)
            for line in file.unplaced:
                say(f"{path}: {file.name}: not placed: {line}")
        if FigureKind.timeline in self._kinds:
            for line in drawn.data.without:
                say(f"{path}: {line}")
        if not drawn.files:
            say(f"{path}: nothing to draw")

    def _over(self, drawn: Sequence[Drawn]) -> None:
        from hcclit.figures.job import files_of
        from hcclit.figures.make import drawings_over

        wanted = (d for d in drawings_over([each.data for each in drawn]) if d.kind in self._kinds)
        for file in files_of(wanted, "svg" if self._form is FigureFormat.svg else "png"):
            self._write(f"all-{file.name}", file)

    def _write(self, name: str, file: DrawnFile) -> None:
        path = self._folder / f"{name}.{self._form}"
        try:
            path.write_bytes(file.data)
        except OSError as error:
            self._failed(path, f"cannot be written ({error.strerror})")
        else:
            typer.echo(str(path))

    def _failed(self, path: Path | str, reason: str) -> None:
        say(f"{path}: {reason}")
        self.whole = False
