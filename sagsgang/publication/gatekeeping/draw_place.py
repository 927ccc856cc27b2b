"""Draws one place of a PDF's page as PNG, in a process that may crash or run out of memory alone. A program of its own.

`python draw_place.py <file> <page> [left bottom right top]` writes the picture to standard output: the lines around the
place, in full width, with a frame; or the whole page. Answers 1 if it cannot be drawn.
"""

import resource
import sys

import pypdfium2
from PIL import ImageDraw

MEMORY = 1_500_000_000  # bytes
LONGEST_CPU = 20  # seconds
MARGIN = 60  # points above and below
SCALE = 1.6  # pixels a point
LARGEST = 2000  # points: a larger page is drawn smaller


def main(path: str, number: int, box: list[float]) -> int:
    """Write the picture."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST_CPU, LONGEST_CPU))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        page = pypdfium2.PdfDocument(path)[number - 1]
        width, height = page.get_size()
        scale = SCALE * min(1, LARGEST / max(width, height))
        picture = page.render(scale=scale).to_pil().convert("RGB")
    except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError):
        return 1
    if box:
        left, bottom, right, top = box
        frame = [left - 3, height - top - 3, right + 3, height - bottom + 3]
        ImageDraw.Draw(picture).rectangle([value * scale for value in frame], outline=(200, 0, 0), width=3)
        above = max(0, int((height - top - MARGIN) * scale))
        below = min(picture.height, int((height - bottom + MARGIN) * scale))
        if above < below:
            picture = picture.crop((0, above, picture.width, below))
    picture.save(sys.stdout.buffer, "PNG")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), [float(value) for value in sys.argv[3:7]]))
