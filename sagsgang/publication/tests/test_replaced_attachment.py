"""An attachment that was wrong and has been replaced since says so in its public title, where that may be told."""

import pytest

from sagsgang.meetings.models import Attachment
from sagsgang.publication.disclosure import open_attachment


@pytest.mark.parametrize(("is_told", "title"), [(True, "Tal for 2023 ("), (False, "Tal for 2023")])
def test_what_is_replaced_openly_says_so(is_told: bool, title: str) -> None:
    row = Attachment(title="Tal med navne", public_title="Tal for 2023", access="open")
    row.is_replaced, row.is_replaced_openly = True, is_told  # type: ignore[attr-defined]  # as the query brings them
    shown = open_attachment(row, 1, {}, {}).title
    assert shown.startswith(title)
    assert shown.endswith(")") is is_told
