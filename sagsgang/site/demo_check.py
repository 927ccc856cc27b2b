"""`demo --check`: look at the demo as a visitor would, and at the pages of four who log in, and say so."""

import re
import sys
import time
import urllib.request
from html import unescape
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import quote_plus, urlencode

from sagsgang.core.errors import RuleBrokenError

WHY_CORRECTED = "var talt med som medarbejdere"  # of figures; as sagsgang.site.demo_doors.figures writes it
PATIENCE = 120.0  # seconds for the worker to make the first PDFs, and to read the first files
COMPOUND = ("vinter vedligeholdelse", "vintervedligeholdelse")  # asked for, and found only inside a longer word
IN_A_FILE = "tagrender"  # stands in an attachment alone
CASE = "Tillægsbevilling til nyt tag på Åskolen"
STEPS = 3
REPORTS = 4  # of figures: equality of two days, goals, and a committee's year
_TAG = re.compile(r"<[^>]+>")


def check(address: str, began: float, *, password: str) -> int:
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
    steps = _case_steps(address)
    plots = _plots_of_figures(address)
    _require_found(address, *COMPOUND, "søgningen fandt ikke et sammensat ord")
    _require_found(address, IN_A_FILE, IN_A_FILE, "søgningen fandt ikke ordene i et bilag")
    letters = _require_page(address, "sekretær", password, "/intern/outbox/", r"<summary ", "udbakken har intet brev")
    _require_page(address, "medlem", password, "/intern/my-meetings/", r"/my-meetings/[0-9a-f-]{36}/", "intet møde")
    _require_page(address, "sekretær-velfærd", password, "/intern/releases/waiting/", r"/meetings/[0-9a-f-]{36}/releases/",
                  "portvagten har intet spørgsmål")  # fmt: skip
    _require_page(address, "hr", password, "/intern/equality/", r"/equality/counts/[0-9a-f-]{36}/", "ingen optælling")
    sizes = {"forside": len(front), "møde": len(meeting), "punkt": len(item), "PDF": len(pdf), "feed": len(feed)}
    words = ", ".join(f"{name} {size}" for name, size in sizes.items())
    told = f"{words} byte; sag med {steps} trin, {letters} breve, {plots} tegninger, søgning i ord og bilag, møder, portvagt"
    sys.stdout.write(f"demo ok efter {time.monotonic() - began:.1f} s ({told})\n")
    return 0


def _case_steps(address: str) -> int:
    """How many steps of the case's path have been decided and released."""
    found = _fetch(f"{address}/soeg/?q={quote_plus(CASE)}").decode()
    item = _fetch(address + _first(r'href="(/punkter/[^"#?]+)', found, "søgningen fandt ikke sagen")).decode()
    page = _fetch(address + _first(r'href="(/sager/[^"#?]+/)"', item, "punktet viser ikke til sin sag")).decode()
    steps = len(re.findall(r'<li class="is-done', page))
    if steps != STEPS:
        raise RuleBrokenError(f"Demoen fejlede: sagen viser {steps} trin, ikke {STEPS}.")
    return steps


def _plots_of_figures(address: str) -> int:
    """How many plots the reports of figures hold; each holds one, one says why it was corrected, and a goal has its items."""
    paths = re.findall(r'href="(/tal/[0-9a-f-]{36}/[^"]+/)"', _fetch(f"{address}/tal/").decode())
    if len(paths) != REPORTS:
        raise RuleBrokenError(f"Demoen fejlede: {len(paths)} rapporter med tal er frigivet, ikke {REPORTS}.")
    pages = {path: _fetch(address + path).decode() for path in paths}
    plots = {path: page.count('<figure class="plot-figure"') for path, page in pages.items()}
    if empty := [path for path, count in plots.items() if not count]:
        raise RuleBrokenError(f"Demoen fejlede: {empty[0]} har ingen tegning.")
    if not any(WHY_CORRECTED in unescape(page) for page in pages.values()):
        raise RuleBrokenError("Demoen fejlede: ingen tal er rettet med en begrundelse.")
    goal = _first(r'href="(/maal/[0-9]+/)"', _fetch(f"{address}/maal/").decode(), "intet verdensmål er berørt")
    _first(r'href="(/punkter/[^"]+)"', _fetch(address + goal).decode(), f"{goal} har intet punkt")
    return sum(plots.values())


def _require_found(address: str, asked: str, wanted: str, complaint: str) -> None:
    """The worker reads the files after the release: until then they are not found."""
    until = time.monotonic() + PATIENCE
    while wanted not in _TAG.sub("", unescape(_hits(address, asked))).casefold():
        if time.monotonic() > until:
            raise RuleBrokenError(f"Demoen fejlede: {complaint}.")
        time.sleep(1)


def _hits(address: str, asked: str) -> str:
    page = _fetch(f"{address}/soeg/?q={quote_plus(asked)}").decode()
    return "".join(re.findall(r'<ol class="nobullet-list hits".*?</ol>', page, re.DOTALL))


def _require_page(address: str, username: str, password: str, path: str, pattern: str, complaint: str) -> int:
    """Log in as a demo user, and count what must stand on her page."""
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    with visitor.open(f"{address}/intern/login/", timeout=30) as form:
        token = _first(r'name="csrfmiddlewaretoken" value="([^"]+)"', form.read().decode(), "man kan ikke logge ind")
    facts = {"username": username, "password": password, "next": path, "csrfmiddlewaretoken": token}
    try:
        with visitor.open(f"{address}/intern/login/", urlencode(facts).encode(), timeout=30) as answer:
            count = len(re.findall(pattern, answer.read().decode()))
    except HTTPError as error:
        raise RuleBrokenError(f"Demoen fejlede: {path} svarede {error.code}.") from error
    if not count:
        raise RuleBrokenError(f"Demoen fejlede: {complaint} ({username}).")
    return count


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
