"""Who may talk to the page's server: the browser that was given the address, and nobody else.

The address holds a random token before everything else, so that a request without it is refused, be it for a script.
A foreign page in the same browser can't know it; that it can't make the browser believe that its own name is this
machine (DNS rebinding) is what the check of the `Host` header is for.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 1_000_000
"""Of a request; a form has some hundreds."""
HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",  # the address holds the token
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


class Guard:
    """Lets requests through whose path begins with the token, which it takes off, and sets the headers of answers."""

    def __init__(self, app: ASGIApp, token: str, hosts: Collection[str]) -> None:
        """Guard an application.

        Args:
            app: what is guarded.
            token: the first part of every path.
            hosts: names with ports by which the server may be called.
        """
        self._app = app
        self._token = token.encode()
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._http(scope, receive, _with_headers(send))
        else:
            raise RuntimeError("no other protocol is spoken here")

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        if refusal := self._refusal(scope):
            await refusal(scope, receive, send)
            return
        path = "/" + scope["path"].lstrip("/").partition("/")[2]
        await self._app(dict(scope) | {"path": path, "raw_path": path.encode()}, receive, send)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        token = scope["path"].lstrip("/").partition("/")[0].encode()
        if host not in self._hosts or headers.get("origin", f"http://{host}") != f"http://{host}":
            return PlainTextResponse("Refused: open the address that hcclit review printed.\n", 403)
        if not hmac.compare_digest(token, self._token):
            return PlainTextResponse("Refused: the token is missing or wrong; open the address as printed.\n", 403)
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES or "transfer-encoding" in headers:
            return PlainTextResponse("Refused: too much at once.\n", 413)
        return None


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(HEADERS)
        await send(message)

    return sending
