"""`hcclit check`: does it add up?"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.options import MemoryOption, SilencedOption, TimeoutOption, limits_of, silences_of
from hcclit.cli.output import fail, say, write
from hcclit.limits.bounds import MEGABYTES, SECONDS

if TYPE_CHECKING:
    from hcclit.checks import Finding
    from hcclit.checks.silencing import Silence
    from hcclit.limits import Limits


class FindingFormat(StrEnum):
    """How findings are printed."""

    table = "table"
    jsonl = "jsonl"


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH...", help="Papers, or folders of papers.", show_default=False),
    ] = None,
    format: Annotated[FindingFormat, typer.Option(help="Form of the findings.")] = FindingFormat.table,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.")
    ] = None,
    silenced: SilencedOption = None,
    silence: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Silence this finding from now on; needs --reason and --silenced."),
    ] = None,
    reason: Annotated[str | None, typer.Option(help="Why it is silenced; it is kept beside it.")] = None,
    list_checks: Annotated[
        bool, typer.Option("--list", help="Say what each check computes, by what source, and end.")
    ] = False,
    by: Annotated[str | None, typer.Option(help="Who silences it.")] = None,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
) -> None:
    """Compute again what papers state, and list what does not fit.

    Counts against percentages, responses against their sum, estimates against intervals and p-values, one fact stated
    twice, dates and doses. Rounding is respected: a finding means that no values which round to the stated ones fit.
    Findings are no error: the exit code is 0, and 1 where a paper could not be read or
    a check failed.

    Example: hcclit check paper.pdf --format jsonl
    """
    if list_checks:
        from hcclit.checks.described import described

        write(described(), output)
        return
    if not paths and not silence:
        fail("name at least one paper or folder")
    found, is_whole = _found(paths, limits_of(timeout, memory)) if paths else ([], True)
    if silence:
        _silence(silence, found if paths else None, silenced, (reason, by))
    silences = silences_of(silenced)
    if paths:
        _show(found, silences, format, output)
    raise typer.Exit(0 if is_whole else 1)


def _found(paths: list[Path], limits: Limits) -> tuple[list[Finding], bool]:
    """The findings of all papers, and whether all papers could be read; what could not is told."""
    from hcclit.limits import FINDINGS, Worker, WorkerError

    findings: list[Finding] = []
    is_whole = True
    with Worker(FINDINGS, limits) as worker:
        from hcclit.batches import process_all  # after the worker has begun to load

        try:
            for outcome in process_all(paths, worker):
                findings.extend(outcome.findings)
                for failure in outcome.failures:
                    is_whole = False
                    say(f"{failure.path}: {failure.reason}")
        except WorkerError as error:
            fail(str(error))
    return findings, is_whole


def _silence(
    ids: list[str], found: list[Finding] | None, file: Path | None, said: tuple[str | None, str | None]
) -> None:
    """Keep what is silenced; an id that no finding of the papers has is refused, where papers are named."""
    from pydantic import ValidationError

    from hcclit.checks.silencing import Silence, add_silence

    reason, by = said
    if file is None or not (reason and reason.strip()):
        fail("--silence needs --reason TEXT and --silenced FILE")
    papers = {finding.id: finding.doc_id for finding in found or ()}
    for each in ids:
        if found is not None and each not in papers:
            fail(f"{each}: no finding of these papers has this id")
        try:
            add_silence(file, Silence(finding=each, doc_id=papers.get(each), reason=reason, by=by))
        except ValidationError:
            fail(f"{each}: not an id of a finding, which has twelve hexadecimal digits")
        except ValueError as error:
            fail(str(error))
        except OSError as error:
            fail(f"{file}: cannot be written ({error.strerror})")


def _show(findings: list[Finding], silences: dict[str, Silence], form: FindingFormat, output: Path | None) -> None:
    from hcclit.checks.output import summary, to_jsonl, to_table

    printed = to_jsonl if form is FindingFormat.jsonl else to_table
    write(printed(findings, silences), output)
    say(summary(findings, silences))
