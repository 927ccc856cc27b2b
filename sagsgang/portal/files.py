"""Released copies of files, served from the one folder of the house that the portal's process sees."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

PDF = "application/pdf"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_CHUNK = 64 * 1024


def released_path(sha256: str) -> Path | None:
    """Where the bytes of this name lie, if they are here."""
    if not _SHA256.fullmatch(sha256):
        return None
    path = Path(settings.RELEASED_FILES) / sha256[:2] / sha256
    return path if path.is_file() else None


def serve(request: HttpRequest, sha256: str, *, name: str, media_type: str) -> HttpResponseBase:
    """The bytes, whole or the part that is asked for: a PDF in the window, anything else as a download."""
    path = released_path(sha256)
    if path is None:
        raise Http404
    etag = f'"{sha256}"'
    answer = get_conditional_response(request, etag=etag) or _content(request, path, etag)
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "no-cache"
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    if answer.status_code in {200, 206}:
        answer.headers["Content-Type"] = media_type
        answer.headers["Content-Disposition"] = content_disposition_header(media_type != PDF, name) or "inline"
    return answer


def _content(request: HttpRequest, path: Path, etag: str) -> HttpResponseBase:
    """All of the file, or the one part that is asked for; a list of parts is answered with the whole."""
    size = path.stat().st_size
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or asked.groups() == ("", "") or request.headers.get("If-Range", etag) != etag:
        return FileResponse(path.open("rb"))
    first, last = _ends(asked[1], asked[2], size)
    if first > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    answer = StreamingHttpResponse(_part(path, first, last - first + 1), status=206)
    answer.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer.headers["Content-Length"] = str(last - first + 1)
    return answer


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and last byte of "first-last", "first-" or "-count"; what cannot be met has its ends crossed."""
    if not first:
        return max(size - int(last), 0), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def _part(path: Path, start: int, count: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while count > 0 and (chunk := file.read(min(_CHUNK, count))):
            count -= len(chunk)
            yield chunk
