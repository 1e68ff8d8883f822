"""Fixtures for every test. The database is started by tests.settings, before Django reads it."""
