"""Numbers by which a signature's certificate names its person: PID and RID of OCES, MitID's own."""

import re

from sagsgang.gate.finding.folded import Found
from sagsgang.gate.pieces import Kind

_SERIAL = re.compile(r"PID:\d{4}-\d{4}-\d-\d{8,}|CVR:\d{8}-(?:RID|UID|FID):\d+|UI:DK-[PE]:[GCE]:[0-9a-fA-F-]{8,36}")


def find(text: str) -> list[Found]:
    """The serial numbers of persons in a text."""
    return [Found(Kind.METADATA, match.start(), match.end()) for match in _SERIAL.finditer(text)]
