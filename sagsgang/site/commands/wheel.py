"""`wheel`: a body's annual wheel as a drawing, on paper, or as values."""

import json
from argparse import Namespace
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from sagsgang.bodies.models import Body
from sagsgang.core.errors import RuleBrokenError
from sagsgang.site.commands.output import answer
from sagsgang.site.commands.year_file import known_year
from sagsgang.wheel.queries.lines import Wheel, wheel_of
from sagsgang.wheel.rendering.drawing import draw_wheel
from sagsgang.wheel.rendering.picture import picture_of
from sagsgang.wheel.rendering.shown import shown_wheel, wheel_values
from sagsgang.wheel.rendering.wheel_pdf import wheel_pdf


def wheel(arguments: Namespace) -> int:
    """Write the wheel to a file: the whole of it, or nothing."""
    year = known_year(arguments.year)
    body = _body(arguments.body)
    found = wheel_of(body.authority, year, body=body, today=localdate())
    content = _content(found, arguments.format)
    _write(arguments.output, content)
    facts = {"file": str(arguments.output), "bytes": len(content), "entries": len(found.lines)}
    answer(facts, as_json=arguments.json, lines=list)
    return 0


def _body(named: str) -> Body:
    """The body of this code or name. Raises `RuleBrokenError` if there is none, or more than one."""
    wanted = named.strip()
    rows = Body.objects.select_related("authority").filter(Q(code__iexact=wanted) | Q(name__iexact=wanted))
    found = list(rows) if wanted else []
    if not found:
        raise RuleBrokenError(_("There is no body “%(name)s”.") % {"name": wanted})
    if len(found) > 1:
        houses = ", ".join(f"{body.name} ({body.authority.name})" for body in found)
        raise RuleBrokenError(_("“%(name)s” is several bodies: %(bodies)s.") % {"name": wanted, "bodies": houses})
    return found[0]


def _content(found: Wheel, form: str) -> bytes:
    if form == "pdf":
        return wheel_pdf(found, made_at=now()).content
    if form == "json":
        return (json.dumps(wheel_values(found), ensure_ascii=False, indent=2) + "\n").encode()
    drawing = draw_wheel(picture_of(shown_wheel(found), today=localdate()))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawing}\n'.encode()


def _write(path: Path, content: bytes) -> None:
    """The file is there whole, or as it was before."""
    try:
        if path.exists() and not path.is_file():  # a device or a pipe takes what is written, and is not replaced
            path.write_bytes(content)
            return
        with NamedTemporaryFile(dir=path.parent, prefix=".part-", delete=False) as opened:
            part = Path(opened.name)
            opened.write(content)
        try:
            part.chmod(0o644)
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise RuleBrokenError(_("%(file)s cannot be written.") % {"file": path}) from error
