"""Open or closed, and why: the words that items, sections and attachments share. Nothing inherits openness."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Access(models.TextChoices):
    """Open to the public after a release, or closed."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Ground(models.TextChoices):
    """Why something is closed (forvaltningsloven § 27; kommunestyrelsesloven § 10): never empty on a closed row."""

    PERSONAL = "personal", _("personal matters")
    PROPERTY = "property", _("purchase or sale of property")
    TENDER = "tender", _("tenders and estimates")
    SECURITY = "security", _("security")
    INTERNAL = "internal", _("internal working document")
    UNKNOWN = "unknown", _("not stated in the source")


def closed_needs_ground(name: str) -> models.CheckConstraint:
    """A closed row carries a ground; an open one none."""
    return models.CheckConstraint(
        condition=models.Q(access=Access.CLOSED) ^ models.Q(ground=""),
        name=f"{name}_closed_has_ground",
    )
