"""Row headings in the tags of a PDF: Typst knows the heading of a column, but not yet that of a row."""

import io
from collections.abc import Iterator

import pikepdf


def tag_row_headers(content: bytes) -> bytes:
    """The same file, packed, in which a table cell that `house.typ` marks is the heading of its row.

    Same input, same output. Packing takes some two thirds off the size, most of it tags.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root.get("/StructTreeRoot")
        if root is not None:
            mark_row_headers(root)
        target = io.BytesIO()
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def mark_row_headers(root: pikepdf.Object) -> None:
    """Tag the headings of rows in the tree of tags under `root`."""
    for cell in _data_cells(root):
        if _is_marked(cell):
            cell.S = pikepdf.Name.TH
            cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)


def _data_cells(root: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element tagged as a table's data cell, nested tables included."""
    waiting = _children(root)
    while waiting:
        element = waiting.pop()
        if element.get("/S") == "/TD":
            yield element
        waiting += _children(element)


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements right below; marked content and annotations are left out."""
    return [kid for kid in _contents(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _contents(element: pikepdf.Object) -> list[pikepdf.Object]:
    below = element.get("/K")
    if below is None:
        return []
    return list(below) if isinstance(below, pikepdf.Array) else [below]


def _is_marked(cell: pikepdf.Object) -> bool:
    """Nothing but a paragraph that is nothing but strong words: the mark that `house.typ` sets."""
    paragraph = _only(cell, "/P")
    return paragraph is not None and _only(paragraph, "/Strong") is not None


def _only(element: pikepdf.Object, tag: str) -> pikepdf.Object | None:
    if len(_contents(element)) != 1:
        return None
    kids = _children(element)
    return kids[0] if kids and kids[0].get("/S") == tag else None
