"""Is this file the one that was published? For anyone who holds a PDF: drop it, get the answer.

Nothing is kept and nothing is changed: the file is hashed, and the hash is looked up among what was let out. What was
never let out, closed or not, is an unknown file like any other.
"""

from hashlib import sha256 as sha256_of

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from sagsgang.core.doors import public
from sagsgang.portal.pages import plain_page
from sagsgang.portal.views import authority_of
from sagsgang.publication import queries
from sagsgang.publication.queries.figures import figures_of_print

LARGEST = 100 * 1024 * 1024  # bytes of a file that is sent; with the script nothing is sent but its hash
_AROUND = 16 * 1024  # bytes of the form round the file


@csrf_exempt
@public
@require_http_methods(["GET", "HEAD", "POST"])
def verify_print(request: HttpRequest) -> HttpResponse:
    """The form; and the answer, where the file itself was sent. Exempt from CSRF: it changes nothing, for nobody."""
    if request.method != "POST":
        return _answer("")
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + _AROUND:
        return _answer("", refused=gettext("The file is larger than 100 MB. No released PDF is."), status=413)
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile):
        return _answer("", refused=gettext("Choose a file first."), status=422)
    digest = sha256_of()
    for chunk in file.chunks():
        digest.update(chunk)
    return _answer(digest.hexdigest())


@public
@require_safe
def verified_print(request: HttpRequest, sha256: str) -> HttpResponse:
    """The answer for the file with this SHA-256."""
    return _answer(sha256)


def _answer(sha256: str, *, refused: str = "", status: int = 200) -> HttpResponse:
    with queries.snapshot():
        release = queries.release_of_print(sha256) if sha256 else None
        figures = figures_of_print(sha256) if sha256 else None
        bodies = queries.bodies()
    context = {
        "authority": authority_of(bodies),
        "sha256": sha256,
        "release": release or figures,
        "of_figures": figures is not None,
        "refused": refused,
    }
    return plain_page("portal/verify.html", context, status=status)
