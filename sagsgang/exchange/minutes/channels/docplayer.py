"""Docplayer pages (layouts page, section 1): one line a page, broken up again at the words that carry structure."""

import re
from itertools import pairwise

from sagsgang.exchange.minutes.lines import Line

PAGE = re.compile(r"(\d{1,4})\s+(?=\S)")
COUNTERS = re.compile(
    r"^\d{1,4} (?:of|af) \d{1,4}\s+|^Side\s?\d{1,4}(?:\s?(?:af|/|of)\s?\d{1,4})?\s+|\s\d{1,4} (?:of|af) \d{1,4}$", re.I
)
RUNNING = re.compile(
    r"^(?:Åben |Lukket )?(?:Referat|Dagsorden|Beslutningsprotokol|REFERAT|DAGSORDEN) (?:[Ff]or|fra"
    r"|til) [^.:]{3,80}? Side:? ?\d{0,4}"
    r"(?: ?/ ?(?:\d{1,2}\. [a-zæøå]+ \d{4})?)?(?: ?- ?kl\.? ?(?:\d{1,2}[.:]\d{2})?)?(?=\s|$)"
)
MIDDLE_COUNTER = re.compile(r"\sSide \d{1,4} (?:af|/) \d{1,4}(?=\s|$)")
END_NUMBER = re.compile(r"\s(\d{1,4})$")

_WORD = "A-ZÆØÅa-zæøåé"
_DATE = r"(?:\d{1,2}\.? ?(?:[a-zæøå]+|[-./]) ?\d{0,2}[-./ ]?\d{4}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})"
_HEADINGS = (
    r"Indstilling(?=:? [A-ZÆØÅ][\wæøå-]+(?: og [\wæøå-]+)? (?:indstiller|foreslår|anbefaler)\b)"
    r"|Sagsfremstilling(?: og økonomi)?|Supplerende [Ss]agsfremstilling|Resum[eé]|Sagsresum[eé]"
    r"|Beslutningstema|Sagstema"
    r"|SAGSFREMSTILLING|RESUM[EÉ]|INDSTILLING|BESLUTNINGSTEMA|ØKONOMI|LOVGRUNDLAG|BILAG|Lovgrundlag|Retsgrundlag"
    r"|Økonomiske konsekvenser|Økonomi og [a-zæøå]+(?: konsekvenser)?|Beskrivelse af sagen"
    r"|Administrationens indstilling"
    r"|Forvaltningens indstilling|Høring(?=:| [A-ZÆØÅ])|Personale(?=:| [A-ZÆØÅ])|Indledning/[Bb]aggrund"
    r"|Redegørelse(?=:| [A-ZÆØÅ])"
)
_DECISION = rf"(?:Beslutning(?:er)?|BESLUTNING(?:ER)?) (?:[iI] )?[A-ZÆØÅ][{_WORD} ,()\-–]{{3,80}}? (?:den|DEN)\b ?:?(?: ?{_DATE}:?)?"
_LABELS = (
    r"Sagsnr\.?:|Sagsid\.?:|Sagnr\.?:|Sags ?nr\.:|J\. ?nr\.?:?|Journalnr\.?:?|Sagsnummer:|Sagsansvarlig:"
    r"|Sagsbehandler:|Sagsinitialer:"
    r"|Initialer:|Sagen afgøres i:|Beslutningskompetence:|Kompetence:|Fraværende:?|Afbud(?: fra)?:|Ikke til stede:"
    r"|Dok\. ?nr\.?:|Åbent punkt|Lukket punkt(?=\s)|Åben [Ss]ag|Lukket [Ss]ag(?! -)|Sagsforløb:|Sagsgang:"
)
_COVER = (
    r"Mødedato\s?:?|Mødetidspunkt\s?:?|Mødested\s?:?|Mødelokale(?:\s?:|(?= [A-ZÆØÅ]))|Medlemmer\s?:?"
    r"|Deltagere\s?:?|Mødedeltagere\s?:?|Dato\s?:|Lokale\s?:"
    r"|Tidspunkt\s?:|Sted\s?:|Start kl\.\s?:?|Slut kl\.\s?:?|Øvrige indkaldte\s?:?|Bemærkninger\s?:?"
    r"|Møde navn\.?\s?:|Møde nr\.?\s?:?"
    r"|Starttidspunkt\s?:?|Sluttidspunkt\s?:?|Mødet hævet\s?:?|Mødet sluttede\s?:?|Stedfortræder(?:e)?\s?:"
    r"|Udvalg\s?:|Indkaldelse\s?:"
    r"|Tilstede\s?:|Til stede\s?:|Tidspunkt for møde\s?:|Mødetid\s?:|Tid\s?:|Mødedo\s?:?"
)
_PARTS = (
    r"Indholdsfortegnelse:?|Sagsoversigt:?|Dagsordenspunkter:?|Åbne (?:sager|punkter)\s?:?"
    r"|Lukkede (?:sager|punkter)\s?:?"
    r"|ÅBNE (?:SAGER|PUNKTER)\s?:?|LUKKEDE (?:SAGER|PUNKTER)\s?:?|Underskriftsside|Bilagsoversigt"
    r"|Åben dagsorden|Lukket dagsorden"
)
_ENDS = r"(?<=[.:!?)\"”\d] )"
BREAKS = re.compile(
    rf"(?P<decision>(?<!\S){_DECISION})"
    rf"|(?P<label>(?<!\S)(?:{_LABELS}|{_COVER})(?=\s|$|\d))"
    rf"|(?P<part>(?<!\S)(?:{_PARTS})(?=\s|$|\d))"
    rf"|(?P<heading>(?<!\S)(?:{_HEADINGS}):?(?=\s|$))"
    rf"|(?P<weak>{_ENDS}(?:Indstilling|Økonomi|Bilag|Beslutning|BESLUTNING|Baggrund|Historik|Anledning|Høring):?(?=\s[A-ZÆØÅ\d\"”(-]|$))"
    r"|(?P<item>(?<!\snr\. )(?<!pkt\. )(?<!\S)(?:Punkt |Pkt\. ?)?\d{1,4}\. ?(?=[A-ZÆØÅ\"”][a-zæøåA-ZÆØÅ]))"
    r"|(?P<ad>(?<!\S)Ad \d{1,2}[.:)]?(?=\s))"
)


def is_docplayer(lines: list[Line]) -> bool:
    """The word that the site prints above the text, and numbered pages after it."""
    return any(line.text in {"Transkript", "Transcript"} for line in lines[:400])


def lines_of_docplayer(lines: list[Line]) -> list[Line]:
    """The heads of the page first (they may hold the only full date), then the pages, broken at labels and headings."""
    start = next(index for index, line in enumerate(lines) if line.text in {"Transkript", "Transcript"})
    pages = [_page(line, number) for number, line in enumerate(lines[start + 1 :], start=1)]
    head = _common_head([line.text for line in pages])
    broken: list[Line] = []
    for line in pages:
        text = line.text[len(head) :].strip() if head and line.page > 1 and line.text.startswith(head) else line.text
        broken += _broken(Line(line.number, text, 1, page=line.page))
    heads = [part for line in lines[:start] for part in _broken(Line(line.number, line.text, line.gap, page=0))]
    return heads + broken  # page 0 says that a line is not part of the document's own text


def _page(line: Line, count: int) -> Line:
    text = line.text
    number = PAGE.match(text)
    page = count
    if number:
        text, page = text[number.end() :], int(number.group(1))
    for _ in range(3):
        text = COUNTERS.sub("", text).strip()
    text = MIDDLE_COUNTER.sub("", RUNNING.sub("", text) if page > 1 else text).strip()
    last = END_NUMBER.search(text)
    if last and abs(int(last.group(1)) - page) <= 3:
        text = text[: last.start()].strip()
    return Line(line.number, text, line.gap, page=page)


def _common_head(texts: list[str]) -> str:
    """The words that three pages or more begin with, beyond the first: a running head."""
    pages = [text for text in texts[1:] if text]
    if len(pages) < 3:
        return ""
    words = pages[0].split(" ")[:40]
    for length in range(len(words), 2, -1):
        head = " ".join(words[:length])
        if sum(text.startswith(head) for text in pages) * 3 >= len(pages) * 2:
            return head
    return ""


def _broken(line: Line) -> list[Line]:
    """The page as lines: a break before every item, label and heading, and one after every heading."""
    cuts = {0}
    for match in BREAKS.finditer(line.text):
        cuts.add(match.start())
        if match.lastgroup in {"decision", "heading", "part", "weak", "ad"}:
            cuts.add(match.end())
    places = [*sorted(cuts), len(line.text)]
    parts = [line.text[a:b].strip() for a, b in pairwise(places)]
    return [Line(line.number, part, 1 if not n else 0, page=line.page) for n, part in enumerate(filter(None, parts))]
