"""All that can be seen of a house from outside: over HTTP, as the portal's role in the database, in letters."""

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import quote, urljoin, urlsplit
from zlib import crc32

import psycopg
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client

type Seen = dict[str, str]

BEGINNINGS = (
    "/", "/en/", "/sitemap.xml", "/feed.atom", "/robots.txt", "/kalender/", "/organer/", "/soeg/", "/statistik/",
    "/statistik/statistik.csv", "/tal/", "/maal/", "/om/", "/tilgaengelighed/", "/kontrol/", "/foelg/", "/foelg/?sted=x", "/foelg/sendt/",
    "/sager/sitemap-1.xml", "/en/soeg/", "/intern/", "/intern/login/", "/moeder/", "/punkter/", "/api/", "/favicon.ico",
)  # fmt: skip
SEARCHES = 16  # result pages reached by links of result pages
_LINK = re.compile(r'(?:href|src|action)="([^"]+)"|<loc>([^<]+)</loc>|^URL:(\S+)', re.MULTILINE)
_FORGERY = re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]+')
_OF_THE_HOUR = {"Date", "Set-Cookie"}  # the cookie of the form: only that there is one is compared


@dataclass
class Crawler:
    """Asks each address once. One in `share` pages is asked in English, by HEAD and with its own ETag too."""

    base: str
    share: int
    seen: Seen = field(default_factory=dict)
    client: Client = field(default_factory=Client)
    _searches: int = 0

    def crawl(self, addresses: Iterable[str]) -> None:
        """From these addresses to all that they lead to."""
        waiting = deque(addresses)
        while waiting:
            address = waiting.popleft()
            if f"GET {address}" in self.seen:
                continue
            text = self._ask(address)
            waiting += [link for link in self._links(address, text) if f"GET {link}" not in self.seen]

    def ask_alike(self, name: str, addresses: Iterable[str]) -> None:
        """Addresses that may differ in number and name, and not in their answer: what the answers are, without names."""
        answers = {_without_name(_words_of(self.client.get(address)), address) for address in addresses}
        self.seen[f"ALIKE {name}"] = "\n".join(sorted(answers))

    def _ask(self, address: str) -> str:
        answer = self.client.get(address)
        content = _content(answer)
        self.seen[f"GET {address}"] = _words_of(answer, content)
        etag = answer.headers.get("ETag")
        if etag and crc32(address.encode()) % self.share == 0:
            unchanged = self.client.get(address, headers={"If-None-Match": etag})
            self.seen[f"UNCHANGED {address}"] = _words_of(unchanged)
            self.seen[f"HEAD {address}"] = _words_of(self.client.head(address))
        is_text = answer.headers.get("Content-Type", "").startswith(("text", "application/xml", "application/atom"))
        moved = f' href="{answer.headers["Location"]}"' if "Location" in answer.headers else ""
        return moved + (content.decode() if is_text else "")

    def _links(self, address: str, text: str) -> Iterator[str]:
        for found in _LINK.findall(text):
            link = next(filter(None, found)).replace("&amp;", "&").removeprefix(self.base)
            parts = urlsplit(urljoin(address, link))
            if parts.scheme or parts.netloc or parts.path.startswith("/static/"):
                continue
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.path.startswith("/en/") and crc32(parts.path.encode()) % self.share:
                continue
            if parts.path.endswith("/soeg/") and parts.query:
                self._searches += 1
                if self._searches > SEARCHES:
                    continue
            yield target


def _content(answer: HttpResponseBase) -> bytes:
    if answer.streaming:
        return b"".join(answer)
    return bytes(getattr(answer, "content", b""))


def _words_of(answer: HttpResponseBase, content: bytes | None = None) -> str:
    """Status, headers and bytes; long bytes that are no text by their hash."""
    body = _FORGERY.sub(rb"\1", _content(answer) if content is None else content)
    headers = sorted((name, value) for name, value in answer.headers.items() if name not in _OF_THE_HOUR)
    cookies = sorted(answer.cookies)
    try:
        words = body.decode()
    except UnicodeDecodeError:
        words = sha256(body).hexdigest()
    return f"{answer.status_code} {headers} {cookies}\n{words}"


def _without_name(words: str, address: str) -> str:
    """An answer may say the address again, and is no other for it."""
    name = max(address.strip("/").split("/"), key=len)
    return words.replace(name, "(name)")


def searches_for(words: Iterable[str]) -> Iterator[str]:
    """The words asked in all ways: as such, cut off, as a phrase, in the facets, typed letter by letter."""
    for word in words:
        asked = quote(word)
        yield from (f"/soeg/?q={asked}", f"/soeg/?q=%22{asked}%22&orden=bedste", f"/soeg/?q={asked}&art=bilag&aar=2026")
        yield from (f"/soeg/forslag?q={quote(word[:length])}" for length in (2, 4, len(word)))


def addresses_of_id(public_id: object) -> Iterator[str]:
    """Every kind of page under an id, whatever it is the id of."""
    for folder in ("organer", "moeder", "punkter", "sager", "bilag"):
        yield f"/{folder}/{public_id}/"
    yield from (
        f"/moeder/{public_id}/referat.pdf",
        f"/moeder/{public_id}/forkert/udskriv/",
        f"/bilag/{public_id}/laes/",
    )
    yield from (f"/tal/{public_id}/{name}" for name in ("", "tal.pdf", "tal.json", "tabel-1.csv", "et-forkert-navn/"))
    yield from (f"/organer/{public_id}/moedekalender.ics", f"/sager/{public_id}/feed.atom", f"/foelg/?sag={public_id}")
    yield from (f"/punkter/{public_id}/et-forkert-navn/", f"/en/moeder/{public_id}/et-forkert-navn/")


def seen_by_the_role(portal: psycopg.Connection) -> Seen:
    """Each table of `pub` whole, each function called, and each refusal, as the portal's role in the database."""
    seen: Seen = {}
    for schema, table in _rows("SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('pub', 'public')"):
        # The edition's mark is made by the database: that it moves is a fact of `pub`, and its value says nothing.
        columns = "id" if table == "edition" else "to_jsonb(t)"
        statement = f'SELECT {columns}::text FROM {schema}."{table}" AS t ORDER BY 1'
        seen[f"TABLE {schema}.{table}"] = _tried(portal, statement)
    functions = _rows(
        "SELECT n.nspname, p.proname, p.oid::regprocedure::text,"
        " array(SELECT format_type(t, NULL) FROM unnest(p.proargtypes) AS t)"
        " FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace"
        " WHERE n.nspname IN ('public', 'pub') AND p.prokind IN ('f', 'p')"
    )
    for schema, name, full, types in functions:
        values = ", ".join(f"(SELECT NULL::{kind})" for kind in types)
        seen[f"FUNCTION {full}"] = _tried(portal, f'SELECT {schema}."{name}"({values})')
        if types and set(types) == {"text"}:
            seen[f"FUNCTION {full} with words"] = _tried(
                portal, f'SELECT {schema}."{name}"({", ".join("$$Åvej$$" for _ in types)})'
            )
    return seen


def _rows(statement: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())


def _tried(portal: psycopg.Connection, statement: str) -> str:
    """What came, or the words of the refusal: they, too, may say nothing."""
    try:
        rows = portal.execute(statement).fetchall()
    except psycopg.Error as refusal:
        return f"{refusal.sqlstate} {refusal.diag.message_primary} {refusal.diag.message_detail}"
    return "\n".join(str(row[0]) for row in rows)


def differences(one: Seen, other: Seen) -> list[str]:
    """Where the two differ, each with the first place that does; empty when nobody can tell them apart."""
    found = [f"only in one: {name}" for name in sorted(set(one) ^ set(other))]
    for name in sorted(set(one) & set(other)):
        if one[name] != other[name]:
            at = next((n for n, (a, b) in enumerate(zip(one[name], other[name], strict=False)) if a != b), -1)
            found.append(
                f"{name}: {one[name][max(at - 60, 0) : at + 60]!r} | {other[name][max(at - 60, 0) : at + 60]!r}"
            )
    return found
