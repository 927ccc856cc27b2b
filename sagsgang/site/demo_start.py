"""Loads the demo municipality, in a process of its own: `python -m sagsgang.site.demo_start`."""

import os
import sys
from datetime import date
from importlib import import_module

import django
from django.utils import translation

from sagsgang.site.demo import generate


def _tell(line: str) -> None:
    sys.stderr.write(f"\r{line} ")


def main() -> None:
    """The seed is fixed: everybody's demo is the same, on the same day."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sagsgang.site.settings")
    django.setup()
    translation.activate("da")
    loading = import_module("sagsgang.site.demo_loading")
    town = generate(date.today())  # noqa: DTZ011 - the day on the wall is what the demo is built around
    loading.Loader(town, password=os.environ["SAGSGANG_DEMO_PASSWORD"], tell=_tell).load()
    sys.stderr.write("\n")


if __name__ == "__main__":
    main()
