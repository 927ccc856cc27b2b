"""Words in an address, as the database can look for them."""

from django.http import HttpRequest

MOST = 200


def searched(request: HttpRequest, name: str = "words") -> str:
    """What the address asks for by this name: in one line, without signs that no text in the database holds, and not for ever."""
    return " ".join(request.GET.get(name, "").replace("\x00", " ").split())[:MOST]
