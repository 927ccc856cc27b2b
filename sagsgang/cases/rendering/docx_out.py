"""A version as a Word document, which can be read aloud and read back."""

from django.utils.translation import gettext as _

from sagsgang.cases.models import Presentation
from sagsgang.cases.queries.versions import money_of
from sagsgang.cases.rendering.comparison import money_html
from sagsgang.cases.rendering.word_file import WordFile
from sagsgang.documents import richtext

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def docx_of(version: Presentation, *, title: str) -> bytes:
    """The bytes of a .docx: `title`, each section under a heading of level 1, the economy block last.

    Reads the version's sections, points and economy lines. Words are never altered; what is closed is in it.
    """
    document = WordFile(title)
    for section in version.sections.prefetch_related("points"):
        document.heading(section.heading or str(section.get_kind_display()).capitalize())
        document.text(richtext.to_tree(section.html))
        document.points(f"{point.marker} {point.text}".strip() for point in section.points.all())
    money = money_html(money_of(version))
    if money:
        document.heading(money_heading())
        document.text(richtext.to_tree(money))
    return document.content()


def file_name(version: Presentation) -> str:
    """A name without words that may be closed."""
    return _("presentation") + f"-v{version.number}.docx"


def money_heading() -> str:
    """What the economy block stands under in the document."""
    return _("Appropriation and coverage")
