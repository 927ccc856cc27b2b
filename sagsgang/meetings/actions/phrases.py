"""A municipality's own phrases for decisions: written and taken out."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Authority
from sagsgang.core.models import record
from sagsgang.meetings.models import StandardPhrase
from sagsgang.meetings.queries.deciding import house_phrases
from sagsgang.meetings.rules import deciding


@transaction.atomic
def add_phrase(authority: Authority, *, outcome: str, words: str, actor: User) -> StandardPhrase:
    """Write a phrase; one that is there already is the same. The house's own become the municipality's first."""
    deciding.require_words(words, _("Write the phrase."))
    _take_over_house_phrases(authority)
    phrase, is_new = StandardPhrase.objects.get_or_create(
        authority=authority, outcome=outcome, words=words.strip(), withdrawn_at=None
    )
    if is_new:
        record(actor, "add_phrase", authority, outcome=outcome)
    return phrase


@transaction.atomic
def withdraw_phrase(authority: Authority, *, outcome: str, words: str, actor: User) -> None:
    """Take a phrase out; decisions that were written with it stay as they are."""
    _take_over_house_phrases(authority)
    found = StandardPhrase.objects.filter(authority=authority, outcome=outcome, words=words)
    if found.update(withdrawn_at=now(), modified_at=now()):
        record(actor, "withdraw_phrase", authority, outcome=outcome)


def _take_over_house_phrases(authority: Authority) -> None:
    Authority.objects.select_for_update().get(pk=authority.pk)
    if not StandardPhrase.history.filter(authority=authority).exists():
        StandardPhrase.objects.bulk_create(
            StandardPhrase(authority=authority, outcome=phrase.outcome, words=phrase.words)
            for phrase in house_phrases()
        )
