"""What is typed of headcounts. No saving."""

from sagsgang.equality.forms.counts import AcceptForm, ImportForm, TypedForm

__all__ = ["AcceptForm", "ImportForm", "TypedForm"]
