"""How a link is sealed, and which columns of a table make its chain.

The formulas stand here, in the code, and once more in the triggers: whoever can replace a function in the database
does not thereby replace what `verify` computes.
"""

from dataclasses import dataclass


def seal_sql(*parts: str) -> str:
    """SQL for the hex SHA-256 of these expressions as one JSON array: no part can be taken for its neighbour.

    A JSON array as PostgreSQL writes `jsonb`: ", " between the parts, null for a missing one, UTF-8.
    """
    return f"encode(sha256(convert_to(jsonb_build_array({', '.join(parts)})::text, 'UTF8')), 'hex')"


def moment_sql(column: str) -> str:
    """SQL for a time inside `seal_sql`: ISO 8601 in UTC to the microsecond, whatever the session's time zone."""
    return f"({column} AT TIME ZONE 'UTC')"


@dataclass(frozen=True, slots=True)
class ChainTable:
    """A table of links, as SQL over `source`, in which the row itself is called `link`.

    `seal` is the hash of `before` and the parts in `sealed`. `previous` is a column that repeats `named` of the link
    before it; empty = the table has none.
    """

    kind: str
    source: str
    chain: str
    number: str
    at: str
    seal: str
    sealed: tuple[str, ...]
    unique: str = "link.id"
    before: str = ""
    previous: str = ""
    named: str = ""

    def links_sql(self, where: str = "true") -> str:
        """Every link with its place in its chain and its fault, '' where it holds."""
        before = self.before or f"coalesce(lag({self.seal}) OVER in_chain, '')"
        previous = (
            f"WHEN {self.previous} IS DISTINCT FROM coalesce(lag({self.named}) OVER in_chain, '') THEN 'previous'"
            if self.previous
            else ""
        )
        return f"""
            SELECT ({self.chain})::text AS chain, {self.number} AS number, {self.seal} AS seal, {self.at} AS at,
                row_number() OVER in_chain AS place,
                CASE WHEN {self.number} > row_number() OVER in_chain THEN 'missing'
                     WHEN {self.number} < row_number() OVER in_chain THEN 'extra'
                     {previous}
                     WHEN {self.seal} IS DISTINCT FROM {seal_sql(before, *self.sealed)} THEN 'content'
                     ELSE '' END AS fault
            FROM {self.source} WHERE {where}
            WINDOW in_chain AS (PARTITION BY {self.chain} ORDER BY {self.number}, {self.unique})"""  # noqa: S608


AUDIT = ChainTable(
    kind="audit",
    source="core_auditentry AS link",
    chain="link.subject",
    number="link.number",
    at="link.at",
    seal="link.sha256",
    sealed=(
        *("link.number", "link.id", "link.subject", "link.verb", "link.actor_id"),
        *(moment_sql("link.at"), "link.data"),
    ),
    previous="link.previous",
    named="link.sha256",
)
