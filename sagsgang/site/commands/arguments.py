"""What can be typed after `sagsgang`: one function for each command, and what it needs to run."""

from argparse import ArgumentParser, _SubParsersAction
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

type Commands = _SubParsersAction[Any]

HEADCOUNT = (
    "Efterprøv ligestillingstal med ti kontroller. FIL er et lønudtræk med en række for hver ansat (medarbejdernr, navn, "
    "enhed, niveau 1-3, køn k/m/x, status fast/konstitueret/orlov/vakant, evt. dato) eller en opsummeret tabel med en "
    "række for hvert niveau (niveau; kvinder; mænd; andre; i alt; evt. procenter; rækkerne »alle ledere« og »alle "
    "ansatte« er frivillige). Overskrifterne står i første række, i vilkårlig orden. Har --previous samme dato som FIL, "
    "regnes den som en tidligere udgave af samme opgørelse (kontrol 10)."
)

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
    for add in (_minutes, _releases, _users, _paths, _policies, _gate, _equality, _serving):
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
    drawn = _command(commands, "wheel", "wheel", "skriv et udvalgs årshjul ud")
    drawn.add_argument("--body", required=True, metavar="UDVALG", help="forkortelse eller navn")
    drawn.add_argument("--year", required=True, metavar="ÅR")
    drawn.add_argument("--format", required=True, choices=("svg", "pdf", "json"))
    drawn.add_argument("-o", "--output", type=Path, required=True, metavar="FIL")
    _json(drawn)
    count = _command(commands, "tally", "tally", "tæl en afstemning op efter reglerne", database=False)
    count.add_argument("file", type=Path, metavar="FIL", help="medlemmer, fremmøde og stemmer som JSON")
    _json(count)
    hide = _command(commands, "mask", "mask", "skriv en kopi af en fil uden det, kontrollen finder", database=False)
    hide.add_argument("file", type=Path, metavar="FIL")
    hide.add_argument("--kinds", required=True, metavar="ART,…", help="fx cpr,phone,email,metadata,comment,revision")
    hide.add_argument("-o", "--output", type=Path, required=True, metavar="FIL", help="kopien; aldrig filen selv")
    _json(hide)


def _policies(commands: Commands) -> None:
    held = _command(commands, "policy-in-force", "policies", "hvilken version af en politik der gjaldt en dag")
    held.add_argument("name", metavar="NAVN", help="politikkens eller retningslinjens navn i registeret")
    held.add_argument("date", metavar="DATO", help="dagen, åååå-mm-dd")
    held.add_argument(
        "--authority", default="", metavar="MYNDIGHED", help="hvis flere myndigheder har en af samme navn"
    )
    _json(held)


def _gate(commands: Commands) -> None:
    gate = _command(commands, "gate", "gate", "se filer efter for personoplysninger og rester", database=False)
    gate.add_argument("files", nargs="+", type=Path, metavar="FIL")
    gate.add_argument("--names", type=Path, metavar="FIL", help="navne, der ikke må stå der: ét på hver linje")
    gate.add_argument(
        "--domain", action="append", default=[], metavar="DOMÆNE", help="husets eget domæne, hvis adresser er i orden"
    )
    _json(gate)


def _equality(commands: Commands) -> None:
    count = _command(
        commands,
        "check-headcount",
        "headcount",
        "efterprøv ligestillingstal: ledere efter niveau og køn",
        database=False,
    )
    count.description = HEADCOUNT
    count.add_argument("file", type=Path, metavar="FIL", help="lønudtræk eller opsummeret tabel, CSV eller XLSX")
    count.add_argument("--previous", type=Path, metavar="FIL", help="forrige redegørelses tal, i en af de samme former")
    count.add_argument(
        "--directorate", type=Path, metavar="FIL",
        help="direktionen: ét navn på hver linje, eller CSV/XLSX med navn; titel og evt. niveau (1 direktion, "
        "2 chefer), køn, fra, til",
    )  # fmt: skip
    count.add_argument("--seen", type=Path, metavar="FIL", help="den udgave, et udvalg allerede har set (kontrol 10)")
    count.add_argument("--snapshot", default="", metavar="DATO", help="opgørelsesdagen, åååå-mm-dd")
    count.add_argument("--staff", default="", metavar="ANTAL", help="antal ansatte i alt")
    _json(count)


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
