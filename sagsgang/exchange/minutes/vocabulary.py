"""The printed words that carry structure (layouts page, sections 2 to 6): headings, labels, marks. No rules here.

Words are compared folded: without case, accents, outer marks and the colon at the end.
"""

import re
import unicodedata
from functools import lru_cache

_OUTER = " .:;,*|-–"


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Case, accents (not æøå), blanks and marks at the ends do not matter."""
    flat = " ".join(text.split()).casefold().replace("é", "e").replace("è", "e").replace("ü", "u").replace("ö", "ø")
    return unicodedata.normalize("NFC", flat).strip(_OUTER)


SECTIONS: dict[str, tuple[str, ...]] = {
    "summary": (
        "resume", "kort resume", "beslutningstema", "anledning", "sagsresume", "præsentation", "sagstema",
        "sagens kerne",
        "formål med sagen", "formål", "indledning", "indledning/baggrund", "indledning og baggrund", "sammendrag",
        "resume og sagsfremstilling", "sagens formål", "kort fortalt", "resume af sagen",
    ),
    "presentation": (
        "sagsfremstilling", "beskrivelse af sagen", "sagsfremstilling og økonomi", "redegørelse", "sagsbeskrivelse",
        "supplerende sagsfremstilling", "beskrivelse", "problemstilling", "sagens indhold", "fremstilling", "løsning",
        "uddybende sagsfremstilling", "sagsfremstilling/redegørelse", "sagens baggrund", "baggrund", "sagsforhold",
        "supplerende oplysninger", "supplerende bemærkninger", "ny sagsfremstilling", "opdateret sagsfremstilling",
    ),
    "recommendation": (
        "indstilling", "indstillinger", "administrativ indstilling", "administrationens indstilling",
        "forvaltningens indstilling", "direktionens indstilling", "forvaltningen indstiller", "forvaltningen foreslår",
        "forvaltningen foreslår/indstiller", "administrationen indstiller", "administrationens forslag",
        "borgmesterens indstilling", "formandens indstilling", "indstilling fra direktionen", "forslag til beslutning",
        "indstilling til beslutning", "direktørens indstilling", "forvaltningens forslag", "beslutningspunkter",
        "beslutningspunkt", "det indstilles", "innstilling",
    ),
    "economy": (
        "økonomi", "økonomiske konsekvenser", "økonomi og organisatoriske konsekvenser", "økonomiske forhold",
        "bevillingsmæssige konsekvenser", "økonomi og finansiering", "finansiering", "afledte økonomiske konsekvenser",
        "økonomiske og personalemæssige konsekvenser", "økonomiske bemærkninger", "økonomi og personale",
        "økonomiske og organisatoriske konsekvenser", "økonomi og bevilling", "bevilling", "økonomi/personale",
        "personalemæssige og økonomiske konsekvenser", "økonomi og afledt drift", "økonomiafdelingens bemærkninger",
    ),
    "law": (
        "lovgrundlag", "retsgrundlag", "hjemmel", "lovgrundlag mv", "lovgrundlag og planer", "juridiske konsekvenser",
        "lovgrundlag, planer mv", "lovgrundlag og kompetence", "juridiske forhold", "lovgivning", "retligt grundlag",
        "lovhjemmel", "lovgrundlag - link", "politikker og lovgrundlag", "jura",
    ),
    "hearing": (
        "høring", "høringer", "udtalelser", "inddragelse", "borgerinddragelse", "høring/borgerinddragelse",
        "parthøring",
        "høring og inddragelse", "høring og borgerinddragelse", "partshøring", "høringssvar", "inddragelse og høring",
        "høring, udtalelser", "offentlighed og høring",
    ),
    "history": (
        "historik", "tidligere behandling", "sagshistorik", "sagshistorik, henvisninger", "sagens forløb", "behandling",
        "politisk behandling", "sagens behandling", "tidligere beslutninger", "tidligere politisk behandling",
        "sagens tidligere behandling", "tidligere beslutning", "beslutningshistorik", "sagens historik",
    ),
    "consequences": (
        "personale", "konsekvenser", "miljø", "sundhed", "handicappolitik", "alternativer", "co2-konsekvensvurdering",
        "bæredygtighed", "klima", "personaleforhold", "handicappolitiske konsekvenser", "beskæftigelseseffekt",
        "risiko",
        "klima og bæredygtighed", "børnekonsekvenser", "konsekvensvurdering", "konsekvens", "bæredygtighedsvurdering",
        "sundhed og bæredygtighed", "klimakonsekvenser", "øvrige konsekvenser", "andre konsekvenser",
    ),
    "other": (
        "kommunikation", "videre proces", "den videre proces", "tidsplan", "evaluering", "opfølgning", "vurdering",
        "administrationens vurdering", "forvaltningens vurdering", "forvaltningens bemærkninger", "videre forløb",
        "administrationens bemærkninger", "supplerende", "bemærkninger", "det videre forløb", "proces", "information",
        "kommunikation og inddragelse", "planforhold", "sagens videre forløb", "videre sagsforløb", "protokollering",
        "relateret behandling", "politik", "kommentarer", "noter", "direktionens bemærkninger", "tids- og handleplan",
    ),
}  # fmt: skip
SECTION_KINDS = {word: kind for kind, words in SECTIONS.items() for word in words}
SECTION_SHAPES = (
    (re.compile(r"økonomi(?:ske)?\b.{0,40}\bkonsekvenser"), "economy"),
    (re.compile(r"[\wæøå -]{3,50}\bkonsekvenser(?: for [\wæøå -]{3,40})?"), "consequences"),
    (re.compile(r"konsekvenser for [\wæøå ,-]{3,50}"), "consequences"),
    (re.compile(r"[\wæøå ,-]{3,60}s indstilling"), "recommendation"),
    (re.compile(r"(?:[\wæøå,-]+ ){1,6}indstiller(?: til [\wæøå ,-]{3,60})?"), "recommendation"),
)
OPENING = {"summary", "presentation"}

ATTACHMENTS = frozenset({
    "bilag", "bilagsliste", "bilagsoversigt", "bilag til sagen", "sagens bilag", "vedlagte bilag", "vedhæftede filer",
    "bilag til punktet", "vedhæftede bilag", "samlet bilagsliste", "bilag/links", "åbne bilag", "lukkede bilag",
})  # fmt: skip
DECISIONS = frozenset({
    "beslutning", "beslutninger", "afgørelse", "vedtagelse", "referat", "byrådets beslutning", "udvalgets beslutning",
    "kommunalbestyrelsens beslutning", "regionsrådets beslutning", "økonomiudvalgets beslutning", "konklusion på mødet",
    "rådets beslutning", "bestyrelsens beslutning", "protokol", "udvalgets afgørelse", "byrådets afgørelse",
})  # fmt: skip
BOTH = frozenset({"indstilling og beslutning", "indstilling/beslutning"})
ABSENCE = frozenset({
    "fraværende", "afbud", "afbud fra", "fraværende med afbud", "fraværende uden afbud", "ikke til stede", "fravær",
    "ikke mødt", "meldt afbud", "ej mødt", "fraværende medlemmer", "fraværende/afbud", "afbud/fraværende",
    "ikke tilstede",
    "fraværende med lovligt forfald", "forfald", "afbud/fravær", "ikke deltagende", "der er afbud fra",
    "der var afbud fra",
    "medlemmerne var til stede, undtagen", "medlemmerne var tilstede undtagen", "alle medlemmer var til stede undtagen",
})  # fmt: skip
PARTLY_ABSENT = frozenset({"fraværende i mødet", "fremmøde", "fremmøde og inhabilitet", "inhabilitet", "inhabile"})
SUBSTITUTES = frozenset({"stedfortræder", "stedfortrædere", "suppleant", "suppleanter", "mødte stedfortrædere"})
NONE_WORDS = frozenset({
    "ingen", "ingen bilag", "-", "", "alle mødt", "alle var til stede", "alle er til stede", "ingen fraværende",
    "intet",
    "ingen afbud", "ingen var fraværende", "alle var mødt", "alle medlemmer var til stede", "ikke relevant", "nej",
    "der er ingen bilag", "der var ingen fraværende", "alle til stede", "alle medlemmer var mødt",
    "ingen bilag til sagen",
    "der var ingen afbud", "alle tilstede", "alle mødte", "ingen meldt afbud",
})  # fmt: skip

LABELS: dict[str, tuple[str, ...]] = {
    "case": ("sagsnr", "sagsid", "sags id", "sags-id", "j.nr", "journalnr", "sagnr", "sagsnummer", "sags nr",
             "journal nr",
             "journalnummer", "sags-nr", "j. nr", "jnr", "sag nr", "esdh-sag", "acadre sagsnr", "acadre"),
    "doc": ("dok.nr", "dok nr", "dok. nr", "doknr", "dokumentnr", "dok", "dokumentnummer", "brevid", "brev id"),
    "officer": ("sagsbehandler", "sagsansvarlig", "sagsbeh", "ansvarlig sagsbehandler", "sagsansvarlige"),
    "initials": ("initialer", "sagsinitialer", "init", "sagsbehandlerinitialer"),
    "decided": ("sagen afgøres i", "beslutningskompetence", "kompetence", "hvem beslutter", "sagen afgøres af",
                "kompetent organ", "afgøres i", "beslutningsorgan", "sagen afgøres endeligt i"),
    "path": ("sagsgang", "sagsforløb", "forventet sagsgang", "sagsgang og sagstype", "beslutningsgang", "sagens gang",
             "politisk sagsgang", "behandles i", "forventet sagsforløb"),
    "ignored": ("øvrige sagsbehandlere", "forvaltning", "afdeling", "fagområde", "sagstype", "direktørområde", "dato",
                "forfatter", "ansvarlig forvaltning", "center", "udarbejdet af", "område", "ansvarlig"),
}  # fmt: skip
LABEL_KINDS = {word: kind for kind, words in LABELS.items() for word in words}

COVER: dict[str, tuple[str, ...]] = {
    "date": ("mødedato", "dato", "mødedag", "dato for mødet", "mødedo", "do", "dag"),
    "start": ("mødetidspunkt", "starttidspunkt", "starttidspunkt for møde", "tidspunkt", "tid", "start kl", "start",
              "mødetid", "mødet påbegyndt", "mødet påbegyndt kl", "mødet startede kl", "mødestart", "starttid", "kl",
              "mødet startede", "mødet begyndte kl", "mødet begyndt", "påbegyndt kl", "klokken"),
    "end": ("sluttidspunkt", "sluttidspunkt for møde", "mødet hævet", "mødet blev hævet kl", "slut kl", "slut",
            "hævet kl",
            "mødet sluttede kl", "møde slut", "mødet slut", "mødet hævet kl", "sluttid", "mødet sluttede", "hævet",
            "mødet sluttet", "mødet afsluttet", "mødet blev hævet"),
    "place": ("mødested", "mødelokale", "sted", "lokale", "møde lokation", "mødelokation", "lokation", "sted/lokale"),
    "body": ("udvalg", "råd", "organ", "udvalg/råd", "politisk udvalg", "udvalgsnavn", "forum"),
    "members": ("medlemmer", "deltagere", "mødedeltagere", "tilstede", "til stede", "tilstede var", "tilstedeværende",
                "indkaldelse", "til stede var", "mødt", "fremmødte", "tilstedeværende medlemmer", "udvalgets medlemmer",
                "mødte", "mødedeltager", "medlem", "deltog", "deltager", "indkaldte"),
    "guests": ("øvrige indkaldte", "øvrige deltagere", "endvidere deltog", "desuden deltog", "fra administrationen",
               "referent", "sekretær", "gæster", "øvrige", "fra forvaltningen", "endvidere deltager", "embedsmænd"),
    "absent": tuple(ABSENCE),
    "substitutes": tuple(SUBSTITUTES),
    "meeting": ("møde nr", "møde navn", "mødenr", "møde", "mødenummer", "mødenavn"),
    "remarks": ("bemærkninger", "godkendelse af dagsorden", "bemærkninger til dagsordenen", "bemærkning", "nb",
                "bemærkninger/ændringer til dagsordenen"),
    "ignored": ("publiceret", "udskrevet", "type", "hent", "offentliggjort", "mødetype"),
}  # fmt: skip
COVER_KINDS = {word: kind for kind, words in COVER.items() for word in words}

CONTENTS = frozenset({
    "indholdsfortegnelse", "punkter", "dagsordenspunkter", "dagsordenpunkter", "sagsoversigt", "oversigtsdagsorden",
    "punkter på dagsordenen", "dagsordensoversigt", "pkt. tekst side", "sag nr.: emne", "følgende sager behandles",
    "punkter til dagsorden side", "punkt nr. side", "sag tekst sidenr", "sag nr. side", "indhold", "punktoversigt",
    "punkt nr", "dagsordenspunkter på mødet", "pkt. tekst", "oversigt over dagsordenspunkter", "punkter på dagsorden",
    "oversigt", "indholdsfortegnelse for mødet", "sagsliste",
})  # fmt: skip

OPEN_SECTION = re.compile(
    r"(?:til behandling\s*[-–]?\s*)?(?:(?:for )?åbne (?:dagsordens?punkter|punkter|sager|døre|møde"
    r"|beslutningssager|orienteringssager)"
    r"|åben dagsorden|åbne|åbent møde|dagsorden åben|åben del)"
)
CLOSED_SECTION = re.compile(
    r"(?:til behandling\s*[-–]?\s*)?(?:(?:for )?lukkede (?:dagsordens?punkter|punkter|sager|døre|møde"
    r"|beslutningssager|orienteringssager)"
    r"|lukket dagsorden|lukkede|lukket møde|dagsorden lukket|lukket del)"
)
OPEN_ITEM = frozenset({"åben sag", "åbent", "åbent punkt", "åben", "(åben sag)", "åbent dagsordenspunkt", "åben sag."})
CLOSED_ITEM = frozenset({"lukket sag", "lukket", "lukket punkt", "(lukket sag)", "lukket dagsordenspunkt"})

MARKS = frozenset({
    "til toppen", "til top", "print", "udskriv", "show video", "kopier link til punktet",
    "kopier link til punktet - print",
    "udskriv punkt", "del punkt", "luk punkt", "åbn punkt", "vis video", "tilbage til toppen", "top", "gå til toppen",
    "udskriv dette punkt", "fold punkt ud", "fold ud", "fold ind", "klik her for at folde ud",
    "klik her for at folde ind",
})  # fmt: skip
CHROME = frozenset({
    "udskriv hele dagsordnen", "udskriv hele dagsordenen", "fold alle", "abonner", "gå til indhold",
    "skip navigationen",
    "background image", "accepter cookies", "video fra mødet", "mødedetaljer", "søg", "størrelse: px", "transkript",
    "starte visningen fra side", "sbsys dagsorden preview", "luk alle punkter", "åbn alle punkter", "hop til indhold",
    "dagsordener og referater", "dagsordner og referater", "skip til hoved indholdet", "formandens initialer",
    "forside",
    "fold alle ud", "fold alle ind", "vis alle punkter", "udskriv referat", "udskriv dagsorden", "hent som pdf", "menu",
    "samlet dokument", "mødefakta", "politik", "icon-politik", "luk", "del", "læs op", "forsiden", "cookies",
    "vis menu",
    "udvalg dato type hent", "luk alle punkter referat", "print siden", "hent pdf", "download", "tip en ven",
    "se video",
})  # fmt: skip


NUMBERED_HEADING = re.compile(r"\d{1,2}\.\s(?P<word>[A-ZÆØÅ][\w/ -]{4,40})")


def section_kind(text: str) -> str | None:
    """The canonical section of a line that is wholly a heading; None for every other line."""
    if len(text) > 90:
        return None
    folded = fold(text)
    known = SECTION_KINDS.get(folded)
    numbered = NUMBERED_HEADING.fullmatch(text)
    if numbered and SECTION_KINDS.get(fold(numbered["word"])) in {"summary", "presentation", "recommendation"}:
        return SECTION_KINDS[fold(numbered["word"])]
    if not text[:1].isupper() or text.endswith((".", ";")) or (text.endswith(",") and "indstiller" not in folded):
        return None
    if known:
        return known
    for shape, kind in SECTION_SHAPES:
        if shape.fullmatch(folded) and (kind != "recommendation" or text.rstrip().endswith((",", ":", "ling", "ller"))):
            return kind
    return None


DECISION_START = re.compile(r"beslutning(?:er)?\s+(?:i\s+)?\S.{2,110}\s(?:den|d\.)\s*(?::|\d.{5,25})?$", re.I)


def starts_block(text: str) -> bool:
    """Whether a line is a heading or label of its own, so that no sentence runs into or out of it."""
    if len(text) > 160 or not text[:1].isupper() or text.endswith("."):
        return False
    folded = fold(text)
    return (
        section_kind(text) is not None
        or folded in ATTACHMENTS | DECISIONS | BOTH | ABSENCE | OPEN_ITEM | CLOSED_ITEM
        or LABEL_KINDS.get(folded, "ignored") != "ignored"
        or DECISION_START.match(text) is not None
    )
