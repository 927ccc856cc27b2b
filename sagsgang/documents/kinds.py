"""The types of file that the house takes in, and the reasons for which a file is unfit. Known by content, never by name."""

from enum import Enum, auto

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
RTF = "application/rtf"
PNG, JPEG, TIFF, GIF = "image/png", "image/jpeg", "image/tiff", "image/gif"
TXT, CSV = "text/plain", "text/csv"

EXTENSIONS: dict[str, tuple[str, ...]] = {  # the first one is given to a file whose name contradicts its content
    PDF: (".pdf",),
    DOCX: (".docx",), XLSX: (".xlsx",), PPTX: (".pptx", ".ppsx"),
    ODT: (".odt",), ODS: (".ods",), ODP: (".odp",),
    DOC: (".doc",), XLS: (".xls",), PPT: (".ppt", ".pps"),
    RTF: (".rtf", ".doc"),
    PNG: (".png",), JPEG: (".jpg", ".jpeg"), TIFF: (".tif", ".tiff"), GIF: (".gif",),
    TXT: (".txt",), CSV: (".csv",),
}  # fmt: skip

OFFICE = frozenset({DOCX, XLSX, PPTX, ODT, ODS, ODP, DOC, XLS, PPT, RTF})  # what LibreOffice makes a PDF of


class Unfit(Enum):
    """Why a file is not taken in."""

    EMPTY = auto()
    LARGE = auto()
    UNKNOWN = auto()
    PROGRAM = auto()
    WEB_PAGE = auto()
    MAIL = auto()
    ARCHIVE = auto()
    MACROS = auto()
    ENCRYPTED = auto()
    BROKEN = auto()
    BOMB = auto()
    LARGE_PICTURE = auto()


class UnfitFileError(Exception):
    """The file is not taken in, for `reason`. Carries no word and no name of the file."""

    def __init__(self, reason: Unfit) -> None:
        super().__init__(reason.name)
        self.reason = reason
