"""Opens the demo's doors, after its desks are filled. May run twice: what is there stays."""

from collections.abc import Callable
from contextlib import nullcontext

from django.db import transaction

from sagsgang.site.demo_desk.desk import Desk
from sagsgang.site.demo_doors import (
    equality,
    figures,
    goals,
    indicators,
    planning,
    policies,
    practice,
    public,
    sitting,
    year,
)
from sagsgang.site.demo_doors.hall import Hall

# In this order: letters tell of what comes after they were asked for, calendars of all that is planned, figures of what is out.
STORIES: tuple[tuple[str, Callable[[Hall], None]], ...] = (
    ("Årets mødeplan", planning.plan_the_year),
    ("Et møde i Direktionen", sitting.recommend),
    ("Et møde i Økonomiudvalget", sitting.hold_finance),
    ("Et møde i Kommunalbestyrelsen", sitting.hold_council),
    ("Opfølgninger", public.be_late),
    ("Mødekalendere", planning.move_and_cancel),
    ("Mødekalendere", planning.publish_calendars),
    ("Årshjulet", year.turn_the_year),
    ("Månedsgrebet", year.brief),
    ("Retningslinjer", policies.keep_guidelines),
    ("Ligestilling", equality.keep_equality),
    ("Verdensmål og projekter", goals.keep_goals),
    ("Indikatorer", indicators.keep_indicators),
    ("God praksis", practice.keep_practice),
    ("Afbud", planning.send_word),
    ("Breve til følgere", public.follow),
    ("Dagens møde", public.call_today),
    ("Frigivelser", public.correct),
    ("Frigivelser", public.take_back),
    ("Frigivelser", public.wait),
    ("Frigivne tal", figures.let_figures_out),
    ("Frigivne tal", equality.mend_equality),
    ("Frigivne tal", figures.correct_figures),
)


def open_doors(desk: Desk, *, tell: Callable[[str], None]) -> None:
    """Each story whole, or not at all; but who follows is written by the portal's role, in transactions of its own."""
    hall = Hall(desk)
    for name, story in STORIES:
        tell(name)
        with nullcontext() if story is public.follow else transaction.atomic():
            story(hall)
