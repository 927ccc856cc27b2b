"""The ten checks of a headcount. Pure: values in, findings out, in the order of the checks."""

from sagsgang.equality.rules.checks.all import check_headcount

__all__ = ["check_headcount"]
