"""Row headings in the tags of a PDF: Typst knows the heading of a column, but not yet that of a row."""

import io
from collections.abc import Iterator

import pikepdf


def tag_row_headers(content: bytes) -> bytes:
    """The same file in which every table cell that the template set in doubled `strong` is a heading of its row.

    The bytes come back unchanged if there is none. Same input, same output.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = 0
        for cell in _data_cells(pdf):
            if _is_doubly_strong(cell):
                cell.S = pikepdf.Name.TH
                cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
                found += 1
        if not found:
            return content
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _data_cells(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every element tagged as a table's data cell, nested tables included."""
    root = pdf.Root.get("/StructTreeRoot")
    waiting = _children(root) if root is not None else []
    while waiting:
        element = waiting.pop()
        if element.get("/S") == "/TD":
            yield element
        waiting += _children(element)


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements right below; marked content and annotations are left out."""
    below = element.get("/K")
    if below is None:
        return []
    kids = list(below) if isinstance(below, pikepdf.Array) else [below]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _is_doubly_strong(cell: pikepdf.Object) -> bool:
    outer = _only_strong(cell)
    return outer is not None and _only_strong(outer) is not None


def _only_strong(element: pikepdf.Object) -> pikepdf.Object | None:
    kids = _children(element)
    return kids[0] if len(kids) == 1 and kids[0].get("/S") == "/Strong" else None
