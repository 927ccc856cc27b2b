"""`demo`: the demo municipality at work on this machine, loopback only."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError

from sagsgang.core.errors import RuleBrokenError
from sagsgang.site.demo_check import check
from sagsgang.site.installation import database_at_hand, home, prepare_static, say
from sagsgang.site.postgres import destroy
from sagsgang.site.processes import (
    line_command,
    running_processes,
    stop_on_sigterm,
    wait_for_one,
    web_command,
    worker_command,
)

FIRST_PORT = 8000
# Where to look first; the addresses follow the portal's or the staff site's.
_PAGES = (
    ("soeg/?q=tagrender", "en søgning, der finder ord inde i et bilag"),
    ("soeg/?q=%C3%85skolen+tag", "en sag gennem tre organer: vælg sagen om skolens tag"),
    ("kalender/", "mødeplanen; et møde er flyttet, og et er aflyst"),
    ("tal/", "frigivne tal med tegninger; ligestillingens er rettet, og hvorfor står der"),
    ("maal/", "de frigivne punkter mål for mål"),
    ("intern/my-meetings/", "Mine møder: for borgmester, formand, medlem og stedfortræder"),
    ("intern/releases/waiting/", "en dagsorden venter på sit klokkeslæt, en anden på svar om et CPR-nummer"),
    ("intern/outbox/", "breve til følgere, for sekretærer; demoen sender ingen e-mail"),
)
# Whom to be to see what the desks hold.
_WORK = (
    ("sagsbehandler", "skriver natursager: anmærkninger, rettelser, bilag, en analyse, et læseeksemplar"),
    ("sagsbehandler-ældre", "venter på Ældrerådet, og mangler en høring"),
    ("sagsbehandler-plan", "skriver en lukket sag og en lokalplan"),
    ("sagsbehandler-børn", "har en bevilling, der ikke er dækket"),
    ("chef-natur", "godkender, eller sender tilbage"),
    ("direktør-teknik", "godkender efter chefen"),
    ("sekretær-teknik", "sætter godkendte sager på udvalgets dagsorden, og retter udvalgets skabeloner"),
    ("sekretær", "samler Direktionens øvrige punkter"),
)
# Whom to be where meetings are held.
_ROOM = (
    ("sekretær-teknik", "holder dagens møde i Miljø- og Teknikudvalget: åbn mødet, før protokol"),
    ("sekretær", "har et møde i Økonomiudvalget, hvis protokol er underskrevet af fem"),
    ("sekretær-velfærd", "venter på at svare på, hvad portvagten fandt i et bilag"),
    ("sekretær-børn", "har trukket et referat tilbage"),
    ("chef-natur", "har opfølgninger: en åben, en forsinket, en færdig"),
    ("medlem", "har læst to punkter til dagens møde, og meldt afbud til kommunalbestyrelsens næste"),
    ("formand", "leder dagens møde"),
    ("stedfortræder", "var indkaldt til et møde i kommunalbestyrelsen"),
)
# Whom to be where figures are kept.
_FIGURES = (
    ("hr", "tæller lederne, ser måltal og en rettet redegørelse, og forbereder tal til frigivelse"),
    ("sekretær", "har mål, indikatorer, god praksis, årshjul og retningslinjer, og forbereder målenes tal"),
    ("kommunaldirektør", "frigiver, hvad en anden har forberedt, eller trækker det tilbage"),
)


def demo(arguments: Namespace) -> int:
    """Bring the demo up and keep it until Ctrl-C; `--check` looks at some pages and stops; `--reset` begins anew."""
    if os.environ.get("DATABASE_URL"):
        raise RuleBrokenError("Demoen kører kun på sin egen indlejrede database: fjern DATABASE_URL.")
    if arguments.reset:
        return _reset(home())
    stop_on_sigterm()
    began = time.monotonic()
    port = _free_port(0 if arguments.check else FIRST_PORT)
    os.environ |= {"SAGSGANG_DEMO": "1", "SAGSGANG_SITE": "all", "SAGSGANG_BASE_URL": f"http://localhost:{port}"}
    with database_at_hand():
        facts = _loaded(home())
        static = prepare_static()
        line = _free_port(0)
        commands = [
            web_command("127.0.0.1", port, static=static), worker_command(), line_command("127.0.0.1", line)
        ]  # fmt: skip
        with running_processes(commands, {"SAGSGANG_LINE_URL": f"http://localhost:{line}/line"}) as processes:
            _wait_until_up(port, processes)
            if arguments.check:
                return check(f"http://127.0.0.1:{port}", began, password=facts["password"])
            _greet(port, facts, time.monotonic() - began)
            return wait_for_one(processes)


def _reset(folder: Path) -> int:
    """Delete the demo's database, files and keys; refuses a folder that holds no demo."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "demo.json").exists():
        raise RuleBrokenError(f"{folder} er ikke en demo, så den bliver ikke slettet.")
    destroy(folder, say=say)
    for name in ("files", "released", "static", "heads"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for name in ("demo.json", "keys.json", "migrated"):
        (folder / name).unlink(missing_ok=True)
    say("Demokommunen er slettet; næste start begynder forfra.")
    return 0


def _loaded(folder: Path) -> dict[str, Any]:
    """Load the municipality on the first start; answers the demo users and their password, kept for later starts."""
    mark = folder / "demo.json"
    known: dict[str, Any] = (
        json.loads(mark.read_text()) if mark.exists() else {"password": _password(), "loaded": False}
    )
    if not known["loaded"]:
        mark.write_text(json.dumps(known))
        mark.chmod(0o600)
        subprocess.run(
            [sys.executable, "-m", "sagsgang.site.demo_start"],
            env={**os.environ, "SAGSGANG_DEMO_PASSWORD": known["password"]},
            check=True,
        )
        known |= {"loaded": True, "users": json.loads(_users().stdout)}
        mark.write_text(json.dumps(known))
    return known


def _password() -> str:
    """Readable, and long enough for the house's own rule."""
    return "-".join(secrets.token_hex(2) for _ in range(3))


def _free_port(wanted: int) -> int:
    """The wanted port, or the next that is free; 0 = any."""
    for port in [0] if wanted == 0 else range(wanted, wanted + 100):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            chosen: int = probe.getsockname()[1]
            return chosen
    raise RuleBrokenError(f"Ingen af portene {wanted}-{wanted + 99} er ledige.")


def _wait_until_up(port: int, processes: Sequence[subprocess.Popen[bytes]]) -> None:
    while all(process.poll() is None for process in processes):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5).close()
        except (HTTPError, URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
        else:
            return
    raise RuleBrokenError("Webserveren eller arbejderen gik ned under starten; se linjerne ovenfor.")


def _greet(port: int, facts: Mapping[str, Any], seconds: float) -> None:
    lines = [
        "",
        f"Demokommunen er i gang efter {seconds:.0f} s. Ctrl-C stopper den; data bliver i {home()}.",
        f"  Borgerportal:     http://localhost:{port}/",
        f"  Medarbejderside:  http://localhost:{port}/intern/",
        *(f"    http://localhost:{port}/{path:<26} {what}" for path, what in _PAGES),
        f"  Adgangskode for alle demobrugere: {facts['password']}",
        *(f"    {name:<21}{places}" for name, places in _logins(facts["users"])),
        "  Sager under forberedelse:",
        *(f"    {name:<21}{what}" for name, what in _WORK),
        "  Møder og frigivelser:",
        *(f"    {name:<21}{what}" for name, what in _ROOM),
        "  Tal, mål og årshjul:",
        *(f"    {name:<21}{what}" for name, what in _FIGURES),
        "",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _users() -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sagsgang.site.cli", "users", "--json"]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def _logins(users: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Each demo user with where she works; those who differ by a number alone are one line."""
    found: dict[tuple[str, str], list[str]] = {}
    for user in users:
        if user["demo"]:
            places = "kandidatlisten" if user["name"] == "stedfortræder" else _places(user)
            found.setdefault((user["name"].rstrip("0123456789"), places), []).append(user["name"])
    return [(f"{row[0]} … {row[-1][-1]}" if len(row) > 1 else row[0], places) for (_, places), row in found.items()]


def _places(user: Mapping[str, Any]) -> str:
    """The unit that she works in and the bodies that she has a role in; who has neither sees the whole house."""
    bodies = [row["body"] for row in user["roles"] if row["body"]]
    return ", ".join(dict.fromkeys([*user.get("units", ()), *bodies])) or "hele huset"
