"""An HTTP proxy that does to the calls behind it what bad networks and load balancers do."""

import http.client
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "transfer-encoding", "content-length"}


@dataclass
class Answer:
    """What the server behind the proxy said, before the proxy passes it on."""

    status: int
    headers: dict[str, str]
    body: bytes
    send_bytes: int | None = None


Fault = Callable[[Callable[[], Answer]], Answer | None]
"""Takes the call to the server, which it may leave out; returns what to answer, None to hang up."""


@dataclass
class FaultyProxy:
    """Where the proxy is, and the faults it will commit, one per call of that method."""

    address: str
    faults: dict[str, deque[Fault]] = field(default_factory=dict)

    def next_calls(self, method: str, *faults: Fault) -> None:
        """Let the next calls of an HTTP method go wrong."""
        self.faults.setdefault(method, deque()).extend(faults)


def lose_the_answer(call: Callable[[], Answer]) -> None:
    """Let the call take effect, and hang up."""
    call()


def lose_the_request(call: Callable[[], Answer]) -> None:
    """Hang up at once."""


def cut_in_half(call: Callable[[], Answer]) -> Answer:
    """Hang up in the middle of the answer's body."""
    answer = call()
    answer.send_bytes = len(answer.body) // 2
    return answer


def answer_with(status: int, content_type: str, body: str) -> Fault:
    """Answer without asking the server."""
    return lambda _call: Answer(status, {"Content-Type": content_type}, body.encode())


@contextmanager
def faulty_proxy(upstream: str) -> Iterator[FaultyProxy]:
    """Run a proxy to `upstream` (``host:port``)."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_call(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))

            def call() -> Answer:
                connection = http.client.HTTPConnection(upstream, timeout=30)
                connection.request(self.command, self.path, body, dict(self.headers))
                reply = connection.getresponse()
                answer = Answer(reply.status, dict(reply.headers), reply.read())
                connection.close()
                return answer

            faults = proxy.faults.get(self.command)
            answer = faults.popleft()(call) if faults else call()
            self.close_connection = answer is None or answer.send_bytes is not None
            if answer is not None:
                self.pass_on(answer)

        def pass_on(self, answer: Answer) -> None:
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body[: answer.send_bytes])

        # The names http.server calls.
        do_GET = do_PUT = do_POST = do_HEAD = do_DELETE = handle_call  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        proxy = FaultyProxy(f"127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()
