"""Read a headcount from a file: a payroll extract or a table of sums, as CSV or XLSX. Refuses with row and column."""

from sagsgang.documents.tables import Sheet, WrongFileError, read_sheet
from sagsgang.equality.reading.headcount import headcount_of, read_headcount
from sagsgang.equality.reading.headings import Columns, recognise
from sagsgang.equality.reading.members import read_members

__all__ = [
    "Columns",
    "Sheet",
    "WrongFileError",
    "headcount_of",
    "read_headcount",
    "read_members",
    "read_sheet",
    "recognise",
]
