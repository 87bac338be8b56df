"""`hcclit export`, `hcclit import`, `hcclit dictionary`: records in the tools that people have, and back."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.options import MemoryOption, TimeoutOption, limits_of
from hcclit.cli.output import fail, say, write
from hcclit.limits.bounds import MEGABYTES, SECONDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hcclit.exchange.papers import Problem


class Target(StrEnum):
    """What records are exported to."""

    brat = "brat"
    labelstudio = "labelstudio"
    docbin = "docbin"
    csv = "csv"
    parquet = "parquet"
    excel = "excel"
    effects = "effects"
    revman = "revman"


class DictionaryFormat(StrEnum):
    """How the data dictionary is printed."""

    md = "md"
    csv = "csv"
    json = "json"


class Tool(StrEnum):
    """What gold is imported from."""

    brat = "brat"
    labelstudio = "labelstudio"


def export(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="Records (JSONL), a folder of them (<doc_id>.jsonl), a run, a store, or papers, which are read now.",
            show_default=False,
        ),
    ],
    to: Annotated[Target, typer.Option("--to", help="The tool.", show_default=False)],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="File to write; a folder for brat and RevMan.", show_default=False)
    ],
    docs: Annotated[
        Path | None,
        typer.Option(help="Folder of the papers that given records are about.", show_default="beside the records"),
    ] = None,
    cited: Annotated[bool, typer.Option("--cited", help="Effects of other work that a paper cites, too.")] = False,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
) -> None:
    """Write records for other tools: brat, Label Studio, spaCy; tables; effects for meta-analysis.

    What cannot be carried over gets a line on standard error, and the exit code is 1; all else is written.
    docs/exports.md says how each is loaded, `hcclit dictionary` what the columns mean.

    Example: hcclit export papers/ --to effects -o effects.csv
    """
    from hcclit.exchange.sources import Wanted
    from hcclit.exchange.writing import TEXTS, Done, export_to
    from hcclit.limits import WorkerError
    from hcclit.store import StoreError

    try:
        wanted = Wanted(to.value in TEXTS, docs, limits_of(timeout, memory))
        done = export_to(to.value, sources, wanted, Done(output, cited))
    except (ValueError, StoreError, WorkerError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"{error.filename or output}: {error.strerror}")
    _end(done.problems, done.describe())


def import_(
    source: Annotated[
        Path, typer.Argument(help="brat's folder, or Label Studio's export as JSON.", show_default=False)
    ],
    tool: Annotated[Tool, typer.Option("--from", help="The tool.", show_default=False)],
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Folder that gets <doc_id>.jsonl for each paper.", show_default=False)
    ],
    docs: Annotated[
        Path | None,
        typer.Option(help="Folder of the papers: check that the tool has not changed their text.", show_default=False),
    ] = None,
    origin: Annotated[
        str | None,
        typer.Option(help="Mark all records as `review` of predictions or labelled `blind`.", show_default=False),
    ] = None,
) -> None:
    """Read records back from an annotation tool, as gold that `hcclit evaluate --gold` takes.

    A region that is no whole record gets a line on standard error that says what is missing, and the exit code is 1;
    all other records are written.

    Example: hcclit import annotations --from brat -o gold
    """
    from hcclit.exchange.reading import import_from

    if origin not in (None, "review", "blind"):
        fail(f"--origin {origin}: give review or blind")
    try:
        done = import_from(tool.value, source, output, docs, origin)
    except OSError as error:
        fail(f"{error.filename or output}: {error.strerror}")
    _end(done.problems, done.describe())


def dictionary(
    format: Annotated[DictionaryFormat, typer.Option(help="Form of the dictionary.")] = DictionaryFormat.md,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.")
    ] = None,
) -> None:
    """Print the data dictionary: every column of the tables, its values, unit and meaning.

    Example: hcclit dictionary --format csv -o dictionary.csv
    """
    from hcclit.exchange import dictionary as made

    forms = {
        DictionaryFormat.md: made.to_markdown,
        DictionaryFormat.csv: made.to_csv,
        DictionaryFormat.json: made.to_json,
    }
    write(forms[format](), output)


def _end(problems: Iterable[Problem], summary: str) -> None:
    lost = False
    for problem in problems:
        say(problem.describe())
        lost |= problem.lost
    say(summary)
    raise typer.Exit(1 if lost else 0)
