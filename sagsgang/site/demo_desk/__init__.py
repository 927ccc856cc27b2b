"""The demo's desks: cases in preparation, and what they stand on. All of it through the house's own actions."""

from sagsgang.site.demo_desk.loading import fill_desks

__all__ = ["fill_desks"]
