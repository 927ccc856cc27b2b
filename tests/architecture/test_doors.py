"""Every address says who may use it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver


def all_patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from all_patterns(entry)
        else:
            yield entry


@pytest.mark.parametrize("site", ["all", "staff", "portal"])
def test_every_view_declares_a_permission(site: str) -> None:
    patterns = list(all_patterns(get_resolver(f"sagsgang.site.urls_{site}")))

    assert len(patterns) > 5
    assert [str(p.pattern) for p in patterns if not hasattr(p.callback, "permission")] == []


def test_the_portal_process_has_public_doors_only() -> None:
    patterns = all_patterns(get_resolver("sagsgang.site.urls_portal"))

    assert {getattr(p.callback, "permission", None) for p in patterns} == {"public"}
