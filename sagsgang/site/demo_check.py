"""`demo --check`: fetch a front page, a meeting, an item, a PDF and the feed as a visitor would, and say so."""

import re
import sys
import time
import urllib.request
from urllib.error import HTTPError

from sagsgang.core.errors import RuleBrokenError

PATIENCE = 120.0  # seconds for the worker to make the first PDFs


def check(address: str, began: float) -> int:
    """Answer 0 and print a line that begins `demo ok`, or raise `RuleBrokenError` with the page that failed."""
    front = _fetch(address + "/").decode()
    meeting_path = _first(r'href="(/moeder/[^"]+/)"', front, "forsiden har intet møde")
    meeting = _fetch(address + meeting_path).decode()
    item_path = _first(r'href="(/punkter/[^"]+/)"', meeting, "mødet har intet punkt")
    item = _fetch(address + item_path)
    pdf = _fetch_when_made(address + "/moeder/" + meeting_path.split("/")[2] + "/referat.pdf")
    if not pdf.startswith(b"%PDF-"):
        raise RuleBrokenError("Demoens PDF er ikke en PDF.")
    feed = _fetch(address + "/feed.atom")
    sizes = {"forside": len(front), "møde": len(meeting), "punkt": len(item), "PDF": len(pdf), "feed": len(feed)}
    words = ", ".join(f"{name} {size}" for name, size in sizes.items())
    sys.stdout.write(f"demo ok efter {time.monotonic() - began:.1f} s ({words} byte)\n")
    return 0


def _first(pattern: str, page: str, complaint: str) -> str:
    found = re.search(pattern, page)
    if found is None:
        raise RuleBrokenError(f"Demoen fejlede: {complaint}.")
    return found[1]


def _fetch(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
            content: bytes = answer.read()
            return content
    except HTTPError as error:
        raise RuleBrokenError(f"Demoen fejlede: {url} svarede {error.code}.") from error


def _fetch_when_made(url: str) -> bytes:
    """The PDF is made by the worker; until then the answer is 503."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            if error.code != 503 or time.monotonic() > until:
                raise RuleBrokenError(f"Demoen fejlede: {url} svarede {error.code}.") from error
            time.sleep(0.3)
