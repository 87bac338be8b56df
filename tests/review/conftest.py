"""Papers to review, a desk over them, and its server as a test client."""

from types import SimpleNamespace

import pytest
from starlette.testclient import TestClient

from hcclit.limits import Limits, Worker
from hcclit.review.desk import JOB, Desk, Terms
from hcclit.review.gold import GoldFolder
from hcclit.review.sources import sources
from hcclit.review.web import application
from tests.conftest import CASE

TOKEN = "a-token-of-this-test"
HOST = "127.0.0.1:8765"

HOSTILE = (
    'A case: <script>alert(1)</script> \U0001d400\U0001d401 In May 2009 he got "sora\'fenib" '
    '<b onclick=alert(2)>sorafenib</b> 400 mg bid & "><img src=x onerror=alert(3)>.\r\nThe AFP was 1,905 ng/mL.\r\n'
)
"""A paper that would run scripts if it could, with signs outside the basic plane and Windows line ends."""


@pytest.fixture(scope="session")
def worker():
    """The process that reads papers, which takes seconds to load."""
    with Worker(JOB, Limits()) as started:
        yield started


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "case.txt").write_text(CASE)
    (folder / "hostile.txt").write_bytes(HOSTILE.encode())
    (folder / "empty.txt").write_text("")
    return folder


@pytest.fixture
def at_desk(papers, worker):
    """Open a desk with its client; what is open at the end is closed."""
    opened = []

    def open_desk(place=None, gold=None, **terms):
        place = place or papers
        desk = Desk(sources(place), GoldFolder(gold or papers / "review"), Terms(**terms), worker)
        opened.append(desk)
        app = application(desk, TOKEN, {HOST})
        client = TestClient(app, base_url=f"http://{HOST}/{TOKEN}/", raise_server_exceptions=False)
        return SimpleNamespace(desk=desk, client=client)

    yield open_desk
    for desk in opened:
        desk.gold.close()
