"""The CPU time of public pages that are made anew, in a process like the portal's own: `bench.portal` runs it.

Asked through the web server's door, with nothing between: reads a line for each page, "pieces" (no page is kept, pieces
are) or "nothing" (nor are they) and an address, and says how many milliseconds of CPU this process took.
"""

import io
import sys
import time
from importlib import import_module

import django


def main() -> None:
    """Answer until there is nothing more to read."""
    django.setup()
    pages = import_module("sagsgang.portal.pages")
    site = import_module("django.core.wsgi").get_wsgi_application()
    portal = import_module("sagsgang.portal.kept").KeptAnswers(site, room=0)
    forget = {"pieces": pages.forget_whole, "nothing": pages.forget_pages}
    for line in sys.stdin:
        what, path = line.split()
        forget[what]()
        said: list[str] = []
        began = time.process_time()
        parts = portal(_environ(path), lambda status, headers, said=said: said.append(status))
        length = sum(map(len, parts))
        took = time.process_time() - began
        assert said == ["200 OK"] and length, (path, said)
        sys.stdout.write(f"{took * 1000}\n")
        sys.stdout.flush()


def _environ(path: str) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": "", "HTTP_HOST": "127.0.0.1",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0), "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip


if __name__ == "__main__":
    main()
