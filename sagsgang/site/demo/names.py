"""Draws full names out of `texts/words/navne.txt`, and never a well-known politician's."""

from random import Random
from typing import Literal

from sagsgang.site.demo.words import words

MIDDLE_NAMES = 0.35


class Names:
    """Never the same name twice, nor the same surname twice."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.lists = words("navne")
        self.forbidden = frozenset(self.lists["forbidden"])
        self.surnames: set[str] = set()

    def draw(self, sex: Literal["f", "m"]) -> tuple[str, str]:
        while True:
            first = self.rng.choice(self.lists["women" if sex == "f" else "men"])
            plain = self.rng.choice(self.lists["last"])
            last = plain
            if self.rng.random() < MIDDLE_NAMES:
                last = f"{self.rng.choice(self.lists['middle'])} {plain}"
            if last in self.surnames or {f"{first} {last}", f"{first} {plain}"} & self.forbidden:
                continue
            self.surnames.add(last)
            return first, last
