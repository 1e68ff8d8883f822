"""Django's PostgreSQL backend on psycopg2, over the pool of config.database.pool."""

from typing import Any

from django.db.backends.base.base import NO_DB_ALIAS
from django.db.backends.postgresql import base

from config.database.pool import Pool, close_pools, pool_for

POOL_SIZE = 10
POOL_TIMEOUT = 30.0  # seconds


class DatabaseWrapper(base.DatabaseWrapper):
    """Opening a connection takes one from the pool, closing it gives it back.

    OPTIONS `pool_size` (connections a process, 10 unless said; 0 for none kept) and `pool_timeout`
    (seconds) may stand in DATABASE_URL as `?pool_size=20&pool_timeout=5`.
    """

    _pool: Pool | None = None

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        size = int(params.pop("pool_size", POOL_SIZE))
        timeout = float(params.pop("pool_timeout", POOL_TIMEOUT))
        self._pool = None
        if size and self.alias != NO_DB_ALIAS:
            same = tuple(sorted((name, str(value)) for name, value in params.items()))
            self._pool = pool_for(same, size, timeout)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connect = super().get_new_connection
        if self._pool is None:
            return connect(conn_params)
        return self._pool.take(lambda: connect(conn_params))

    def _close(self) -> None:
        if self.connection is None or self._pool is None:
            super()._close()  # type: ignore[misc] # the stubs do not know it
            return
        with self.wrap_database_errors:
            self._pool.give_back(self.connection)

    def close_pool(self) -> None:
        """Django asks for it before it drops or copies a test database."""
        super().close_pool()
        close_pools()
