"""Pictures of text."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bench.gate.invented import Inventor
from bench.gate.truth import Expected, Made

FONT = Path(__file__).resolve().parents[2] / "sagsgang/documents/fonts/DejaVuSans.ttf"


def drawn(lines: list[str], *, wide: int, high: int, size: int) -> Image.Image:
    """Lines of text, black on white."""
    picture = Image.new("L", (wide, high), 255)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(FONT), size)
    for number, line in enumerate(lines):
        pen.text((wide // 14, high // 14 + number * size * 2), line, fill=0, font=font)
    return picture


def a_picture(path: Path, invent: Inventor, variant: int) -> Made:
    """A picture's file: PNG, JPEG or TIFF."""
    person = invent.person()
    lines = ["Ansøgning", f"CPR-nummer: {person.cpr[:6]}-{person.cpr[6:]}", invent.plain()[:50]]
    drawn(lines, wide=1400, high=700, size=32).save(path)
    return Made(path.name, "picture", [Expected("cpr", person.cpr, "image", "image")])
