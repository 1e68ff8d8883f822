"""Is the port free? Asked before minutes of setting up; standard library only."""

import socket
import sys

from config.environment import ConfigurationError, Environment


def listening_host(environment: Environment) -> str:
    """This machine alone while BASE_URL is a loopback address, else every network."""
    return "127.0.0.1" if environment.loopback else "0.0.0.0"  # noqa: S104


def ensure_free(host: str, port: int) -> None:
    """Raise ConfigurationError when something listens on `port` already."""
    with socket.socket() as asked:
        asked.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            asked.bind((host, port))
        except PermissionError as error:
            raise ConfigurationError(f"Port {port} is reserved for root. Choose PORT.") from error
        except OSError as error:
            raise ConfigurationError(
                f"Port {port} is taken. Choose another one: PORT={port + 1} bin/run"
            ) from error


if __name__ == "__main__":
    try:
        environment = Environment()
        ensure_free(listening_host(environment), environment.port)
    except ConfigurationError as error:
        sys.exit(str(error))
