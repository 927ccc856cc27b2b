"""What holds a case, and what held it."""

from django.db.models import QuerySet

from sagsgang.cases.models import Case, CaseHold


def holds_of(case: Case) -> QuerySet[CaseHold]:
    """All of them, the oldest first, with who raised and lifted them; one query."""
    return CaseHold.objects.filter(case=case).select_related("attachment", "raised_by", "lifted_by")


def standing_words(case: Case) -> list[str]:
    """The words of those that stand."""
    return list(CaseHold.objects.filter(case=case, lifting="").values_list("words", flat=True))
