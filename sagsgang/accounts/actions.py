"""Make users, and write letters to them."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import UNDER_WAY, LetterKind, StaffLetter, User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.core.models import record

WORDS_KEPT = timedelta(days=30)


def add_user(
    name: str, *, password: str | None = None, is_demo: bool = False, full_name: str = "", address: str = ""
) -> User:
    """A new user; without a password she cannot log in until she gets one, without an address she gets no letters."""
    first, _space, last = full_name.rpartition(" ")
    return User.objects.create_user(
        name, email=address, password=password, is_demo=is_demo, first_name=first, last_name=last
    )


def own_user_of_the_house() -> User:
    """The user in whose name commands act when nobody is named; she has no password and cannot log in."""
    user, is_new = User.objects.get_or_create(username="sagsgang", defaults={"is_active": False})
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


@transaction.atomic
def state_own_address(address: str, *, actor: User) -> None:
    """The actor's own e-mail address, or none; the trace does not hold it. Raises `RuleBrokenError` for what is none."""
    address = address.strip()
    if address:
        try:
            validate_email(address)
        except ValidationError:
            raise RuleBrokenError(_("This is no e-mail address: {address}").format(address=address)) from None
    user = User.objects.select_for_update().get(pk=actor.pk)
    if user.email != address:
        user.email = address
        user.save(update_fields=["email"])
        record(actor, "state_own_address", user)


def write_staff_letter(user: User, kind: LetterKind, day: date, *, subject: str, text: str) -> bool:
    """Write a letter to be sent now; nothing if she has one of the kind that day already, or no address. The house's own
    act, without a trace: answers whether it was written. Nothing closed may stand in it.
    """
    if not user.email or not user.is_active:
        return False
    facts = {"subject": subject, "text": text, "next_try_at": now()}
    _letter, is_new = StaffLetter.objects.get_or_create(user=user, kind=kind, day=day, defaults=facts)
    return is_new


def forget_staff_words(moment: datetime) -> int:
    """Blank the words that an outbox has kept for a month; answers of how many letters."""
    old = StaffLetter.objects.exclude(state__in=UNDER_WAY).filter(created_at__lt=moment - WORDS_KEPT).exclude(text="")
    return old.update(text="", subject="")
