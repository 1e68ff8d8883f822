"""The environment, read and refused."""

from django.db.backends.postgresql.psycopg_any import is_psycopg3


def test_psycopg2_is_the_driver():
    assert is_psycopg3 is False
