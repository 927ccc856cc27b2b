"""The roles of the database and what each may do: the wall's third layer, as SQL that can be run again and again.

Three roles: the owner makes tables; the house (`sagsgang_app`) reads and writes, but cannot change what only grows;
the portal (`sagsgang_portal`) reads the schema `pub` and calls `PORTAL_FUNCTIONS`, and nothing else.
"""

from dataclasses import dataclass

import psycopg
from psycopg import sql

OWNER, HOUSE, PORTAL = "sagsgang_owner", "sagsgang_app", "sagsgang_portal"
APPEND_ONLY = (
    "public.core_auditentry",
    "public.cases_approvalevent",
    "public.cases_sectionrevision",
    "public.meetings_decision",
    "public.meetings_pointdecision",
    "public.meetings_agendaversion",
    "public.sittings_sittingact",
    "public.followups_followupevent",
    "public.protocols_protocolentry",
    "public.policies_policyapproval",
    "public.policies_policyapprovalwithdrawal",
    "public.publication_releaserecord",
    "public.publication_withdrawal",
    "public.publication_figuresrecord",
    "public.publication_figureswithdrawal",
    "pub.print",
)
# All that the portal's role may call: to follow by e-mail (leak rule 7). They run with the owner's rights.
PORTAL_FUNCTIONS = (
    "pub.follow(text, uuid, text, text, text, text)",
    "pub.followings(text)",
    "pub.confirm_following(text)",
    "pub.pace_following(text, uuid, text)",
    "pub.end_following(text, uuid, boolean)",
    # How like each other two words are, for the help with spelling.
    "pub.similarity(text, text)",
    "pub.similarity_op(text, text)",
    # Which words follow each other, for phrases.
    "pub.pairs(tsvector)",
)
_STATISTICS = ("pg_stats", "pg_stats_ext", "pg_stats_ext_exprs")


@dataclass(frozen=True, slots=True)
class Passwords:
    """One for each role."""

    owner: str
    house: str
    portal: str


def make_roles(connection: psycopg.Connection, passwords: Passwords) -> None:
    """Create the roles, or give them these passwords. Needs a superuser, or CREATEROLE."""
    for role, password in ((OWNER, passwords.owner), (HOUSE, passwords.house), (PORTAL, passwords.portal)):
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        verb = "ALTER" if known else "CREATE"
        connection.execute(
            sql.SQL(verb + " ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
                sql.Identifier(role), sql.Literal(password)
            )
        )
    portal = sql.Identifier(PORTAL)
    connection.execute(sql.SQL("ALTER ROLE {} CONNECTION LIMIT 60").format(portal))
    connection.execute(sql.SQL("ALTER ROLE {} SET default_transaction_read_only = on").format(portal))
    connection.execute(sql.SQL("ALTER ROLE {} SET statement_timeout = '5s'").format(portal))
    connection.execute(sql.SQL("ALTER ROLE {} SET search_path = pub").format(portal))


def make_database(connection: psycopg.Connection, name: str) -> None:
    """Create the database of the owner, if it is not there. `connection` is in autocommit, and a superuser's."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER)))


def hide_statistics(connection: psycopg.Connection) -> None:
    """Statistics hold sample values of columns: nobody but a superuser reads them. Needs a superuser."""
    for view in _STATISTICS:
        connection.execute(sql.SQL("REVOKE ALL ON pg_catalog.{} FROM PUBLIC").format(sql.Identifier(view)))


def grants(database: str) -> list[sql.Composed]:
    """What each role may do in this database, as statements for the owner, after every migration."""
    names = {
        "database": sql.Identifier(database),
        "house": sql.Identifier(HOUSE),
        "portal": sql.Identifier(PORTAL),
        "called": sql.SQL(", ").join(sql.SQL(function) for function in PORTAL_FUNCTIONS),
        "grown": sql.SQL(", ").join(sql.SQL(table) for table in APPEND_ONLY),
    }
    return [sql.SQL(line).format(**names) for line in _GRANTS]


_GRANTS = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT ON DATABASE {database} TO {house}, {portal}",
    "GRANT TEMPORARY ON DATABASE {database} TO {house}",
    "REVOKE ALL ON SCHEMA public, pub FROM PUBLIC, {portal}",
    "GRANT USAGE ON SCHEMA public, pub TO {house}",
    "GRANT USAGE ON SCHEMA pub TO {portal}",
    "REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public, pub FROM PUBLIC, {portal}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public, pub TO {house}",
    "GRANT EXECUTE ON FUNCTION {called} TO {portal}",
    "ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
    "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {portal}",
    "REVOKE ALL ON ALL TABLES IN SCHEMA pub FROM PUBLIC, {portal}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public, pub TO {house}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {house}",
    "REVOKE UPDATE, DELETE ON {grown} FROM {house}",
    "REVOKE DELETE ON pub.release, pub.figures FROM {house}",
    "REVOKE INSERT, UPDATE, DELETE ON public.django_migrations FROM {house}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA pub TO {portal}",
    # Tables of a later migration: the house may use them at once, the portal only after the grants have run again.
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public, pub GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {house}",
)
