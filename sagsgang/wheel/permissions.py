"""Who may see and change the wheel, the cards of månedsgrebet and the talks.

The wheel holds no closed words: whoever works in the house reads it. It is kept by the secretaries: a body's own entries by
its secretary, those of the whole organisation by the secretary of a directorate. The cards are the directorate's own.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from sagsgang.accounts.models import User
from sagsgang.bodies.models import Appointment, Authority, Body, BodyKind, Role, has_role, sees_whole_house
from sagsgang.cases.permissions import may_read_case
from sagsgang.wheel.models import BriefingCard, CycleBriefing, Occurrence, Talk, WheelEntry


class YearAuthorities:
    """The authorities in whose house a user works."""

    def visible_to(self, user: User, /) -> QuerySet[Authority]:
        """Those of the bodies that she sees, and of her units."""
        ways = Q(bodies__in=Body.objects.visible_to(user)) | Q(units__staff__user=user)
        return Authority.objects.filter(pk__in=Authority.objects.filter(ways).values("pk"))


class EntryRows:
    """The standing entries of the authorities in whose house a user works."""

    def visible_to(self, user: User, /) -> QuerySet[WheelEntry]:
        """With body, unit and authority."""
        rows = WheelEntry.objects.filter(authority__in=YearAuthorities().visible_to(user))
        return rows.select_related("authority", "body", "unit")


class WithdrawnEntryRows:
    """The entries of those authorities that were taken off the wheel."""

    def visible_to(self, user: User, /) -> QuerySet[WheelEntry]:
        """With body, unit and authority."""
        rows = WheelEntry.history.filter(authority__in=YearAuthorities().visible_to(user), withdrawn_at__isnull=False)
        return rows.select_related("authority", "body", "unit")


class DutyRows:
    """Those of them that a law lays on the authority."""

    def visible_to(self, user: User, /) -> QuerySet[WheelEntry]:
        """With body, unit and authority; also the abolished ones."""
        return EntryRows().visible_to(user).filter(is_duty=True)


class OccurrenceRows:
    """The occurrences of those entries."""

    def visible_to(self, user: User, /) -> QuerySet[Occurrence]:
        """With their entry; also dropped and gone ones."""
        rows = Occurrence.objects.filter(entry__in=EntryRows().visible_to(user).values("pk"))
        return rows.select_related("entry__authority", "entry__body", "case")


class BriefingRows:
    """Månedsgreb of the bodies that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[CycleBriefing]:
        """With body, item and meeting."""
        rows = CycleBriefing.objects.filter(body__in=Body.objects.visible_to(user))
        return rows.select_related("body__authority", "item__meeting__body", "item__case")


class CardRows:
    """The standing cards of those."""

    def visible_to(self, user: User, /) -> QuerySet[BriefingCard]:
        """With briefing, director and committee."""
        rows = BriefingCard.objects.filter(withdrawn_at=None, briefing__in=BriefingRows().visible_to(user).values("pk"))
        return rows.select_related("briefing__body__authority", "briefing__item__meeting", "director", "committee")


class TalkRows:
    """The standing talks at the bodies that a user sees."""

    def visible_to(self, user: User, /) -> QuerySet[Talk]:
        """With body, speaker, meeting and case."""
        rows = Talk.objects.filter(withdrawn_at=None, body__in=Body.objects.visible_to(user))
        return rows.select_related("body__authority", "authority", "speaker", "meeting", "item", "case")


def may_see_wheel(user: User, authority: Authority) -> bool:
    """Whoever works in the house."""
    return True


def may_see_entry(user: User, entry: WheelEntry) -> bool:
    """Whoever works in the house."""
    return True


def may_edit_wheel(user: User, authority: Authority) -> bool:
    """May she write entries of the whole organisation and turn the wheel? A directorate's secretary."""
    kept = Body.objects.filter(pk=OuterRef("body"), authority=authority, kind=BodyKind.DIRECTORATE)
    return Appointment.objects.filter(Exists(kept), user=user, role=Role.SECRETARY).exists()


def may_edit_body_entries(user: User, body: Body) -> bool:
    """May she write this body's entries? Its secretary, and a directorate's."""
    return has_role(user, body.pk, Role.SECRETARY) or may_edit_wheel(user, body.authority)


def may_edit_entry(user: User, entry: WheelEntry) -> bool:
    """May she change the entry? As `may_edit_body_entries`, or `may_edit_wheel` for one of the whole organisation."""
    return may_edit_body_entries(user, entry.body) if entry.body else may_edit_wheel(user, entry.authority)


def may_edit_occurrence(user: User, row: Occurrence) -> bool:
    """Who may change its entry."""
    return may_edit_entry(user, row.entry)


def may_finish_occurrence(user: User, row: Occurrence) -> bool:
    """May she say that it is done, with the evidence? As `may_finish_of_entry`."""
    return may_finish_of_entry(user, row.entry)


def may_finish_of_entry(user: User, entry: WheelEntry) -> bool:
    """Who may change the entry, and the staff of the unit that owns it."""
    return may_edit_entry(user, entry) or works_in_its_unit(user, entry)


def works_in_its_unit(user: User, entry: WheelEntry) -> bool:
    """Is she of the staff of the unit that sees to the entry?"""
    return entry.unit_id is not None and user.units.filter(unit=entry.unit_id).exists()


def may_see_briefing(user: User, briefing: CycleBriefing) -> bool:
    """The directorate's own: its secretary, chair, members and directors, and who sees the whole house."""
    roles = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR)
    return has_role(user, briefing.body_id, *roles) or sees_whole_house(user)


def may_write_cards(user: User, briefing: CycleBriefing) -> bool:
    """Directors and members of the body write cards of their own, its secretary for all."""
    roles = (Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR)
    return has_role(user, briefing.body_id, *roles)


def may_edit_card(user: User, card: BriefingCard) -> bool:
    """Its director herself, and the body's secretary."""
    is_hers = card.director.user_id == user.pk and may_write_cards(user, card.briefing)
    return is_hers or has_role(user, card.briefing.body_id, Role.SECRETARY)


def may_plan_talks(user: User, body: Body) -> bool:
    """Who belongs to the body may wish a talk; its secretary places it."""
    return has_role(user, body.pk, Role.SECRETARY, Role.CHAIR, Role.MEMBER, Role.DIRECTOR)


def may_see_talk(user: User, talk: Talk) -> bool:
    """As the cards: the body's own people, and who sees the whole house."""
    return may_plan_talks(user, talk.body) or sees_whole_house(user)


def may_edit_talk(user: User, talk: Talk) -> bool:
    """Its speaker, and the body's secretary."""
    is_hers = talk.speaker.user_id == user.pk and may_plan_talks(user, talk.body)
    return is_hers or has_role(user, talk.body_id, Role.SECRETARY)


def may_see_years(user: User) -> bool:
    """May she see cycles and wheel at all? Whoever works in the house of some authority."""
    return YearAuthorities().visible_to(user).exists()


class AllBriefedCards:
    """The cards of the månedsgreb of a user's bodies, also withdrawn ones: what can be put back."""

    def visible_to(self, user: User, /) -> QuerySet[BriefingCard]:
        """With briefing, director and committee."""
        rows = BriefingCard.objects.filter(briefing__in=BriefingRows().visible_to(user).values("pk"))
        return rows.select_related("briefing__body__authority", "briefing__item__meeting", "director", "committee")


class AllTalks:
    """The talks at the bodies that a user sees, also withdrawn ones: what can be taken up again."""

    def visible_to(self, user: User, /) -> QuerySet[Talk]:
        """With body, speaker, meeting and case."""
        rows = Talk.objects.filter(body__in=Body.objects.visible_to(user))
        return rows.select_related("body__authority", "authority", "speaker", "meeting", "item", "case")


def may_list_talks(user: User, body: Body) -> bool:
    """The body's own people, and who sees the whole house."""
    return may_plan_talks(user, body) or sees_whole_house(user)


def may_read_talk(user: User, talk: Talk) -> bool:
    """May she read theme, note and remarks? Of a closed matter who reads that case alone."""
    matter = talk.case
    return may_see_talk(user, talk) and (matter is None or not matter.is_closed or may_read_case(user, matter))


def may_change_talk(user: User, talk: Talk) -> bool:
    """Who may edit it and reads it."""
    return may_edit_talk(user, talk) and may_read_talk(user, talk)


def may_place_talk(user: User, talk: Talk) -> bool:
    """The secretary of the body, who composes its agenda, if she reads the talk."""
    return has_role(user, talk.body_id, Role.SECRETARY) and may_read_talk(user, talk)
