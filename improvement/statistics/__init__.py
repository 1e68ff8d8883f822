"""Honest statistics on plain numbers: each names its source, and refuses the impossible."""
