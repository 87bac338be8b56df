"""`hcclit review`: go through the records of papers on a local page, and keep the outcome as gold."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hcclit.cli.options import EntitiesOption, MemoryOption, TimeoutOption, choose_entities, limits_of
from hcclit.cli.output import fail, say
from hcclit.limits.bounds import MEGABYTES, SECONDS

if TYPE_CHECKING:
    from hcclit.limits import Limits
    from hcclit.review.desk import Terms
    from hcclit.review.gold import GoldFolder
    from hcclit.review.sources import Source


class Order(StrEnum):
    """In which order the records of a paper come."""

    confidence = "confidence"
    text = "text"


def review(
    place: Annotated[
        Path, typer.Argument(metavar="STORE_OR_DIR", help="A store, or a folder of papers.", show_default=False)
    ],
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 0,
    gold: Annotated[
        Path | None,
        typer.Option(help="Folder for the outcome: DIR/review, or STORE-review beside it.", show_default=False),
    ] = None,
    reviewer: Annotated[
        str | None, typer.Option(help="Your name, kept with every decision.", show_default=False)
    ] = None,
    blind: Annotated[bool, typer.Option("--blind", help="Show no predictions: label by selecting text alone.")] = False,
    order: Annotated[Order, typer.Option(help="Records of lowest confidence first, or as in the text.")] = (
        Order.confidence
    ),
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    timeout: TimeoutOption = SECONDS,
    memory: MemoryOption = MEGABYTES,
    entities: EntitiesOption = None,
) -> None:
    """Review the records of papers on a page in your browser, by keyboard: accept, correct, reject, add.

    Nothing leaves this machine. Every step is saved at once; stop with Ctrl-C whenever you like, and go on with the
    same command. Papers that you mark as done become gold that `hcclit evaluate --gold` takes.

    Example: hcclit review papers/ --reviewer anna
    """
    from hcclit.review.desk import Terms
    from hcclit.review.gold import GoldFolder
    from hcclit.review.journal import JournalError
    from hcclit.review.sources import gold_folder, sources
    from hcclit.store import StoreError

    if not place.exists():
        fail(f"{place}: no such folder or store")
    limits = limits_of(timeout, memory)
    choose_entities(entities)
    try:
        papers = sources(place.resolve())
        folder = GoldFolder(gold or gold_folder(place))
    except (StoreError, JournalError) as error:
        fail(str(error))
    terms = Terms("blind" if blind else "review", reviewer, order.value)
    _review(papers, folder, terms, (limits, port, not no_browser))


def _review(papers: list[Source], folder: GoldFolder, terms: Terms, how: tuple[Limits, int, bool]) -> None:
    from hcclit.limits import Worker
    from hcclit.review.desk import JOB, Desk
    from hcclit.review.journal import JournalError
    from hcclit.review.serve import bound, serve

    limits, port, browser = how
    try:
        _told(papers, folder)
        listening = bound(port)
    except JournalError as error:
        fail(str(error))
    except OSError as error:
        fail(f"port {port} cannot be used ({error.strerror}); give another --port")
    try:
        with Worker(JOB, limits) as worker:  # it loads while the page opens
            desk = Desk(papers, folder, terms, worker)
            serve(desk, listening, lambda address: say(f"Review at {address} (Ctrl-C ends it)"), browser)
    except KeyboardInterrupt:
        pass
    finally:
        folder.close()
        say(folder.describe())


def _told(papers: list[Source], folder: GoldFolder) -> None:
    """Say what the user should know before the page opens."""
    for journal in folder.journals.values():
        if journal.dropped:
            say(journal.dropped)
    for doc_id in folder.write_all():
        say(f"{folder.gold_path(doc_id)}: brought up to date with its journal")
    for paper in papers:
        if paper.failure:
            say(f"{paper.path}: {paper.failure}")
    if all(paper.failure for paper in papers):
        fail("no paper here can be reviewed")
    known = {paper.doc_id for paper in papers}
    if elsewhere := sorted(set(folder.journals) - known):
        say(f"{folder.path}: also holds the review of papers that are not here: {', '.join(elsewhere)}")
