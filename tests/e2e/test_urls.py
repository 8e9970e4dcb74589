"""URLs on a running system: asked for by a person and by a program, stored, refused, and kept for later."""

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from contracts.outcomes import RejectReason, State
from services.cli.pages.written import ROOT
from tests.e2e.running import System, until
from tests.e2e.writing import an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]


class Page(BaseHTTPRequestHandler):
    """Articles under numbers, a host that asks to wait, and nothing else."""

    def do_GET(self) -> None:
        name = self.path.strip("/")
        status = 200 if name.isdecimal() else 503 if name == "busy" else 404
        title, _, text = an_article(int(name)).partition("\n") if status == 200 else ("", "", "")
        body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p></body></html>"
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=iso-8859-1")
        if status == 503:
            self.send_header("Retry-After", "3600")
        self.end_headers()
        self.wfile.write(body.encode("iso-8859-1", "xmlcharrefreplace"))

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def site(web_port: int) -> Iterator[str]:
    """Where the pages are."""
    server = ThreadingHTTPServer(("127.0.0.1", web_port), Page)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{web_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def ask(system: System, url: str) -> str:
    """Ask for a URL as a program does that has the password of `requester`: with the example of the page."""
    text = (ROOT / "docs" / "web.md").read_text(encoding="utf-8")
    [example] = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    ours = {
        "nats://127.0.0.1:4222": system.url,
        "PASSWORD": system.credentials()["requester"],
        "https://example.org/an/article": url,
    }
    for theirs, mine in ours.items():
        assert theirs in example
        example = example.replace(theirs, mine)
    told = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout.strip()


def test_a_page_that_a_program_asks_for_is_stored_with_its_url(system: System, site: str) -> None:
    input_id = ask(system, f"{site}/701#here")

    [stored] = system.ended(input_id)

    assert (stored.state, stored.source_uri) == (State.STORED, f"{site}/701")
    assert [step.service for step in stored.steps][:1] == ["fetch"]


def test_a_page_of_this_machine_is_refused_with_its_reason(system: System) -> None:
    input_id = ask(system, "http://127.0.0.2/secret")

    [refused] = system.ended(input_id)

    assert (refused.state, refused.reason) == (State.REJECTED, RejectReason.FORBIDDEN_ADDRESS)


def test_ingest_asks_for_urls_and_tells_how_each_ended(system: System, site: str) -> None:
    told = system.wireroom("ingest", f"{site}/702", f"{site}/nothing", "ftp://example.org/a", "--json")

    assert told.returncode == 1, told.stderr
    ends = {one["path"]: (one["state"], one["reason"]) for one in json.loads(told.stdout)["inputs"]}
    assert ends == {
        f"{site}/702": ("stored", None),
        f"{site}/nothing": ("rejected", "http_status"),
        "ftp://example.org/a": ("rejected", "forbidden_scheme"),
    }
    again = system.wireroom("ingest", f"{site}/702")
    assert again.returncode == 0, again.stderr


def test_what_is_kept_for_later_is_seen_and_no_failure(system: System, site: str) -> None:
    input_id = ask(system, f"{site}/busy")

    def kept() -> bool:
        told = system.wireroom("trace", input_id, "--json")
        return told.returncode == 0 and json.loads(told.stdout)["inputs"][0]["state"] == "in_progress"

    until(kept, seconds=60, what="an errand that is kept")
    until(
        lambda: "asks for it again at" in system.wireroom("trace", f"{site}/busy").stdout,
        seconds=60,
        what="why it is kept",
    )
    until(  # it is shown at the end of a round
        lambda: system.samples("fetch", "wireroom_urls_waiting").get("") == 1.0, seconds=60, what="one that waits"
    )
    until(
        lambda: system.samples("fetch", "wireroom_pages_total").get("http_status", 0.0) >= 1.0,
        seconds=60,
        what="what its page came to",
    )
