"""Figures that leave the house: their tree of plain values, and the makers that fill it.

To add a kind: write `figures/<kind>.py` with a function ``make(asked: Asked) -> FiguresReport`` that reads through the
lower app's queries, and ``offers(authority) -> list[Offer]`` that says of which bodies and periods it can be made; put
both as a `Maker` into `figures/makers.py`; add the kind to `models.FiguresKind` if it is new. Pages, two persons, gate, chain,
correction, withdrawal, public page, PDF, CSV and JSON follow by themselves.

What a maker must keep to:
- Texts are plain Danish words, escaped wherever they are shown; never HTML, never the title of a row of the house that has a
  public one. (A project and an indicator have none: their names go through the gate and past two persons.)
- What is about a released item, case, meeting or body carries a reference (`tree.item_ref` of its public id, found by
  `links.references_of`) and no words: the words are those of the public row, at the moment somebody reads. A row or event whose
  reference is not released is left out, now and after a withdrawal.
- A number counts released rows, or is of people and protected (`Absent.HIDDEN` for what is left out). The number of closed items
  is told only as the protocol's own statement of completeness tells it.
"""
