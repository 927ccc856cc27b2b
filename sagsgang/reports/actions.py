"""The trace of looking at the log: who watches is watched too."""

from sagsgang.accounts.models import User
from sagsgang.core.models import record


def log_log_reading(*, page: str, filters: list[str], as_file: bool = False, actor: User) -> None:
    """Write that `actor` was shown a page of the log, or fetched it as a file.

    `filters` are the names of the filters that were set, not what was typed in them: that may be a closed title.
    """
    record(actor, "read_log", actor, page=page, filters=[*filters], as_file=as_file)
