#!/usr/bin/env python
"""Django's command line, on the embedded PostgreSQL unless DATABASE_URL names another."""

import sys

from config import startup

if __name__ == "__main__":
    sys.exit(startup.manage(sys.argv))
