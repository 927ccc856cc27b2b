"""The set phrases of agendas and minutes: headings, intros, what a body decides."""

from sagsgang.site.demo.shapes import ItemKind, Outcome

SECTION_HEADINGS = {"presentation": "Sagsfremstilling", "economy": "Økonomi"}
DIRECTORS = {
    "DIR": "Kommunaldirektøren",
    "VEL": "Velfærdsdirektøren",
    "TMF": "Teknik- og miljødirektøren",
    "BKF": "Børne- og kulturdirektøren",
}
OFFICES = {
    "DIR": "Kommunaldirektørens Stab",
    "VEL": "Velfærdsforvaltningen",
    "TMF": "Teknik- og Miljøforvaltningen",
    "BKF": "Børne- og Kulturforvaltningen",
}
DEFAULT_POINTS: dict[ItemKind, tuple[str, ...]] = {
    "B": ("at indstillingen godkendes",),
    "D": ("at sagen drøftes",),
    "O": ("at orienteringen tages til efterretning",),
}
OUTCOMES: dict[ItemKind, Outcome] = {"B": "approved", "D": "discussed", "O": "noted"}

# What the last body on the path decides. {body} = the body's name.
FINAL: dict[ItemKind, tuple[str, ...]] = {
    "B": (
        "Godkendt.",
        "Indstillingen blev godkendt.",
        "{body} godkendte indstillingen.",
        "Godkendt som indstillet.",
        "Indstillingen blev tiltrådt.",
        "{body} tiltrådte indstillingen.",
    ),
    "D": (
        "Drøftet.",
        "{body} drøftede sagen.",
        "Sagen blev drøftet. {body} ser frem til at følge det videre arbejde.",
        "Drøftet. Forvaltningen arbejder videre på baggrund af de faldne bemærkninger.",
        "{body} drøftede sagen og kvitterede for et godt oplæg.",
    ),
    "O": (
        "Taget til efterretning.",
        "Orienteringen blev taget til efterretning.",
        "{body} tog orienteringen til efterretning.",
        "Til efterretning.",
    ),
}
# What a body on the way decides. {later} = the bodies that follow, {next} = the next one.
ON_THE_WAY: dict[ItemKind, tuple[str, ...]] = {
    "B": (
        "{body} anbefaler indstillingen over for {later}.",
        "Indstillingen anbefales over for {later}.",
        "Anbefales godkendt.",
        "{body} anbefaler, at indstillingen godkendes.",
    ),
    "D": (
        "Drøftet. Sagen sendes videre til {next}.",
        "{body} drøftede sagen og sender den videre til {next}.",
    ),
    "O": ("Taget til efterretning. Sagen forelægges {next}.", "{body} tog orienteringen til efterretning."),
}
FROM_DIRECTORS = (
    "Direktionen godkendte, at sagen fremsendes til {next}.",
    "Direktionen tiltrådte, at sagen forelægges {next}.",
    "Sagen fremsendes til {next} med de faldne bemærkninger indarbejdet.",
    "Direktionen drøftede sagen, som herefter fremsendes til {next}.",
)
FROM_WORKS_COUNCIL = (
    "Hovedudvalget drøftede sagen og har ingen bemærkninger.",
    "Hovedudvalget drøftede sagen. Medarbejdersiden lægger vægt på, at medarbejderne inddrages tidligt.",
    "Drøftet. Hovedudvalget bakker op om sagens videre behandling.",
)
POSTPONED = (
    "Sagen udsættes til næste møde.",
    "Udsat. {body} ønsker sagen belyst yderligere inden næste møde.",
    "Sagen blev udsat med henblik på yderligere oplysninger om økonomien.",
)
HALTED = (
    "{body} godkendte indstillingen. {member} begærede inden mødets afslutning sagen indbragt for "
    "Kommunalbestyrelsen efter § 23 i lov om kommunernes styrelse."
)
DISSENT = (
    "{member} kan ikke tiltræde indstillingen.",
    "{member} tog forbehold.",
    "{member} stemte imod og henviser til de økonomiske konsekvenser i de kommende år.",
    "{member} undlod at stemme.",
)
VOTE = (
    "Indstillingen blev sat til afstemning. For stemte {pro} ({pros}). Imod stemte {con} ({cons}). "
    "Indstillingen blev dermed vedtaget."
)
RECUSED = "{member} erklærede sig inhabil og forlod mødet under behandlingen af punktet."
RECUSED_NOTE = "Inhabil; deltog ikke i behandlingen af punktet."
