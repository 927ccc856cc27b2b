"""The division of Danish compounds, and the words that must stay whole: own lists of a municipality's words."""

from sagsgang.publication.indexing.compounds import parts_of
from sagsgang.publication.indexing.words import cleaned, counted_words, other_spellings, query_words

COMPOUNDS = {
    "dagtilbudsområdet": "dagtilbud området", "kommuneplantillæg": "kommuneplan tillæg kommune plan",
    "spildevandsplan": "spildevand plan", "lokalplanforslag": "lokalplan forslag", "ældreområdet": "ældre området",
    "kvalitetsredegørelse": "kvalitet redegørelse", "budgetopfølgning": "budget opfølgning",
    "plejehjemspladser": "plejehjem pladser hjem", "skoledistrikter": "skole distrikter", "cykelstien": "cykel stien",
    "klimahandlingsplan": "klima handlingsplan plan", "anlægsbevilling": "anlæg bevilling",
    "folkeskoleområdet": "folkeskole området skole", "svømmehal": "svømme hal", "affaldsordning": "affald ordning",
    "varmeforsyning": "varme forsyning", "fjernvarmeprojekt": "fjernvarme projekt", "idrætsanlæg": "idræt anlæg",
    "vejvedligeholdelse": "vej vedligeholdelse", "byggesagsbehandling": "byggesag behandling sag",
    "byggetilladelse": "bygge tilladelse", "daginstitution": "dag institution", "socialpsykiatrien": "social psykiatrien",
    "forældrebetaling": "betaling", "trafiksikkerhed": "trafik sikkerhed", "økonomiudvalget": "økonomi udvalget",
    "kommunalbestyrelsen": "kommunal bestyrelsen", "ligestillingsredegørelse": "ligestilling redegørelse",
    "informationssikkerhed": "information sikkerhed", "skolevej": "skole vej", "kantsten": "kant sten",
    "regnvand": "regn vand", "kvartalsrapport": "kvartal rapport", "miljøvurdering": "miljø vurdering",
    "vindmøller": "vind møller", "boligselskabet": "bolig selskabet", "demensvenlige": "demens venlige",
    "underskriftsindsamling": "underskrift indsamling", "tillægsbevillinger": "tillæg bevillinger",
    "jordfordeling": "jord fordeling", "spørgeskema": "spørge skema", "sagsbehandler": "sag behandler",
}  # fmt: skip
WHOLE = """
    administration afdeling afgørelse aktivitet anbefaling arbejde bemærkninger beslutning bestyrelse betaling
    bibliotek borgmester budgettet bevilling deltagere demokraterne direktion direktør ejendom fællesskab finansiering
    foranstaltning forbedring forslag forvaltning formanden fraværende fremlagt fremsendt godkendelse handicap høring
    indstilling information initiativ institution interesse investering kapacitet kommune kommunikation konsekvens
    kontrakt koordination kvalitet landskab ledelse leverandør medarbejder medlemmer meddelelser møder mulighed
    myndighed omkostning område opgørelse ordning organisation orientering parkering pensionen personale politiske
    princip prioritering projekt protokol punkterne redegørelse regnskab repræsentant resultat samarbejde samtykke
    sekretariat sikkerhed spørgsmål strategi tilladelse tilskud transport udvalget undersøgelse uddannelse vedtægt
    vedtagelse virksomhed visitation vurdering økonomi
""".split()  # noqa: SIM905 - a list of words is read as words


def test_compounds_are_divided() -> None:
    missing = {
        word: parts_of(word) for word, parts in COMPOUNDS.items() if not set(parts.split()) <= set(parts_of(word))
    }

    assert len(COMPOUNDS) >= 40
    assert missing == {}


def test_other_words_stay_whole() -> None:
    assert len(WHOLE) >= 60
    assert {word: parts_of(word) for word in WHOLE if parts_of(word)} == {}


def test_only_letters_of_a_fair_length_are_divided() -> None:
    assert parts_of("x" * 5000) == parts_of("23/01234") == parts_of("") == ()


def test_a_word_broken_at_the_end_of_a_line_is_whole_again() -> None:
    assert cleaned("kommune\ufffe\r\nplan og børne-\nog ungeområdet, skole-\nvej") == (
        "kommuneplan og børne-\nog ungeområdet, skolevej"
    )


def test_words_are_counted_once_and_names_have_both_spellings() -> None:
    assert counted_words("Vand, vand og 12 åer i 2026") == ["og", "vand", "åer"][1:]
    assert other_spellings("Ågade og Aagade, men ikke på en å") == ["aagade", "ågade"]


def test_a_query_keeps_quotes_minus_and_or() -> None:
    assert query_words('“børn/unge” -skole, vej ELLER sti 2026-2029 -"på vej"') == (
        '"børn unge" -skole vej OR sti 2026 2029 -"på vej"'
    )
