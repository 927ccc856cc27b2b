"""Danish first names and surnames, and the names that may not come out of them."""

from random import Random
from typing import Literal

WOMEN = (
    "Agnete Alberte Anette Anja Annelise Asta Astrid Benedikte Birgit Bodil Camilla Charlotte Dagny Dorte Ellen "
    "Elsebeth Emilie Gerda Gitte Grethe Gudrun Hanne Hedvig Helle Henriette Ida Ingelise Ingrid Jonna Jytte "
    "Karoline Kirsten Laura Lisbeth Liv Lone Maja Malene Maren Margrethe Marianne Mathilde Merete Nanna Pernille "
    "Ragnhild Randi Rikke Ruth Signe Sofie Solveig Susanne Tove Trine Ulla Vibeke Winnie Yrsa"
).split()
MEN = (
    "Aksel Albert Allan Anders Arne Asger Bent Bertram Bjarne Carsten Christoffer Claus Ebbe Egon Ejnar Erling "
    "Esben Finn Flemming Frede Georg Gunnar Henning Holger Ivan Jeppe Jesper Jørn Kaj Karsten Kasper Keld "
    "Klaus Knud Laurits Leif Magnus Malthe Mads Niels Ole Oluf Palle Poul Preben Rasmus Rune Simon Steen Svend "
    "Tage Thorkild Torben Troels Ulrik Uffe Verner Viggo"
).split()
MIDDLE = (
    "Aagaard Birk Bisgaard Bonde Brogaard Dalby Egholm Elkjær Fogh Frost Gram Hald Hedegaard Hvid Højgaard Juul "
    "Kjær Krogh Kvist Lyng Munk Nørgaard Ravn Riis Rosenlund Skou Skov Storm Toft Tang Vad Winther"
).split()
LAST = (
    "Abildtrup Agerskov Albæk Andreasen Bjerregaard Bloch Bonnerup Brandstrup Bruun Bøgelund Dahlgaard Damgaard "
    "Ditlevsen Dyhr Enevoldsen Faurholt Fruergaard Gadegaard Gammelgaard Graversen Grønkjær Haugaard Hejlskov "
    "Hessellund Hjortshøj Holmgaard Husted Hyldgaard Iversen Jespersen Justesen Jørgensen Kirkegaard Kjeldsen "
    "Klausen Kloster Korsgaard Kragelund Laugesen Lauridsen Linnet Lykkegaard Markussen Mikkelsen Mortensen Mølgaard "
    "Nedergaard Overgaard Pedersen Pilgaard Poulsen Ravnkilde Rishøj Rosenkilde Sandgaard Sejersen Simonsen "
    "Sinding Skovgaard Smedegaard Steffensen Søndergaard Thorup Thygesen Tranberg Uhrenholt Vangsgaard Vestergaard "
    "Villadsen Vinther Væggemose Østerby Aaby"
).split()
# Well-known politicians whose names the lists above could make, and names close to the source document's.
FORBIDDEN = frozenset(
    {
        "Pernille Vermund", "Pernille Skipper", "Pernille Rosenkrantz-Theil", "Rasmus Jarlov", "Rasmus Nordqvist",
        "Rasmus Horn Langhoff", "Rasmus Paludan", "Rasmus Stoklund", "Mads Fuglede", "Magnus Heunicke",
        "Magnus Georg Jensen", "Jesper Petersen", "Jeppe Bruus", "Jeppe Kofod", "Jeppe Søe", "Kasper Roug",
        "Karsten Hønge", "Karsten Lauritzen", "Klaus Riskær Pedersen", "Simon Emil Ammitzbøll-Bille",
        "Simon Pihl Sørensen", "Simon Kollerup", "Anders Kühnau", "Anders Samuelsen", "Anders Winnerskjold",
        "Ole Birk Olesen", "Ole Vagn Christensen", "Niels Flemming Hansen", "Flemming Møller Mortensen",
        "Susanne Zimmer", "Rikke Karlsson", "Astrid Krag", "Astrid Carøe", "Ida Auken", "Sofie Carsten Nielsen",
        "Sofie de Bretteville Olsen", "Signe Munk", "Trine Bramsen", "Trine Torp", "Trine Mach", "Helle Thorning-Schmidt",
        "Hanne Bjørn-Klausen", "Birgit Hansen", "Birgit Aagaard-Svendsen", "Kirsten Normann Andersen", "Ulla Tørnæs",
        "Lone Jakobi", "Ritt Bjerregaard", "Svend Auken", "Poul Nyrup Rasmussen", "Poul Schlüter", "Knud Vincents",
        "Uffe Elbæk", "Uffe Ellemann-Jensen", "Bertel Haarder", "Pia Olsen Dyhr", "Jytte Andersen", "Grethe Jensen",
        "Ellen Trane Nørby", "Ellen Thrane", "Marianne Jelved", "Marianne Vestager", "Margrethe Vestager",
        "Laura Lindahl", "Lisbeth Bech-Nielsen", "Henning Hyllested", "Claus Hjort Frederiksen", "Torben Lund",
        "Leif Mikkelsen", "Leif Lahn Jensen", "Bjarne Laustsen", "Bent Bøgsted", "Erling Bonnesen", "Steen Gade",
        "Torsten Schack Pedersen", "Niels Helveg Petersen", "Holger K. Nielsen", "Charlotte Broman Mølbæk",
        "Malene Harpsøe", "Vibeke Syppli Enrum", "Ejnar Mikkelsen", "Knud Pedersen", "Simon Emil Pedersen",
    }
)  # fmt: skip


class Names:
    """Draws full names; never the same one twice, and no pair of surnames twice."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.used: set[str] = set()
        self.surnames: set[str] = set()

    def draw(self, sex: Literal["f", "m"]) -> tuple[str, str]:
        while True:
            first = self.rng.choice(WOMEN if sex == "f" else MEN)
            last = self.rng.choice(LAST)
            if self.rng.random() < 0.35:
                last = f"{self.rng.choice(MIDDLE)} {last}"
            name = f"{first} {last}"
            if name in FORBIDDEN or name in self.used or last in self.surnames:
                continue
            if f"{first} {last.split()[-1]}" in FORBIDDEN:
                continue
            self.used.add(name)
            self.surnames.add(last)
            return first, last
