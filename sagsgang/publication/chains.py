"""The chains of what was released, and what must follow from them: state, end, words, and the house's own records.

Number, hashes and time of a release never change, and are sealed. State, end and words do change, once, and follow
from the other rows: from the next release of the same meeting, or from the withdrawal.
"""

from django.db import connection

from sagsgang.core.chains import Break, ChainTable, Fault, moment_sql
from sagsgang.publication.models import PublicBody

RELEASES = ChainTable(
    kind="release",
    source="pub.release AS link",
    chain="link.body_id",
    number="link.number",
    at="link.released_at",
    seal="link.seal",
    sealed=(
        *("link.id", "link.authority", "link.body_id", "link.meeting_id", "link.number", "link.kind"),
        *("link.sha256", "link.previous", moment_sql("link.released_at")),
    ),
    previous="link.previous",
    named="link.sha256",
)


def _hanging(kind: str, table: str, release: str, *columns: str) -> ChainTable:
    """A table of rows about releases in `release`: each is a chain of one link, which hangs on the seal of its release."""
    return ChainTable(
        kind=kind,
        source=f"{table} AS link LEFT JOIN {release} AS release ON release.id = link.release_id",
        chain="link.release_id",
        number="1",
        at="link.at",
        seal="link.seal",
        sealed=(*(f"link.{name}" for name in columns), moment_sql("link.at")),
        unique="link.release_id",
        before="coalesce(release.seal, '')",
    )


_WITHDRAWN = ("release_id", "withdrawn_by_id", "reason")
RECORDS = _hanging(
    *("release_record", "publication_releaserecord", "pub.release"),
    *("release_id", "meeting_id", "prepared_by_id", "released_by_id", "gate", "sha256", "document"),
)
WITHDRAWALS = _hanging("withdrawal", "publication_withdrawal", "pub.release", *_WITHDRAWN)

FIGURES = ChainTable(
    kind="figures_release",
    source="pub.figures AS link",
    chain="link.authority",
    number="link.number",
    at="link.released_at",
    seal="link.seal",
    sealed=(
        *("link.id", "link.authority", "link.figures_id", "link.number", "link.kind", "link.body_id"),
        *("link.period_start", "link.period_end", "link.sha256", "link.previous", moment_sql("link.released_at")),
    ),
    previous="link.previous",
    named="link.sha256",
)
FIGURES_RECORDS = _hanging(
    *("figures_record", "publication_figuresrecord", "pub.figures"),
    *("release_id", "figures_id", "authority_id", "body_id", "prepared_by_id", "released_by_id", "sha256", "document"),
)
FIGURES_WITHDRAWALS = _hanging("figures_withdrawal", "publication_figureswithdrawal", "pub.figures", *_WITHDRAWN)

_HASH = "encode(sha256(convert_to({}, 'UTF8')), 'hex')"

# Words with a wrong hash, or that are no JSON, are never taken apart: somebody else may have written them.
_CONTRADICTIONS_SQL = f"""
WITH told AS (
    SELECT link.*, lead(link.released_at) OVER (PARTITION BY link.meeting_id ORDER BY link.number) AS next_at,
        taken.at AS taken_at, record.sha256 AS record_sha256, {_HASH.format("record.document")} AS record_words,
        {_HASH.format("link.document")} AS words
    FROM pub.release AS link
    LEFT JOIN publication_withdrawal AS taken ON taken.release_id = link.id
    LEFT JOIN publication_releaserecord AS record ON record.release_id = link.id
), judged AS (
    SELECT body_id, number, CASE
        WHEN state <> CASE WHEN taken_at IS NOT NULL THEN 'withdrawn' WHEN next_at IS NOT NULL THEN 'superseded'
                           ELSE 'current' END THEN 'state'
        WHEN ended_at IS DISTINCT FROM coalesce(taken_at, next_at) THEN 'ended'
        WHEN (state = 'current') <> (document IS NOT NULL) OR words <> sha256 THEN 'words'
        WHEN record_sha256 IS DISTINCT FROM sha256 OR record_words IS DISTINCT FROM sha256 THEN 'record'
        WHEN document IS NULL THEN NULL
        WHEN NOT pg_input_is_valid(document, 'jsonb') THEN 'words'
        WHEN (SELECT (said.number, said.previous, said.kind, said.meeting ->> 'public_id',
                      said.meeting ->> 'body_id', said.meeting ->> 'authority')
                  IS DISTINCT FROM (told.number::text, told.previous::text, told.kind::text, told.meeting_id::text,
                      told.body_id::text, told.authority::text)
                  OR NOT pg_input_is_valid(coalesce(said.released_at, ''), 'timestamptz')
                  OR said.released_at::timestamptz <> told.released_at
              FROM jsonb_to_record(document::jsonb)
                  AS said(number text, previous text, kind text, released_at text, meeting jsonb)) THEN 'words'
        END AS fault
    FROM told
)
SELECT DISTINCT ON (body_id) body_id::text, number, fault FROM judged WHERE fault IS NOT NULL ORDER BY body_id, number
"""  # noqa: S608 - our own words


def contradictions() -> dict[str, Break]:
    """The first release of each body that does not agree with what came after it, its own words, or its record."""
    with connection.cursor() as cursor:
        cursor.execute(_CONTRADICTIONS_SQL)
        return {body: Break(number, Fault(fault)) for body, number, fault in cursor.fetchall()}


def names_of_bodies() -> dict[str, str]:
    """The name of each body that has released something, by the name of its chain."""
    return {str(pk): name for pk, name in PublicBody.objects.values_list("pk", "name")}
