"""What a generated file holds that must be found."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing to be found: `layer` names how it was put into the file, `where` the layer the gate should tell."""

    kind: str
    text: str
    layer: str
    where: str


@dataclass(slots=True)
class Made:
    """A file and its truth. `pages` counts roughly for files without pages: one."""

    file: str
    maker: str
    expected: list[Expected] = field(default_factory=list)
    pages: int = 1

    def as_json(self) -> dict[str, Any]:
        """As the truth file keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> "Made":
        """From the truth file."""
        return cls(row["file"], row["maker"], [Expected(**one) for one in row["expected"]], row["pages"])


def plain(text: str) -> str:
    """What two writings of one thing have in common: letters and digits."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
