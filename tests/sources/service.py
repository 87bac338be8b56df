"""A server on this machine that answers as Europe PMC's documentation says, with the faults of real ones.

The answers are invented; their shape is the documented one.
"""

import json
import threading
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

JATS = "<article><front><article-meta/></front><body><p>{pmcid}: AFP was 12 ng/mL.</p></body></article>"


class Service:
    """What the server has, what it has been asked, and which faults come before the right answer.

    `faults` are by path: each answer to that path takes one off; an int is a status, a dict is a status with headers,
    `cut` closes the connection, `garbled` sends half of the answer as if it were whole.
    """

    def __init__(self, papers, page_size=2):
        self.papers = list(papers)  # (pmcid or None, JATS or None)
        self.page_size = page_size
        self.faults = {}
        self.asked = Counter()
        self.queries = []
        self.agents = set()

    def answer(self, path, parameters):
        if path == "/search":
            return 200, json.dumps(self.search(parameters)).encode()
        pmcid = path.split("/")[1]
        text = dict(self.papers).get(pmcid)
        return (404, b"") if text is None else (200, text.encode())

    def search(self, parameters):
        self.queries.append((parameters["query"][0], parameters["cursorMark"][0]))
        cursor = parameters["cursorMark"][0]
        start = 0 if cursor == "*" else int(cursor.removeprefix("AoE"))
        rows = self.papers[start : start + self.page_size]
        result = [
            {"id": str(start + i), "source": "MED", "title": "Invented", "isOpenAccess": "Y", "pubYear": "2026"}
            | ({"pmcid": pmcid} if pmcid else {})
            for i, (pmcid, _) in enumerate(rows)
        ]
        answer = {"version": "6.9", "hitCount": len(self.papers), "request": {}, "resultList": {"result": result}}
        return answer | ({"nextCursorMark": f"AoE{start + len(rows)}"} if rows else {})


@contextmanager
def serving(service):
    """Serve it; gives the address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            service.asked[parts.path] += 1
            service.agents.add(self.headers["User-Agent"])
            fault = (service.faults.get(parts.path) or [None]).pop(0)
            if fault == "cut":
                self.connection.close()
                return
            status, body = service.answer(parts.path, parse_qs(parts.query))
            headers = {}
            if fault == "garbled":
                body = body[: len(body) // 2]
            elif isinstance(fault, dict):
                status, headers, body = fault["status"], fault["headers"], b""
            elif fault is not None:
                status, body = fault, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
