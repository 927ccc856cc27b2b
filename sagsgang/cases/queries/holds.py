"""What holds a case, and what held it."""

from sagsgang.cases.models import Case, CaseHold


def standing_words(case: Case) -> list[str]:
    """The words of those that stand."""
    return list(CaseHold.objects.filter(case=case, lifting="").values_list("words", flat=True))
