"""Hostile and broken files, for real: each ends as records or as a failure with one line, and the next one is read."""

import json
import os
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from hcclit.batches import worker_pool
from hcclit.limits import PRINTED, Limits, Stopped, Worker
from hcclit.outcomes import Failure, find_papers
from tests.conftest import CASE
from tests.hostile import KINDS, LIMIT

UNENDING = ("PDF, 5,000 pages", "text, a line of 20 MB full of facts", "PDF, forms in forms")
LONG = ("PDF, 500 pages", "text, a line of 20 MB", "text, a word of 20 MB", "JATS, a line of 20 MB")
APART = ("no rights", "a folder", "a name that cannot be written", *UNENDING, *LONG)


@pytest.fixture(scope="module")
def pool():
    """One process for all files: what one leaves behind must not hurt the next."""
    with worker_pool(1, Limits(seconds=120)) as made:
        yield made


def outcome_of(pool, path, good):
    """What became of a hostile paper, between two good ones."""
    before, outcome, after = pool.process([good, path, good])
    assert len(before.records) == len(after.records) == 4
    assert outcome.failure is None or "\n" not in outcome.failure.reason
    return outcome


@pytest.fixture
def good(tmp_path):
    (tmp_path / "good").mkdir()
    (tmp_path / "good/good.txt").write_text(CASE)
    return tmp_path / "good/good.txt"


@pytest.mark.parametrize("name", [name for name in KINDS if name not in APART])
def test_a_hostile_file_gets_one_line_and_the_next_one_is_read(pool, good, tmp_path, name):
    outcome = outcome_of(pool, KINDS[name].make(tmp_path), good)
    said = outcome.failure.reason if outcome.failure else None
    assert (said is None) == (KINDS[name].line is None), said
    assert said is None or re.search(KINDS[name].line, said)
    assert said is None or "please report" not in said


@pytest.mark.parametrize("name", UNENDING)
def test_a_file_that_takes_too_much_is_stopped(good, tmp_path, name):
    with worker_pool(1, Limits(seconds=5)) as hurried:
        outcome = outcome_of(hurried, KINDS[name].make(tmp_path), good)
    assert re.search(LIMIT, outcome.failure.reason)
    assert outcome.sha256 is not None, "without its hash it would be tried again by every run"


@pytest.mark.soak
@pytest.mark.parametrize("name", LONG)
def test_a_long_file_is_read_or_stopped(good, tmp_path, name):
    with worker_pool(1, Limits()) as usual:
        outcome = outcome_of(usual, KINDS[name].make(tmp_path), good)
    assert outcome.failure is None or re.search(KINDS[name].line or LIMIT, outcome.failure.reason)


PIECE = "<p>AFP was 12 ng/mL in the <i>first</i> group.</p>"
MUCH = {
    "paper.xml": lambda: f"<article><body><sec>{PIECE * 400_000}</sec></body></article>",
    "paper.html": lambda: f"<!DOCTYPE html><html><body>{PIECE * 400_000}</body></html>",
    "paper.json": lambda: json.dumps({"documents": [{"passages": [{"infons": {}, "text": PIECE}] * 300_000}]}),
    "paper.txt": lambda: "AFP was 12 ng/mL in the first group.\n" * 4_000_000,
}


@pytest.mark.parametrize("name", MUCH)
def test_a_reader_that_is_refused_memory_blames_no_file(tmp_path, name):
    """Parsers tell it as a file that ends too soon, or leave out what they had no room for."""
    (tmp_path / name).write_text(MUCH[name]())
    with Worker(PRINTED, Limits(seconds=120, megabytes=250)) as worker:
        (answer,) = worker.run([(tmp_path / name, None, False)])
    assert answer == Stopped("needs more than 250 MB of memory; raise --memory, or split it")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights_says_so(pool, good, tmp_path):
    assert "Permission denied" in outcome_of(pool, KINDS["no rights"].make(tmp_path), good).failure.reason
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(0)
    found = list(find_papers([tmp_path]))
    assert [f.path for f in found if isinstance(f, Failure)] == [str(tmp_path / "closed")]


def test_a_name_that_cannot_be_written_is_told_and_the_others_are_found(good, tmp_path):
    KINDS["a name that cannot be written"].make(tmp_path)
    (failure,) = [found for found in find_papers([tmp_path]) if isinstance(found, Failure)]
    assert failure.path == f"{tmp_path}/stra?nge?.txt"
    assert "name" in failure.reason
    assert good in list(find_papers([tmp_path]))


def test_what_is_no_file_is_found_in_a_folder_and_told(pool, tmp_path):
    for name in ("a pipe", "a device", "a link to itself"):
        KINDS[name].make(tmp_path)
    os.mkfifo(tmp_path / "pipe.json")
    found = list(find_papers([tmp_path]))
    assert [path.name for path in found] == ["device.txt", "loop.txt", "pipe.txt"]
    assert all(outcome.failure for outcome in pool.process(found))
    assert [o.failure.reason for o in pool.process([tmp_path])] == ["is a folder, not a file"]


def test_a_file_that_goes_before_it_is_read_says_so(pool, good):
    (path,) = find_papers([good.parent])
    good.unlink()
    (outcome,) = pool.process([path])
    assert outcome.failure.reason == "no such file"


@pytest.mark.parametrize("kind", ["PDF under another name", "JATS under another name", "text under another name"])
def test_a_file_that_changes_while_it_is_read_is_read_or_refused(pool, good, tmp_path, kind):
    path = KINDS[kind].make(tmp_path)
    whole = path.read_bytes()
    stop = threading.Event()

    def change():
        while not stop.is_set():
            for size in (len(whole) // 2, 0, len(whole)):
                path.write_bytes(whole[:size])

    changer = threading.Thread(target=change)
    changer.start()
    try:
        outcomes = pool.process([path] * 30)
    finally:
        stop.set()
        changer.join()
    assert not [o for o in outcomes if o.failure and ("report" in o.failure.reason or "\n" in o.failure.reason)]
    assert outcome_of(pool, path, good).failure is None


CANARY = "the canary sang of 777 ng/mL"


@pytest.fixture
def asked(tmp_path):
    """A server, and the list of what it was asked for."""
    paths = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            paths.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(f'<!ENTITY net "{CANARY}">'.encode())

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    (tmp_path / "canary.txt").write_text(CANARY)
    (tmp_path / "canary.dtd").write_text(f'<!ENTITY net "{CANARY}">')
    yield f"http://127.0.0.1:{server.server_port}", paths
    server.shutdown()
    server.server_close()


BODY = "<article><body><sec><p>AFP was 12 ng/mL. {}</p></sec></body></article>"
ABROAD = {
    "entity in a file": '<!DOCTYPE article [<!ENTITY e SYSTEM "{file}">]>' + BODY.format("&e;"),
    "entity on the net": '<!DOCTYPE article [<!ENTITY e SYSTEM "{net}/e">]>' + BODY.format("&e;"),
    "DTD in a file": '<!DOCTYPE article SYSTEM "{dtd}">' + BODY.format("&net;"),
    "DTD on the net": '<!DOCTYPE article SYSTEM "{net}/a.dtd">' + BODY.format("&net;"),
    "public DTD": '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "{net}/jats.dtd">' + BODY.format(""),
    "parameter entity": '<!DOCTYPE article [<!ENTITY % p SYSTEM "{net}/p"> %p;]>' + BODY.format("&net;"),
    "parameter entity in a file": '<!DOCTYPE article [<!ENTITY % p SYSTEM "{dtd}"> %p;]>' + BODY.format("&net;"),
    "inclusion": BODY.format('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{file}" parse="text"/>'),
    "style sheet": '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{net}/s.xsl"?>' + BODY.format(""),
    "page": '<html><head><base href="{net}/"><link rel="stylesheet" href="{net}/s.css"><script src="{net}/x.js">'
    '</script></head><body><p>AFP was 12 ng/mL.</p><img src="{net}/i.png"><iframe src="{net}/f.html"></iframe>'
    '<object data="{file}"></object></body></html>',
    "page with a DTD": '<!DOCTYPE html SYSTEM "{net}/h.dtd" [<!ENTITY e SYSTEM "{file}">]><html><body>'
    "<p>AFP was 12 ng/mL. &e;</p></body></html>",
    "BioC": '{{"documents": [{{"passages": [{{"infons": {{}}, "text": "AFP was 12 ng/mL."}}, {{"infons": '
    '{{"type": "table", "xml": "<!DOCTYPE t [<!ENTITY e SYSTEM \'{file}\'>]><table><tr><td>&e;</td></tr></table>"}}'
    "}}]}}]}}",
}


@pytest.mark.parametrize("name", ABROAD)
def test_nothing_is_fetched_from_disk_or_net(pool, asked, tmp_path, name):
    net, paths = asked
    places = {"file": (tmp_path / "canary.txt").as_uri(), "dtd": (tmp_path / "canary.dtd").as_uri(), "net": net}
    paper = tmp_path / "paper.xml"
    paper.write_text(ABROAD[name].format(**places))
    (outcome,) = pool.process([paper])
    assert paths == []
    assert "777" not in repr(outcome)
    assert outcome.failure or outcome.records
