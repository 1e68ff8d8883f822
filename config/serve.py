"""The one process of bin/run: database, migrations, files, demo agency, then the web server."""

import hashlib
import json
import sys
from pathlib import Path

from config import ports, startup
from config.environment import PROJECT, ConfigurationError, Environment
from config.postgres import PostgresError

DEMO_LOGINS = (
    "intake, officer, officer2, supervisor, head, inspector, quality, leader, auditor, admin"
)


def serve(environment: Environment) -> None:
    """Set up what is missing, say where things are, and serve until interrupted."""
    import django
    import uvicorn

    startup.prepare(environment)
    django.setup()
    with startup.reachable(), startup.alone():
        migrate()
        if environment.demo:
            fill_demo()
    collect_static(environment)
    announce(environment)
    uvicorn.run(
        "config.asgi:application",
        host=ports.listening_host(environment),
        port=environment.port,
        # config.asgi believes TRUSTED_PROXIES and nobody else.
        proxy_headers=False,
        server_header=False,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )


def migrate() -> None:
    """Apply what is waiting; asking costs one query, so a second start is quick."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def collect_static(environment: Environment) -> None:
    """Collect and compress static files, unless nothing changed since the last time."""
    from django.core.management import call_command

    if environment.debug:
        return
    marker = environment.data_dir / "static.collected"
    found = _fingerprint(PROJECT / "static", PROJECT / "requirements.txt")
    if marker.exists() and marker.read_text() == found:
        return
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["viewflow"])
    marker.write_text(found)


def fill_demo() -> None:
    """Fill an empty installation with the demo agency."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command, get_commands

    if "demo" in get_commands() and not get_user_model().objects.exists():
        print("Filling the demo agency …", flush=True)
        call_command("demo")


def announce(environment: Environment) -> None:
    """Print the address, and in demo mode how to come in and what to track."""
    lines = ["", f"Tanggap runs at {environment.base_url}/ — Ctrl-C stops it.", ""]
    if environment.demo and environment.loopback:
        lines += [
            f"Staff    {environment.base_url}/desk/",
            f"Logins   {DEMO_LOGINS}",
            "Password tanggap-demo",
            *_trackable(environment.data_dir / "demo.json"),
            "",
        ]
    print("\n".join(lines), flush=True)


def _trackable(path: Path) -> list[str]:
    from django.apps import apps

    if not path.exists():
        return []
    case = json.loads(path.read_text())
    if not apps.get_model("casework.Case").objects.filter(reference=case["reference"]).exists():
        return []  # of another database
    return [f"Track    reference {case['reference']}, secret {case['secret']}"]


def _fingerprint(*places: Path) -> str:
    digest = hashlib.sha256()
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            facts = file.stat()
            digest.update(f"{file}:{facts.st_mtime_ns}:{facts.st_size}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    try:
        serve(Environment())
    except (ConfigurationError, PostgresError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        print("\nInterrupted. The next start goes on from here.", file=sys.stderr)
        sys.exit(startup.INTERRUPTED)
