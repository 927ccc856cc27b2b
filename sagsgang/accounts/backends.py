"""Who may log in here."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class HouseBackend(ModelBackend):
    """Local users with a password; a demo user is refused outside the demo, since her password is printed."""

    def user_can_authenticate(self, user: Any) -> bool:
        return super().user_can_authenticate(user) and (settings.DEMO or not user.is_demo)
