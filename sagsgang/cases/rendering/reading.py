"""A version as it is read by those who approve and remark: numbered sections with their words, points and remarks."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.safestring import SafeString, mark_safe

from sagsgang.cases.models import RecommendationPoint, Section
from sagsgang.cases.queries.reading import ReadSection
from sagsgang.cases.queries.remarks import ShownRemark
from sagsgang.documents import richtext


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """A section with its number from 1; `html` is sanitised. `remarks`: those with something to do, by their id."""

    number: int
    row: Section
    html: SafeString
    points: tuple[RecommendationPoint, ...]
    remarks: tuple[UUID, ...]

    @property
    def heading(self) -> str:
        """Its own heading, else its kind in words."""
        return self.row.heading or str(self.row.get_kind_display()).capitalize()


def numbered_sections(sections: Iterable[ReadSection], remarks: Iterable[ShownRemark]) -> list[NumberedSection]:
    """The sections that have words, in their order; a remark on an older version's section stands by its lineage."""
    about: dict[UUID, list[UUID]] = {}
    for remark in remarks:
        if remark.is_open and remark.row.section is not None:
            about.setdefault(remark.row.section.lineage, []).append(remark.row.pk)
    written = [section for section in sections if section.has_words]
    return [
        NumberedSection(
            number=number,
            row=section.row,
            html=mark_safe(richtext.clean(section.row.html)),  # noqa: S308
            points=section.points,
            remarks=tuple(about.get(section.row.lineage, ())),
        )
        for number, section in enumerate(written, start=1)
    ]
