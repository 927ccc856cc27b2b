"""A table in a file, CSV or XLSX, as rows of words: what would be misread is refused with row and column. No word of a domain."""

from sagsgang.documents.tables.files import LARGEST, Sheet, read_sheet
from sagsgang.documents.tables.places import WrongFileError, letters, shown
from sagsgang.documents.tables.values import day_of, number_of

__all__ = ["LARGEST", "Sheet", "WrongFileError", "day_of", "letters", "number_of", "read_sheet", "shown"]
