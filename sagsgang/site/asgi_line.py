"""What the line's server calls: the application, on the house's own database."""

import os

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sagsgang.site.settings")

from psycopg.conninfo import make_conninfo

from sagsgang.sittings.line import Line

_facts = settings.DATABASES["default"]
application = Line(
    make_conninfo(
        host=_facts["HOST"],
        port=_facts["PORT"],
        dbname=_facts["NAME"],
        user=_facts["USER"],
        password=_facts["PASSWORD"],
    )
)
