"""Make users."""

from sagsgang.accounts.models import User


def add_user(name: str, *, password: str | None = None, is_demo: bool = False, full_name: str = "") -> User:
    """A new user; without a password she cannot log in until she gets one."""
    first, _, last = full_name.rpartition(" ")
    return User.objects.create_user(name, password=password, is_demo=is_demo, first_name=first, last_name=last)


def own_user_of_the_house() -> User:
    """The user in whose name commands act when nobody is named; she has no password and cannot log in."""
    user, is_new = User.objects.get_or_create(username="sagsgang", defaults={"is_active": False})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
