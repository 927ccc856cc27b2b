"""The authority, its units and bodies, the persons who sit in them, and the users' roles."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sagsgang.accounts.models import User
from sagsgang.core.models import Row
from sagsgang.core.sorting import DanishKey


def in_order(start: str, end: str, name: str) -> models.CheckConstraint:
    """An end, if there is one, does not lie before the start."""
    return models.CheckConstraint(
        condition=Q(**{f"{end}__isnull": True}) | Q(**{f"{start}__isnull": True}) | Q(**{f"{end}__gte": F(start)}),
        name=name,
    )


class Authority(Row):
    """A municipality or a region (myndighed). One installation may hold several."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("authority")
        ordering = [DanishKey("name")]

    def __str__(self) -> str:
        return self.name


class Person(Row):
    """Somebody who sits in a body or manages a unit; `user` if she also logs in."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="persons")
    name = models.CharField(_("name"), max_length=200)
    title = models.CharField(_("title"), max_length=120, blank=True)
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, blank=True, related_name="person")

    class Meta:
        verbose_name = _("person")
        ordering = [DanishKey("name")]
        indexes = [models.Index(DanishKey("name"), name="person_danish_order")]

    def __str__(self) -> str:
        return self.name


class Unit(Row):
    """An organisational unit (enhed) with its manager: the chart that later checks stand on."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(_("name"), max_length=200)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="manages")

    class Meta:
        verbose_name = _("unit")
        ordering = [DanishKey("name")]
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="unit_one_name_an_authority"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="unit_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitStaff(Row):
    """A user who works in a unit: she writes its cases."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="staff")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="units")

    class Meta:
        verbose_name = _("member of a unit's staff")
        constraints = [models.UniqueConstraint(fields=["unit", "user"], name="unit_staff_once")]

    def __str__(self) -> str:
        return f"{self.user}"


class ClosingDay(Row):
    """A day on which the authority's offices are closed beyond the public holidays: it counts for no deadline."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="closing_days")
    day = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("closing day")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["authority", "day"], name="closing_day_once")]

    def __str__(self) -> str:
        return f"{self.day:%d-%m-%Y} {self.name}"


class BodyKind(models.TextChoices):
    """What a body is in law."""

    DIRECTORATE = "directorate", _("directorate")
    WORKS_COUNCIL = "works_council", _("works council")
    COMMITTEE = "committee", _("standing committee")
    FINANCE = "finance", _("finance committee")
    COUNCIL = "council", _("council")
    ADHOC = "adhoc", _("section 17(4) committee")
    OTHER = "other", _("other body")


class PublishPolicy(models.TextChoices):
    """What a body lets the public read, at the most."""

    NONE = "none", _("nothing")
    AGENDA = "agenda", _("agendas")
    MINUTES = "minutes", _("agendas and minutes")


class BodyQuerySet(models.QuerySet["Body"]):
    """Bodies, filtered by who asks."""

    def visible_to(self, user: User) -> "BodyQuerySet":
        """The bodies in which the user has a role; an auditor and an administrator see them all."""
        if sees_whole_house(user):
            return self
        return self.filter(pk__in=Appointment.objects.filter(user=user).values("body"))


class Numbering(models.TextChoices):
    """How the items of a body's agendas are counted."""

    MEETING = "meeting", _("from 1 at each meeting")
    YEAR = "year", _("on through the year")


class Signers(models.TextChoices):
    """Who signs a body's protocol (R37)."""

    PARTICIPANTS = "all", _("everyone who took part")
    CHAIR = "chair", _("chair and secretary")


class Body(Row):
    """A council, committee, directorate or works council (udvalg, råd)."""

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="bodies")
    kind = models.CharField(_("kind"), max_length=20, choices=BodyKind)
    name = models.CharField(_("name"), max_length=200)
    code = models.CharField(_("short code"), max_length=12, blank=True)
    publish_policy = models.CharField(_("publish policy"), max_length=10, choices=PublishPolicy)
    publish_draft = models.BooleanField(_("publishes the protocol before it is final"), default=False)
    publish_figures = models.BooleanField(_("lets yearly figures out"), default=False)
    agenda_days = models.PositiveSmallIntegerField(_("agenda, working days before"), default=4)
    material_days = models.PositiveSmallIntegerField(_("material, working days before"), default=4)
    protocol_days = models.PositiveSmallIntegerField(_("days until the protocol can go on"), default=1)
    numbering = models.CharField(_("numbers of items"), max_length=7, choices=Numbering, default=Numbering.MEETING)
    signers = models.CharField(_("who signs the protocol"), max_length=5, choices=Signers, default=Signers.PARTICIPANTS)
    remote_allowed = models.BooleanField(_("remote attendance allowed"), default=False)
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_to = models.DateField(_("to"), null=True, blank=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = _("body")
        ordering = [DanishKey("name")]
        constraints = [
            models.UniqueConstraint(fields=["authority", "name"], name="body_one_name_an_authority"),
            models.UniqueConstraint(fields=["authority", "code"], condition=~Q(code=""), name="body_one_code"),
            # The duty to send the council an agenda may not be waived (R4).
            models.CheckConstraint(condition=~Q(kind=BodyKind.COUNCIL, agenda_days=0), name="body_council_agenda_days"),
            in_order("valid_from", "valid_to", "body_valid_in_order"),
        ]

    def __str__(self) -> str:
        return self.name


class SeatRole(models.TextChoices):
    """A person's place in a body."""

    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice_chair", _("vice chair")
    MEMBER = "member", _("member")


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats, filtered by time."""

    def on(self, day: date) -> "SeatQuerySet":
        """The seats that are held on `day`."""
        return self.filter(
            Q(held_from__isnull=True) | Q(held_from__lte=day), Q(held_to__isnull=True) | Q(held_to__gte=day)
        )


class Seat(Row):
    """One person's seat (plads) in one body, from and to; `substitute_for` if she sits in for another."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(_("role"), max_length=12, choices=SeatRole, default=SeatRole.MEMBER)
    party = models.CharField(_("party or list"), max_length=40, blank=True)
    held_from = models.DateField(_("from"), null=True, blank=True)
    held_to = models.DateField(_("to"), null=True, blank=True)
    substitute_for = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="substitutes"
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "person", "held_from"], nulls_distinct=False, name="seat_once_from_a_day"
            ),
            in_order("held_from", "held_to", "seat_held_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.get_role_display()})"


class SubstitutePlace(Row):
    """A place on a candidate list (kandidatliste): who is called to the council for a member of that list, in order."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="substitute_places")
    party = models.CharField(_("party or list"), max_length=40)
    position = models.PositiveSmallIntegerField(_("place on the list"))
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="substitute_places")

    class Meta:
        verbose_name = _("place on a candidate list")
        ordering = ["party", "position"]
        constraints = [
            models.UniqueConstraint(fields=["body", "party", "position"], name="substitute_place_one_a_position"),
            models.UniqueConstraint(fields=["body", "person"], name="substitute_place_once_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.position}: {self.person}"


class Role(models.TextChoices):
    """What a user does for a body; auditor and administrator hold for the whole house."""

    SECRETARY = "secretary", _("secretary")
    CASEWORKER = "caseworker", _("caseworker")
    MANAGER = "manager", _("manager")
    DIRECTOR = "director", _("director")
    CHAIR = "chair", _("chair")
    MEMBER = "member", _("member")
    HR = "hr", _("human resources")
    AUDITOR = "auditor", _("auditor")
    ADMIN = "admin", _("administrator")


WHOLE_HOUSE = (Role.AUDITOR, Role.ADMIN)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments, filtered by reach."""

    def whole_house(self, user: User) -> "AppointmentQuerySet":
        """The user's roles that hold for every body."""
        return self.filter(user=user, body__isnull=True, role__in=WHOLE_HOUSE)

    def in_body(self, user: User, body_id: UUID, *roles: str) -> "AppointmentQuerySet":
        """The user's appointments to one of `roles` in this body."""
        return self.filter(user=user, body_id=body_id, role__in=roles)


class Appointment(Row):
    """A user's role in a body, or in the whole house where `body` is empty."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    role = models.CharField(_("role"), max_length=12, choices=Role)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        constraints = [
            models.UniqueConstraint(fields=["user", "body", "role"], nulls_distinct=False, name="appointment_once"),
            models.CheckConstraint(
                condition=Q(body__isnull=False) | Q(role__in=WHOLE_HOUSE), name="appointment_has_its_body"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


def roles_of(user: User) -> frozenset[tuple[UUID | None, str]]:
    """The user's roles, each with its body (None = the whole house); while a request is answered read once."""
    known: frozenset[tuple[UUID | None, str]] | None = (user.remembered or {}).get("roles")
    if known is None:
        known = frozenset(Appointment.objects.filter(user=user).values_list("body_id", "role"))
        if user.remembered is not None:
            user.remembered["roles"] = known
    return known


def has_role(user: User, body_id: UUID, *roles: str) -> bool:
    """Has the user one of `roles` in this body?"""
    held = roles_of(user)
    return any((body_id, role) in held for role in roles)


def sees_whole_house(user: User) -> bool:
    """Has the user a role that holds for every body?"""
    held = roles_of(user)
    return any((None, role) in held for role in WHOLE_HOUSE)
