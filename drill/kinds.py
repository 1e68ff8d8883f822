"""The kinds of drills, by the words that `bin/drill` takes."""

ALL = {
    "points": "each act killed before each of its writes and commits: all of it or nothing",
    "races": "people and machines at one case at the same moment: one wins",
    "web": "kill -9 of the web process under load",
    "database": "kill -9 of PostgreSQL, or of one of its backends, under load",
    "sweep": "kill -9 of the sweep while time acts on cases and messages are sent, under load",
}


def explained() -> str:
    """One line a kind, for --help."""
    return "\n".join(f"{name:<10} {what}" for name, what in ALL.items())
