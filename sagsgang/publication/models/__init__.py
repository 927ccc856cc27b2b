"""What the public may see: copies in the schema `pub`, with no relation to any internal row.

The role of the portal may read these tables and nothing else. Public ids are made at the release and are random.
"""

from sagsgang.publication.models.inside import Preparation, PublicIdentity, ReleaseRecord, Withdrawal
from sagsgang.publication.models.planned import PlannedState, PlanPublication, PublicPlannedMeeting
from sagsgang.publication.models.released import (
    PublicBody,
    PublicFile,
    PublicItem,
    PublicMeeting,
    PublicPrint,
    PublicRow,
    Release,
    ReleaseKind,
    ReleaseState,
)

__all__ = [
    "PlanPublication",
    "PlannedState",
    "Preparation",
    "PublicBody",
    "PublicFile",
    "PublicIdentity",
    "PublicItem",
    "PublicMeeting",
    "PublicPlannedMeeting",
    "PublicPrint",
    "PublicRow",
    "Release",
    "ReleaseKind",
    "ReleaseRecord",
    "ReleaseState",
    "Withdrawal",
]
