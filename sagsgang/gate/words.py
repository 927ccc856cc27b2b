"""The Danish of kinds and layers, for screens and for the command."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from sagsgang.gate.pieces import Kind, Where


def kind_word(kind: Kind) -> str:
    """What was found, in words."""
    return {
        Kind.CPR: _("CPR number"),
        Kind.PHONE: _("telephone number"),
        Kind.EMAIL: _("e-mail address"),
        Kind.ADDRESS: _("postal address"),
        Kind.ACCOUNT: _("bank account"),
        Kind.NAME: _("name from a closed item"),
        Kind.METADATA: _("name in the file's data"),
        Kind.TEMPLATE: _("left from a template"),
        Kind.COMMENT: pgettext("gate", "comment"),
        Kind.REVISION: _("tracked change"),
    }[kind]


def where_word(where: Where) -> str:
    """The layer it lies in, in words."""
    return {
        Where.TEXT: _("in the text"),
        Where.HIDDEN: _("in hidden text"),
        Where.ANNOTATION: _("in an annotation"),
        Where.FORM: _("in a form field"),
        Where.METADATA: _("in the file's data"),
        Where.EMBEDDED: _("in a file inside the file"),
        Where.SIGNATURE: _("in a digital signature"),
        Where.IMAGE: _("in a picture"),
        Where.COVERED: _("under something drawn over it"),
    }[where]
