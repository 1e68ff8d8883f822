"""Drills: an installation of its own is killed and raced under load, and nothing may be lost.

`bin/drill` runs them; docs/operating.md says how to read what it prints. No part of the product
imports this package.
"""
