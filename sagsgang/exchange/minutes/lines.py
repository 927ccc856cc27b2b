"""The lines of a document after the channel is undone; every line knows its number in the source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line without outer blanks; `bullet` says that a list marker stood before it and was taken off."""

    number: int
    text: str
    gap: int = 0  # empty lines before it
    bullet: bool = False
    mark: bool = False  # a page part such as "Til toppen" or "Udskriv" ended right before it
    page: int = 0
    cells: int = 0  # lines before it that held blanks only: the empty cells of a flattened table

    @property
    def shown(self) -> str:
        """The line as it is kept in a text: list lines start with a hyphen."""
        return f"- {self.text}" if self.bullet else self.text


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a file and the channel they came through (layouts page, section 1)."""

    channel: str
    lines: tuple[Line, ...]


def joined(lines: list[Line] | tuple[Line, ...]) -> str:
    """One text of several lines: paragraphs separated by a line feed."""
    return "\n".join(line.shown for line in lines).strip()
