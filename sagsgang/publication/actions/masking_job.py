"""The job that masks a large file. It is an act, of who ordered it, that nobody waits for.

Named in the setting `PROCRASTINATE_IMPORT_PATHS`, since jobs are looked for in modules called `tasks` alone.
"""

from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from sagsgang.accounts.models import User
from sagsgang.core.errors import RuleBrokenError
from sagsgang.publication.actions import mask_orders
from sagsgang.publication.actions.masking import carry_out

MOST_ATTEMPTS = 3


@app.task(name=mask_orders.JOB, queue="documents", retry=MOST_ATTEMPTS)
def mask_file(preparation_id: str, attachment_id: str) -> None:
    """Mask one file of what is prepared, as somebody ordered it; a crash begins anew."""
    mask_ordered(UUID(preparation_id), UUID(attachment_id))


def mask_ordered(preparation_id: UUID, attachment_id: UUID) -> None:
    """What the job does. Nothing is half done: the new version and all that follows are written together, or the order
    says in a sentence why not.
    """
    order = mask_orders.begun_order(preparation_id, attachment_id)
    if order is None:
        return
    with translation.override("da"):
        try:
            if order["attempts"] > MOST_ATTEMPTS:
                raise RuleBrokenError(_("The file could not be masked. Replace it with one without what was found."))
            carry_out(preparation_id, attachment_id, order, actor=User.objects.get(pk=order["by"]))
        except RuleBrokenError as refusal:
            mask_orders.refuse_order(preparation_id, attachment_id, order, why=str(refusal))
