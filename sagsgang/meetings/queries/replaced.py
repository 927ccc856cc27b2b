"""Which attachments of an agenda are wrong, or were and have been replaced since (erstattet): derived, never typed."""

from django.db.models import Exists, OuterRef, Q

from sagsgang.cases.models import CaseAttachment, CaseHold, Lifting
from sagsgang.documents.access import Access


def replaced_facts() -> dict[str, Exists | Q]:
    """Of each attachment: `is_replaced`, and `is_replaced_openly` where the public may be told that it is; and `is_held`,
    while an error in its file is neither mended nor accepted.

    An earlier version than the one that mended an error, or a file of the case that another one has taken the place of.
    Nothing of it is told outside where what came instead is closed, or the case is.
    """
    file = {"file": OuterRef("version__document"), "withdrawn_at": None}
    mended = CaseHold.objects.filter(
        lifting=Lifting.MENDED,
        mended_in__document=OuterRef("version__document"),
        mended_in__number__gt=OuterRef("version__number"),
    )
    taken_over = CaseAttachment.objects.filter(case=OuterRef("item__case"), replaced_by__isnull=False, **file)
    held = CaseHold.objects.filter(lifting="", attachment__file=OuterRef("version__document"))
    openly = {"access": Access.OPEN, "on_web": True}
    mended_openly = mended.filter(
        case__access=Access.OPEN, **{f"attachment__{name}": is_so for name, is_so in openly.items()}
    )
    taken_over_openly = taken_over.filter(
        case__access=Access.OPEN, **{f"replaced_by__{name}": is_so for name, is_so in openly.items()}
    )
    return {
        "is_replaced": Exists(mended) | Exists(taken_over),
        "is_replaced_openly": Exists(mended_openly) | Exists(taken_over_openly),
        "is_held": Exists(held),
    }
