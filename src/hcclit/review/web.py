"""The page's server: papers, steps and the page itself. What it says is in `shown`, what it does in `decide`."""

from __future__ import annotations

from collections.abc import Collection
from importlib.resources import files
from typing import Annotated, Any

from fastapi import Body, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.types import ASGIApp

from hcclit.errors import SetupError
from hcclit.limits import WorkerError
from hcclit.report.marked import marked_text
from hcclit.review import shown
from hcclit.review.asked import Asked
from hcclit.review.decide import OutdatedError, decide
from hcclit.review.desk import Desk, Paper, UnopenedError
from hcclit.review.forms import FormError
from hcclit.review.guard import Guard
from hcclit.review.journal import JournalError
from hcclit.review.standing import RefusedError
from hcclit.store import StoreError

_TYPES = {".js": "text/javascript", ".css": "text/css"}
_STATUS = {OutdatedError: 409, UnopenedError: 422, RefusedError: 422, WorkerError: 500, StoreError: 500}
_STATUS |= {JournalError: 500, SetupError: 500}


def application(desk: Desk, token: str, hosts: Collection[str]) -> ASGIApp:
    """The guarded application over a desk.

    Args:
        desk: the papers.
        token: the first part of every path.
        hosts: names with ports by which the server may be called.
    """
    app = FastAPI(title="hcclit review", docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    for kind, status in _STATUS.items():
        app.add_exception_handler(kind, _told(status))
    app.add_exception_handler(FormError, _told_by_field)
    _add_page(app, desk)
    _add_papers(app, desk)
    return Guard(app, token, hosts)


def _add_page(app: FastAPI, desk: Desk) -> None:
    jinja = Environment(loader=PackageLoader("hcclit.review", "assets"), autoescape=True, undefined=StrictUndefined)
    # Jinja escapes what it puts in; the page itself holds nothing of a paper, that comes as JSON and marked text
    page = jinja.get_template("page.html.j2").render(terms=desk.terms)
    folder = files("hcclit.review").joinpath("assets")
    assets = {file.name: file.read_bytes() for file in folder.iterdir() if _type(file.name)}

    @app.get("/")
    def index() -> Response:
        return HTMLResponse(page)

    @app.get("/assets/{name}")
    def asset(name: str) -> Response:
        if name not in assets:
            raise HTTPException(404)
        return Response(assets[name], media_type=_type(name))


def _type(name: str) -> str | None:
    return next((kind for ending, kind in _TYPES.items() if name.endswith(ending)), None)


def _add_papers(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/papers")
    def papers() -> dict[str, Any]:
        with desk.lock:
            return {"papers": shown.papers(desk), "forms": shown.forms(), "gold": str(desk.gold.path)}

    @app.get("/api/papers/{number}")
    def paper(number: int) -> dict[str, Any]:
        with desk.lock:
            return shown.paper(desk, number, _paper(desk, number))

    @app.get("/api/papers/{number}/text")
    def text(number: int) -> Response:
        with desk.lock:
            opened = _paper(desk, number)
            records = [item.record for item in opened.journal.standing.items.values()]
            return HTMLResponse(str(marked_text(opened.reading.document, records)))

    @app.post("/api/papers/{number}/steps")
    def step(number: int, asked: Annotated[Asked, Body()]) -> dict[str, Any]:
        with desk.lock:
            opened = _paper(desk, number)
            before = dict(opened.journal.standing.items)
            key = decide(desk, opened, asked)
            items = opened.journal.standing.items
            changed = [shown.shown_item(opened, item) for at, item in items.items() if before.get(at) != item]
            gone = [at for at in before if at not in items]
            return {"key": key, "changed": changed, "gone": gone, **shown.standing(opened)}


def _paper(desk: Desk, number: int) -> Paper:
    if not 0 <= number < len(desk.sources):
        raise HTTPException(404)
    return desk.paper(number)


def _told(status: int) -> Any:  # noqa: ANN401  # a handler as starlette wants it, of any exception
    def handler(request: Request, error: Exception) -> Response:
        return JSONResponse({"message": str(error)}, status)

    return handler


def _told_by_field(request: Request, error: Exception) -> Response:
    assert isinstance(error, FormError)
    return JSONResponse({"message": "Not saved; what is wrong stands at the fields.", "errors": error.errors}, 422)
