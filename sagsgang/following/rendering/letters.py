"""The words of a letter, in the follower's language: public titles and links, and nothing else of what was released."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, override

from sagsgang.following.models import Kind, Subscription
from sagsgang.publication.models import PublicItem, PublicMeeting
from sagsgang.publication.rendering.order import numbered

LONGEST_LIST = 30  # items of one meeting
_PORTAL = "sagsgang.site.urls_portal"  # the worker's own addresses may be those of the staff site alone
_ENGLISH = "/en"  # before each address of a page that is read in English (`portal.languages`)

type News = Sequence[tuple[PublicMeeting, Sequence[PublicItem]]]


@dataclass(frozen=True, slots=True)
class Link:
    """Words and where they lead."""

    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Part:
    """A meeting that was released, and its items that concern the follower."""

    head: Link
    lines: list[Link]


@dataclass(frozen=True, slots=True)
class Words:
    """A letter: what its subject says, what stands in it, and where its links lead."""

    subject: str
    opening: list[str]
    button: Link | None = None
    parts: list[Part] = field(default_factory=list)
    closing: list[Link] = field(default_factory=list)

    @property
    def text(self) -> str:
        """As plain text."""
        blocks = ["\n\n".join(self.opening)]
        blocks += [f"{self.button.words}:\n{self.button.address}"] if self.button else []
        for part in self.parts:
            lines = [line for item in part.lines for line in (f"- {item.words}", f"  {item.address}")]
            blocks.append("\n".join([part.head.words, part.head.address, *lines]))
        blocks.append("--\n" + "\n".join(f"{link.words}:\n{link.address}" for link in self.closing))
        return "\n\n".join(blocks) + "\n"

    @property
    def html(self) -> str:
        """As a simple page: no picture, no style that is fetched, nothing that tells whether it was read."""
        return render_to_string("following/letter.html", {"letter": self})


def address_of(name: str, *args: object) -> str:
    """The whole address of a page of the portal, in the language in which the letter is written."""
    before = settings.BASE_URL + (_ENGLISH if get_language() == "en" else "")
    return f"{before}{reverse(f'portal:{name}', args=args, urlconf=_PORTAL)}"


def leave_address(token: str) -> str:
    """Where one click, or one POST of the mail program, ends what a letter was about."""
    return address_of("leave", token)


def confirmation(what: Subscription, label: str, token: str) -> Words:
    """Please confirm: nothing else comes until she does."""
    with override(what.follower.language):
        return Words(
            gettext("Please confirm that you want to follow"),
            [
                gettext("Somebody, probably you, has asked for letters to this address about:"),
                described(what, label),
                gettext(
                    "Nothing more is sent until you have confirmed it. If it was not you, do nothing: the address is deleted after 48 hours."
                ),
            ],
            Link(gettext("Confirm"), address_of("confirm-following", token)),
            closing=[Link(gettext("Delete the request now"), leave_address(token))],
        )


def reminder(what: Subscription, label: str, token: str) -> Words:
    """She has asked for what she already follows."""
    with override(what.follower.language):
        return Words(
            gettext("You already follow this"),
            [
                gettext("Somebody, probably you, has asked for letters to this address about:"),
                described(what, label),
                gettext("You follow it already, and need do nothing."),
            ],
            closing=_closing(token),
        )


def news(what: Subscription, label: str, token: str, found: News) -> Words:
    """What was released since the last letter."""
    with override(what.follower.language):
        parts = [_part(meeting, items) for meeting, items in found]
        if what.kind == Kind.BODY and len(parts) == 1:
            subject = parts[0].head.words
        else:
            subject = gettext("New about: {label}").format(label=label)
        return Words(
            _one_line(subject),
            [gettext("This has been released about what you follow:"), described(what, label)],
            parts=parts,
            closing=_closing(token),
        )


def described(what: Subscription, label: str) -> str:
    """What is followed, in words."""
    sentences = {
        Kind.BODY: gettext("The body: {label}"),
        Kind.CASE: gettext("The case: {label}"),
        Kind.PLACE: gettext("The place: {label}"),
        Kind.SEARCH: gettext("The search: {label}"),
    }
    return sentences[Kind(what.kind)].format(label=label)


def search_label(query: str) -> str:
    """The words of a search, of its query string."""
    return " ".join(" ".join(parse_qs(query).get("q", [])).split())


def _part(meeting: PublicMeeting, items: Sequence[PublicItem]) -> Part:
    day = date_format(meeting.held_on, "DATE_FORMAT")
    head = gettext("{body}, {day}: {kind}").format(
        body=meeting.body.name, day=day, kind=meeting.release.get_kind_display()
    )
    lines = [
        Link(_one_line(numbered(item.number, item.title)), address_of("item-by-id", item.pk))
        for item in items[:LONGEST_LIST]
    ]
    address = address_of("meeting-by-id", meeting.pk)
    if len(items) > LONGEST_LIST:
        more = gettext("and {count} more items").format(count=len(items) - LONGEST_LIST)
        lines.append(Link(more, address))
    return Part(Link(_one_line(head), address), lines)


def _closing(token: str) -> list[Link]:
    return [
        Link(gettext("Stop these letters"), leave_address(token)),
        Link(gettext("See and change what you follow"), address_of("followings", token)),
    ]


def _one_line(words: str) -> str:
    return " ".join(words.split())
