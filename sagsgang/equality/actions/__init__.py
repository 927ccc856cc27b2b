"""Acts on headcounts; each with its trace."""

from sagsgang.equality.actions.counts import CountFacts, accept_finding, keep_count, sign_off

__all__ = ["CountFacts", "accept_finding", "keep_count", "sign_off"]
