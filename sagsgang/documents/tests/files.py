"""Files for tests, made and not found."""

from io import BytesIO

import pikepdf


def pdf_bytes(text: str = "Kort") -> bytes:
    """A PDF of one page."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
    page = pdf.pages[0]
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = pdf.make_stream(stream)
    out = BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
