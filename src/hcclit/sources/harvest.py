"""New open-access papers of a Europe PMC query into an inbox folder, resumable and each once.

What was asked and how far it came stands in a file of the inbox. A harvest looks at papers that were indexed, or got
their full text, since the last one that came to its end (a week earlier, as indexing takes time and days overlap);
one that was cut off goes on from its cursor. A paper's file is there whole or not at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from lxml import etree
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from hcclit.sources.europepmc import FIRST_PAGE, EuropePmc, SourceError

STATE = ".europepmc.json"
OVERLAP = timedelta(days=7)
FAR = date(3000, 1, 1)


class State(BaseModel):
    """How far the harvest of one query came."""

    since: date | None = None
    """Start of the last harvest that came to its end."""
    begun: date | None = None
    """Start of the harvest that is under way."""
    cursor: str = FIRST_PAGE
    again: set[str] = Field(default_factory=set)
    """Papers whose full text came damaged; the next harvest asks for them again."""


_STATES = TypeAdapter(dict[str, State])


@dataclass
class Harvest:
    """What a harvest brought; `failures` are lines for the user."""

    new: list[Path] = field(default_factory=list)
    seen: int = 0
    without_text: int = 0
    failures: list[str] = field(default_factory=list)

    def describe(self) -> str:
        """One line for the user."""
        parts = [f"{len(self.new)} papers fetched", f"{self.seen} fetched before"]
        parts += [f"{self.without_text} without open full text", f"{len(self.failures)} failures"]
        return "Europe PMC: " + ", ".join(parts)


def harvest(client: EuropePmc, query: str, inbox: Path) -> Harvest:
    """Fetch what is new for a query into an inbox.

    Args:
        client: the service.
        query: as Europe PMC's search takes it; `OPEN_ACCESS:y` keeps to what can be fetched.
        inbox: folder that gets `PMC….xml` files; made where there is none.

    Raises:
        SourceError: the service cannot be used now; what was fetched is kept, and the next harvest goes on from it.
    """
    inbox.mkdir(parents=True, exist_ok=True)
    states = _states(inbox)
    state = states.setdefault(query, State())
    state.begun = state.begun or datetime.now(UTC).date()
    done = Harvest()
    for pmcid in sorted(state.again):
        _fetch(client, pmcid, inbox, state, done)
    for page in client.search(_windowed(query, state.since), state.cursor):
        for hit in page.results.result:
            _fetch(client, hit.pmcid, inbox, state, done)
        state.cursor = page.cursor or FIRST_PAGE
        _save(inbox, states)
    state.since, state.begun = state.begun, None
    _save(inbox, states)
    return done


def _windowed(query: str, since: date | None) -> str:
    if since is None:
        return query
    window = f"[{since - OVERLAP} TO {FAR}]"
    return f"({query}) AND (FIRST_IDATE:{window} OR FT_CDATE:{window})"


def _fetch(client: EuropePmc, pmcid: str | None, inbox: Path, state: State, done: Harvest) -> None:
    path = inbox / f"{pmcid}.xml"
    if path.exists():
        done.seen += 1
        return
    text = client.full_text(pmcid) if pmcid is not None else None
    if pmcid is None or text is None:
        done.without_text += 1
    elif reason := _malformed(text):
        state.again.add(pmcid)
        done.failures.append(f"{pmcid}: full text is no well-formed XML ({reason}); tried again next time")
    else:
        new = path.with_suffix(".part")
        new.write_bytes(text)
        new.replace(path)
        state.again.discard(pmcid)
        done.new.append(path)


def _malformed(text: bytes) -> str | None:
    # entities are not expanded and nothing is loaded: a service's answer is not trusted
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        etree.fromstring(text, parser)
    except etree.XMLSyntaxError as error:
        return str(error.msg)
    return None


def _states(inbox: Path) -> dict[str, State]:
    path = inbox / STATE
    try:
        return _STATES.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (ValidationError, OSError) as error:
        raise SourceError(f"{path}: cannot be read; remove it to fetch from the beginning") from error


def _save(inbox: Path, states: dict[str, State]) -> None:
    new = inbox / f"{STATE}.new"
    new.write_bytes(_STATES.dump_json(states, indent=1))
    new.replace(inbox / STATE)
