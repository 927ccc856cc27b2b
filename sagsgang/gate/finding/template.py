"""Words that a template left behind: places to fill in, blind text, and the help beside the sections."""

import re
from collections.abc import Iterable

from sagsgang.gate.finding.folded import Found
from sagsgang.gate.pieces import Kind

_DO = r"(?:indsæt|skriv|udfyld|angiv|vælg|tilføj|beskriv|slet|tekst|navn|dato|beløb|titel|adresse|klik|x{2,}|insert|enter)"
_LEFT = re.compile(
    rf"\[\s?{_DO}\b[^\]\n]{{0,120}}\]"
    rf"|<\s?{_DO}\b[^>\n]{{0,120}}>"
    rf"|«\s?(?:\w+|{_DO}\b[^»\n]{{0,80}})\s?»"
    r"|\{\{[^}\n]{1,60}\}\}"
    r"|(?<![\w-])x{3,}(?![\w-])"
    r"|\blorem\s+ipsum\b"
    r"|\b(?:skriv|indsæt)\s+(?:tekst|tekst\s+her|her)\b"
    r"|\bklik\s+(?:eller\s+tryk\s+)?her\s+for\s+at\s+(?:angive|indsætte|skrive|tilføje)\b[^\n.]{0,40}"
    r"|\bclick\s+(?:or\s+tap\s+)?here\s+to\s+enter\b[^\n.]{0,40}"
    r"|\b(?:hjælpetekst|vejledende\s+tekst)\s*:",
    re.IGNORECASE,
)
_SIGNS = ("[", "<", "«", "{{", "xxx", "lorem", "skriv", "indsæt", "klik", "click", "hjælpetekst", "vejledende")
_ROMAN = re.compile(r"\bX{3}\b")
_NUMBERED = re.compile(r"(?:bilag|kapitel|afsnit|kap\.|del|nr\.|artikel|christian|louis)\s$", re.IGNORECASE)
SHORTEST_HELP = 25  # signs: what is shorter may be anybody's words


def find(text: str, help_texts: Iterable[str] = ()) -> list[Found]:
    """What is left of templates in a text: the known patterns, and sentences of `help_texts`."""
    lowered = text.lower()
    found = [
        Found(Kind.TEMPLATE, match.start(), match.end())
        for match in (_LEFT.finditer(text) if any(sign in lowered for sign in _SIGNS) else ())
        if not _is_roman(text, match)
    ]
    return sorted(found + _help_in(text, help_texts), key=lambda one: one.start)


def _is_roman(text: str, match: re.Match[str]) -> bool:
    return bool(_ROMAN.fullmatch(match[0])) and bool(_NUMBERED.search(text[: match.start()][-12:]))


def _help_in(text: str, help_texts: Iterable[str]) -> list[Found]:
    sentences = {sentence for help_text in help_texts for sentence in _sentences(help_text)}
    if not sentences:
        return []
    squeezed = " ".join(text.lower().split())
    found = []
    for sentence in sentences:
        if sentence.lower() in squeezed:
            pattern = r"\s+".join(map(re.escape, sentence.split()))
            found += [
                Found(Kind.TEMPLATE, match.start(), match.end()) for match in re.finditer(pattern, text, re.IGNORECASE)
            ]
    return found


def _sentences(help_text: str) -> list[str]:
    parts = (" ".join(part.split()) for part in re.split(r"(?<=[.!?])\s+|\n+", help_text))
    return [part for part in parts if len(part) >= SHORTEST_HELP]
