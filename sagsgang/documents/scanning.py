"""The virus scanner: clamd by its socket, where there is one. What it cannot say is never taken for "clean"."""

import socket
import struct
import time
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from sagsgang.documents.models import Scan

TIME_LIMIT = 120.0  # seconds for one file, from the first byte to the answer
LONGEST_ANSWER = 4096  # bytes


class ScanError(Exception):
    """The scanner did not answer, or not in words that we know."""


class TooLargeToScanError(ScanError):
    """The scanner takes no file of this size (`StreamMaxLength` in its configuration)."""


def scanner_is_there() -> bool:
    """Is a scanner set up on this machine (`SAGSGANG_CLAMD`)? Says nothing of whether it answers."""
    place = settings.CLAMD
    return bool(place) and (not place.startswith("/") or Path(place).is_socket())


def scan(chunks: Iterable[bytes]) -> str:
    """What clamd says of these bytes: `Scan.CLEAN` or `Scan.INFECTED`. Raises `ScanError`."""
    until = time.monotonic() + TIME_LIMIT
    try:
        with _connected(until) as line:
            answer = _asked(line, chunks, until)
    except OSError as error:
        raise ScanError("the scanner does not answer") from error
    if answer == "stream: OK":
        return Scan.CLEAN
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Scan.INFECTED
    if "size limit exceeded" in answer:
        raise TooLargeToScanError("the scanner takes no file of this size")
    raise ScanError("the scanner's answer is not understood")


def _connected(until: float) -> socket.socket:
    place = settings.CLAMD
    if place.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(_left(until))
        try:
            line.connect(place)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = place.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=_left(until))


def _asked(line: socket.socket, chunks: Iterable[bytes], until: float) -> str:
    """Send the bytes by the command INSTREAM: each piece with its length before it, and none at the end."""
    try:
        line.sendall(b"zINSTREAM\0")
        for chunk in chunks:
            line.settimeout(_left(until))
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it has heard enough; its answer says why
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
        line.settimeout(_left(until))
        piece = line.recv(1024)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
