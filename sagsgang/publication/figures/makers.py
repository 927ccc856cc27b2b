"""The makers that there are, by kind."""

from sagsgang.publication.figures import body_year, equality, goals
from sagsgang.publication.figures.asking import Maker

MAKERS: dict[str, Maker] = {maker.kind: maker for maker in (equality.MAKER, body_year.MAKER, goals.MAKER)}
