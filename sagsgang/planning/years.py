"""The year of a plan in an address."""

from django.urls import register_converter

FIRST_YEAR, LAST_YEAR = 2000, 2099


class YearConverter:
    """A year for which the public holidays are known: 2000–2099."""

    regex = "20[0-9]{2}"

    def to_python(self, value: str) -> int:
        """The year."""
        return int(value)

    def to_url(self, value: int) -> str:
        """Four figures."""
        return f"{value:04}"


PLAN_YEAR = "planyear"
register_converter(YearConverter, PLAN_YEAR)
