"""The embedded PostgreSQL: finding its programs, making its cluster, starting and stopping it. No Django.

    with running(home, say=tell) as connection:
        psycopg.connect(connection.conninfo("sagsgang"))

Several commands may use one home at once; the last one that leaves stops the server. `programs` finds and
copies the binaries, `account` knows who runs them, `cluster` makes the data folder, `outside` is for homes
that only root can enter, `server` starts and stops, `locks` keeps count of the users, `launcher` ties them
together.
"""

from sagsgang.site.postgres.cluster import Cluster
from sagsgang.site.postgres.errors import PostgresError
from sagsgang.site.postgres.launcher import Connection, destroy, running
from sagsgang.site.postgres.programs import binaries

__all__ = ["Cluster", "Connection", "PostgresError", "binaries", "destroy", "running"]
