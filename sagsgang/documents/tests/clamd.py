"""A small server that speaks clamd's protocol: the one thing in these tests that is not the real one."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd:
    """Listens until closed; `heard` holds what each caller sent. `says` overrides the answer, `most` its size limit."""

    def __init__(self, place: socket.socket, *, says: bytes | None, silent: bool, most: int) -> None:
        self.place, self.says, self.silent, self.most = place, says, silent, most
        self.heard: list[bytes] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                line, _ = self.place.accept()
            except OSError:
                return
            with line:
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        reader = line.makefile("rb")
        assert reader.read(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", reader.read(4))[0]:
            content += reader.read(size)
            if len(content) > self.most:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.heard.append(content)
        if self.silent:
            line.recv(1)  # until the caller hangs up
            return
        found = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        line.sendall(found if self.says is None else self.says)


@contextmanager
def clamd_at(
    path: Path | None, *, says: bytes | None = None, silent: bool = False, most: int = 10**9
) -> Iterator[tuple[Clamd, str]]:
    """A scanner at a socket, or at a port without `path`; yields it and its address as the setting holds it."""
    place = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
    place.bind(str(path) if path else ("127.0.0.1", 0))
    place.listen()
    address = str(path) if path else f"127.0.0.1:{place.getsockname()[1]}"
    try:
        yield Clamd(place, says=says, silent=silent, most=most), address
    finally:
        place.shutdown(socket.SHUT_RDWR)
        place.close()
