"""A client for Europe PMC's REST interface: search by cursor, and JATS full text of open-access papers.

Source: Europe PMC, "Articles RESTful API" (https://europepmc.org/RestfulWebService). `search` takes `query`, `format`,
`resultType`, `pageSize` (up to 1000), `sort` and `cursorMark`, `*` for the first page; its answer holds `hitCount`,
`nextCursorMark` and `resultList.result`. `{pmcid}/fullTextXML` gives the full text of an open-access paper as JATS.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType

import httpx
import stamina
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hcclit import __version__

BASE = "https://www.ebi.ac.uk/europepmc/webservices/rest"
FIRST_PAGE = "*"
PAGE_SIZE = 100
ATTEMPTS = 6
LONGEST_WAIT = 120.0
"""Seconds that a server may ask us to wait before we give up for this time."""
_BUSY = frozenset({408, 425, 429, 500, 502, 503, 504})
_NOT_FOUND = 404


class SourceError(Exception):
    """The service cannot be used now; the message is one line for the user. What was fetched before is kept."""


class _PassingError(Exception):
    """An answer that may be better a little later."""


class Hit(BaseModel):
    """One paper of a search's answer, as far as it is used here."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    id: str
    source: str
    pmcid: str | None = None
    title: str = ""
    is_open_access: bool = Field(default=False, alias="isOpenAccess")


class _Results(BaseModel):
    result: list[Hit] = Field(default_factory=list)


class Page(BaseModel):
    """One page of a search's answer; `cursor` is the mark of the next one, None after the last."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)

    hits: int = Field(alias="hitCount")
    cursor: str | None = Field(default=None, alias="nextCursorMark")
    results: _Results = Field(default_factory=_Results, alias="resultList")


@dataclass
class EuropePmc:
    """A polite client: one request at a time, never faster than `interval`, with a contact in its user agent.

    Errors that may pass (busy, cut off, garbled) are tried again with growing waits, or after the time that the
    server asks for.
    """

    contact: str
    base: str = BASE
    interval: float = 0.5
    backoff: float = 1.0
    _last: float = field(default=0.0, init=False)

    def __post_init__(self) -> None:
        """Open the connection pool."""
        agent = f"hcclit/{__version__} (mailto:{self.contact})"
        self._client = httpx.Client(
            base_url=self.base, timeout=60, follow_redirects=True, headers={"User-Agent": agent}
        )

    def __enter__(self) -> EuropePmc:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def search(self, query: str, cursor: str = FIRST_PAGE) -> Iterator[Page]:
        """Give the pages of a search's answer from a cursor on; a page comes with the cursor to go on from.

        Raises:
            SourceError: the service does not answer, or not as documented.
        """
        while True:
            page = self._page(query, cursor)
            last = not page.results.result or page.cursor in (None, cursor)
            yield page.model_copy(update={"cursor": None if last else page.cursor})
            if last or page.cursor is None:
                return
            cursor = page.cursor

    def full_text(self, pmcid: str) -> bytes | None:
        """The JATS of a paper, None where the service has none.

        Raises:
            SourceError: the service does not answer.
        """
        answer = self._get(f"/{pmcid}/fullTextXML", {})
        return None if answer.status_code == _NOT_FOUND else answer.content

    def _page(self, query: str, cursor: str) -> Page:
        parameters = {
            "query": query, "format": "json", "resultType": "lite", "pageSize": str(PAGE_SIZE),
            "sort": "FIRST_IDATE_D asc", "cursorMark": cursor,
        }  # fmt: skip
        answer = self._get("/search", parameters, json=True)
        if answer.status_code == _NOT_FOUND:
            raise SourceError(f"{self.base}: no search there; is the address right?")
        return Page.model_validate_json(answer.content)

    def _get(self, path: str, parameters: dict[str, str], json: bool = False) -> httpx.Response:
        try:
            for attempt in stamina.retry_context(
                on=_hold, attempts=ATTEMPTS, timeout=None, wait_initial=self.backoff, wait_max=60 * self.backoff
            ):
                with attempt:
                    return self._once(path, parameters, json)
        except (httpx.HTTPError, _PassingError) as error:
            raise SourceError(f"{self.base}{path}: {error or type(error).__name__} (tried {ATTEMPTS} times)") from error
        raise AssertionError("unreachable")

    def _once(self, path: str, parameters: dict[str, str], json: bool) -> httpx.Response:
        self._wait_for_turn()
        answer = self._client.get(path, params=parameters)
        if answer.status_code in _BUSY:
            raise _BusyError(answer)
        if answer.is_error and answer.status_code != _NOT_FOUND:
            raise SourceError(f"{answer.url}: answers {answer.status_code} {answer.reason_phrase}")
        if json and answer.is_success:
            _check_page(answer)
        return answer

    def _wait_for_turn(self) -> None:
        wait = self._last + self.interval - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last = time.monotonic()


class _BusyError(_PassingError):
    """The server has no time for us; it may say when it will."""

    def __init__(self, answer: httpx.Response) -> None:
        super().__init__(f"answers {answer.status_code} {answer.reason_phrase}")
        after = answer.headers.get("Retry-After", "")
        self.after = float(after) if after.isdigit() else None


def _hold(error: Exception) -> bool | float | timedelta:
    """Whether to try again, or after how many seconds."""
    if isinstance(error, _BusyError) and error.after is not None:
        return error.after if error.after <= LONGEST_WAIT else False
    return isinstance(error, _PassingError | httpx.TransportError)


def _check_page(answer: httpx.Response) -> None:
    try:
        Page.model_validate_json(answer.content)
    except ValidationError as error:
        raise _PassingError(f"no search answer as documented ({error.errors()[0]['msg']})") from error
