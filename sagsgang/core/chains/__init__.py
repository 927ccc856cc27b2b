"""Tables whose rows are links of chains: how a link is sealed, whether a chain holds, and its head kept outside."""

from sagsgang.core.chains.faults import Break, Fault
from sagsgang.core.chains.heads import Head, HeadsFile, Kept, keep_head, kept_breaks, oldest_moment
from sagsgang.core.chains.links import ChainState, chain_state, chain_states
from sagsgang.core.chains.tables import AUDIT, ChainTable, moment_sql, seal_sql

__all__ = [
    "AUDIT",
    "Break",
    "ChainState",
    "ChainTable",
    "Fault",
    "Head",
    "HeadsFile",
    "Kept",
    "chain_state",
    "chain_states",
    "keep_head",
    "kept_breaks",
    "moment_sql",
    "oldest_moment",
    "seal_sql",
]
