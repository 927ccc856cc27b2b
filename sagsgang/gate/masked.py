"""What was found, told so that it is known again by who has the file and says nothing to anybody else."""

from sagsgang.gate.pieces import Kind

_SHOWN = {Kind.CPR: 6, Kind.PHONE: 2, Kind.ACCOUNT: 4, Kind.TEMPLATE: 80}
_OTHERS = 3
_LONGEST = 60


def masked(kind: Kind, text: str) -> str:
    """The first signs, and a dot for each letter or digit of the rest."""
    shown = _SHOWN.get(kind, _OTHERS)
    rest = "".join("•" if sign.isalnum() else sign for sign in text[shown:_LONGEST])
    return text[:shown] + rest + ("…" if len(text) > _LONGEST else "")
