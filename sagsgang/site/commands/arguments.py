"""What can be typed after `sagsgang`: one function for each command, and what it needs to run."""

from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

type Commands = _SubParsersAction[Any]

ROLES = ("secretary", "caseworker", "manager", "director", "chair", "member", "hr", "auditor", "admin")


class DanishParser(ArgumentParser):
    """Says in Danish what is wrong with the words, on standard error, and leaves with 2."""

    def error(self, message: str) -> NoReturn:
        """One sentence, and where to read more."""
        self.exit(2, f"{self.prog}: {message}\nSkriv {self.prog} --help for at se, hvad der kan skrives.\n")


def parser() -> ArgumentParser:
    """Every command of the house."""
    root = DanishParser(prog="sagsgang", description="Sagsgang: sagen gennem sine møder.")
    commands: Commands = root.add_subparsers(title="kommandoer", required=True, metavar="KOMMANDO")
    for add in (_minutes, _releases, _users, _paths, _gate, _serving):
        add(commands)
    return root


def _command(
    commands: Commands, name: str, module: str, text: str, *, act: str = "", database: bool = True, rows: bool = True
) -> ArgumentParser:
    command: ArgumentParser = commands.add_parser(name, help=text, description=text)
    command.set_defaults(module=module, act=act or name.replace("-", "_"), needs_database=database, needs_django=rows)
    return command


def _json(command: ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="et JSON-dokument på standard output")


def _minutes(commands: Commands) -> None:
    read = _command(
        commands, "read-minutes", "reading", "læs referater og vis dem som JSON", database=False, rows=False
    )
    read.add_argument("files", nargs="+", type=Path, metavar="FIL")
    _json(read)

    take = _command(commands, "import-minutes", "minutes", "tag et referat ind i huset")
    take.add_argument("file", type=Path, metavar="FIL")
    take.add_argument("--authority", default="", metavar="MYNDIGHED")
    take.add_argument("--body", default="", metavar="UDVALG")
    take.add_argument("--release", action="store_true", help="frigiv straks som arkiv: det var allerede offentligt")
    take.add_argument("--as", dest="user", default="", metavar="BRUGER")
    _json(take)

    show = _command(commands, "print-minutes", "minutes", "skriv et møde ud")
    show.add_argument("meeting", type=_uuid, metavar="MØDE")
    show.add_argument("--format", required=True, choices=("text", "html", "pdf"))
    show.add_argument("--internal", action="store_true", help="også det lukkede; ellers kun det frigivne")
    show.add_argument("-o", "--output", type=Path, required=True, metavar="FIL")
    _json(show)


def _releases(commands: Commands) -> None:
    release = _command(commands, "release", "releases", "frigiv et mødes dagsorden eller referat")
    release.add_argument("meeting", type=_uuid, metavar="MØDE")
    release.add_argument("--kind", required=True, choices=("agenda", "minutes"))
    release.add_argument("--as", dest="user", required=True, metavar="BRUGER", help="den, der har forberedt")
    release.add_argument("--second", default="", metavar="BRUGER", help="den, der frigiver")
    release.add_argument("--reason", default="", metavar="ÅRSAG", help="hvorfor et frigivet referat rettes; offentligt")
    _json(release)

    withdraw = _command(commands, "withdraw", "releases", "træk en frigivelse tilbage")
    withdraw.add_argument("release", type=_uuid, metavar="FRIGIVELSE")
    withdraw.add_argument("--reason", required=True, metavar="ÅRSAG")
    withdraw.add_argument("--as", dest="user", required=True, metavar="BRUGER")
    _json(withdraw)

    listed = _command(commands, "releases", "releases", "vis frigivelser", act="releases")
    listed.add_argument("--body", default="", metavar="UDVALG")
    _json(listed)

    found = _command(commands, "search", "search", "søg i det frigivne", act="search_released")
    found.add_argument("words", nargs="+", metavar="ORD", help='fx dagtilbud, "to ord i følge"; efter -- også -ord')
    found.add_argument("--body", default="", metavar="UDVALG")
    found.add_argument("--year", type=int, default=None, metavar="ÅR")
    found.add_argument("--page", type=int, default=1, metavar="SIDE")
    _json(found)


def _users(commands: Commands) -> None:
    user = commands.add_parser("user", help="opret en bruger").add_subparsers(required=True, metavar="ADD")
    add = _command(user, "add", "users", "opret en bruger, eller giv en bruger en rolle", act="add_user")
    add.add_argument("name", metavar="NAVN")
    add.add_argument("--role", required=True, choices=ROLES)
    add.add_argument("--body", default="", metavar="UDVALG")
    add.add_argument("--unit", default="", metavar="ENHED", help="enheden, hvis sager hun skriver")
    _json(add)
    _json(_command(commands, "users", "users", "vis brugere og roller"))


def _paths(commands: Commands) -> None:
    last = _command(commands, "deadline", "paths", "sidste dag for et mødes materiale", database=False)
    last.add_argument("kind", metavar="UDVALGSTYPE", help="fx council, committee, finance, directorate")
    last.add_argument("date", metavar="DATO", help="mødets dag, åååå-mm-dd")
    last.add_argument("--days", default="4", metavar="HVERDAGE", help="hverdage før mødet (ellers 4)")
    _json(last)
    check = _command(commands, "check-path", "paths", "se, om en sagsgang kan nås", database=False)
    check.add_argument("file", type=Path, metavar="FIL", help="sagsgang og mødeplan som JSON")
    _json(check)
    year = _command(commands, "plan", "year", "læg et års møder, rul og årshjul efter deres regler", database=False)
    year.add_argument("file", type=Path, metavar="FIL", help="udvalg og punkter i årshjulet som TOML")
    year.add_argument("--year", default="", metavar="ÅR", help="året, der lægges")
    _json(year)
    count = _command(commands, "tally", "tally", "tæl en afstemning op efter reglerne", database=False)
    count.add_argument("file", type=Path, metavar="FIL", help="medlemmer, fremmøde og stemmer som JSON")
    _json(count)
    hide = _command(commands, "mask", "mask", "skriv en kopi af en fil uden det, kontrollen finder", database=False)
    hide.add_argument("file", type=Path, metavar="FIL")
    hide.add_argument("--kinds", required=True, metavar="ART,…", help="fx cpr,phone,email,metadata,comment,revision")
    hide.add_argument("-o", "--output", type=Path, required=True, metavar="FIL", help="kopien; aldrig filen selv")
    _json(hide)


def _gate(commands: Commands) -> None:
    gate = _command(commands, "gate", "gate", "se filer efter for personoplysninger og rester", database=False)
    gate.add_argument("files", nargs="+", type=Path, metavar="FIL")
    gate.add_argument("--names", type=Path, metavar="FIL", help="navne, der ikke må stå der: ét på hver linje")
    gate.add_argument(
        "--domain", action="append", default=[], metavar="DOMÆNE", help="husets eget domæne, hvis adresser er i orden"
    )
    _json(gate)


def _serving(commands: Commands) -> None:
    demo = _command(commands, "demo", "demo", "kør demokommunen", database=False, rows=False)
    demo.add_argument("--check", action="store_true", help="start på frie porte, hent fem sider, og stop igen")
    demo.add_argument("--reset", action="store_true", help="slet demokommunen, så den næste start begynder forfra")
    serve = _command(commands, "serve", "serving", "kør webserveren", rows=False)
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=int, default=8000)
    serve.add_argument(
        "--line-port", type=int, default=0, help="porten, som mødets tilhørere lytter på (ellers den næste)"
    )
    _command(commands, "worker", "serving", "kør arbejderen, der laver PDF og andet i baggrunden")
    _json(_command(commands, "tick", "serving", "gør, hvad tiden kræver; kan køres igen"))
    _json(_command(commands, "verify", "verify", "efterprøv kæderne: log, frigivelser og protokoller"))
    migrate = _command(
        commands, "migrate", "serving", "gør databasen klar; kræver ejerens DATABASE_URL", rows=False, database=False
    )
    migrate.set_defaults(act="migrate")
    manage = _command(commands, "manage", "serving", "Djangos egne kommandoer, til udviklere")
    manage.add_argument("rest", nargs="...", metavar="…")


def _uuid(text: str) -> UUID:
    return UUID(text)
