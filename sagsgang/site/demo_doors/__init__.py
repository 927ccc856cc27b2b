"""What the demo does with open doors: meetings planned and held here, and every way in which words are let out."""

from sagsgang.site.demo_doors.loading import open_doors
from sagsgang.site.demo_doors.releasing import let_out, meetings_on

__all__ = ["let_out", "meetings_on", "open_doors"]
