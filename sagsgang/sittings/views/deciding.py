"""The form of the decision as the desk has it."""

from django.http import QueryDict

from sagsgang.meetings import queries
from sagsgang.meetings.forms import field_prefix
from sagsgang.meetings.forms.deciding import DecisionForm
from sagsgang.meetings.models import AgendaItem
from sagsgang.meetings.queries.deciding import Phrase, phrases_of, recommended_points
from sagsgang.meetings.rules.deciding import is_outside_agenda


def decision_form_of(item: AgendaItem, data: QueryDict) -> DecisionForm:
    """The form that came in for an item or sub-item."""
    row = queries.item_rows(item.parent_id or item.pk)
    part = next(one for one in (row, *row.subitems.all()) if one.pk == item.pk)
    return desk_form(part, phrases_of(row.meeting.body.authority), data=data)


def desk_form(
    part: AgendaItem, phrases: list[Phrase], *, data: QueryDict | None = None, initial: dict[str, object] | None = None
) -> DecisionForm:
    """The form of an item of `meetings.queries.item_rows`; what is typed in it is kept in the browser until it is saved."""
    form = DecisionForm(
        data,
        points=recommended_points(part),
        phrases=phrases,
        body=part.meeting.body,
        kind=part.kind,
        is_outside=is_outside_agenda(part.created_at, part.meeting.opened_at),
        initial=initial,
        auto_id=field_prefix(part.pk),
    )
    for name, field in form.fields.items():
        if name == "text" or name.startswith("words_"):
            field.widget.attrs |= {"data-draft": f"{part.pk}:{name}", "rows": 3 if name == "text" else 2}
    return form
