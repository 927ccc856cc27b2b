"""Who logs in."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A person with a login. Roles in bodies are appointments, in `bodies`.

    `remembered` holds what was read of her while one request is answered (`accounts.doors`); None elsewhere.
    """

    remembered: dict[str, Any] | None = None

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    is_demo = models.BooleanField(_("demo user"), default=False, help_text=_("Is refused outside the demo."))

    def __str__(self) -> str:
        return self.get_full_name() or self.username
