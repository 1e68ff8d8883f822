"""The thread that delivers what is owed and lets time act on cases."""


def start() -> None:
    """Start the thread; called once, on the loop of the web server."""


def stop() -> None:
    """End it: what it is doing is finished first."""
