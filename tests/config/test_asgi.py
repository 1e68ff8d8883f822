"""The web server's way in: whom it believes, what starts and ends with it."""

import asyncio
import os
import subprocess
import sys
from types import SimpleNamespace

import httpx
import pytest
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from accounts import sign_in
from accounts.throttles import Pace, Throttle
from config.asgi import routes
from config.environment import PROJECT
from config.lifespan import Lifespan

ASK = """
import asyncio, sys, httpx
from config.asgi import application

async def ask():
    transport = httpx.ASGITransport(app=application, client=(sys.argv[1], 5000))
    async with httpx.AsyncClient(transport=transport, base_url="http://example.org") as client:
        return await client.get("/nowhere/", headers={"X-Forwarded-Proto": "https"})

print(asyncio.run(ask()).status_code)
"""


@pytest.mark.parametrize(
    ("peer", "trusted", "status"),
    [
        ("10.1.2.3", "10.0.0.0/8", 404),
        ("10.1.2.3", "192.0.2.1,10.1.2.3", 404),
        ("192.0.2.9", "10.0.0.0/8", 301),
        ("127.0.0.1", "", 301),
    ],
)
@pytest.mark.django_db
def test_only_trusted_proxies_say_that_a_request_came_over_https(tmp_path, peer, trusted, status):
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": os.environ["DATABASE_URL"],
        "DATA_DIR": str(tmp_path),
        "BASE_URL": "https://example.org",
        "SECRET_KEY": "for this test alone, and as long as a secret key has to be",
        "CONTACT_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "DEBUG": "1",  # no collected files are needed to say 404
        "TRUSTED_PROXIES": trusted,
    }
    command = [sys.executable, "-c", ASK, peer]
    asked = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    assert asked.stdout.strip() == str(status)


def test_what_starts_with_the_server_ends_with_it():
    happened = []
    incoming = iter(["lifespan.startup", "lifespan.shutdown"])

    async def receive():
        return {"type": next(incoming)}

    async def send(message):
        happened.append(message["type"])

    companion = SimpleNamespace(
        start=lambda: happened.append("started"), stop=lambda: happened.append("stopped")
    )
    asyncio.run(Lifespan([companion])({"type": "lifespan"}, receive, send))
    assert happened == [
        "started",
        "lifespan.startup.complete",
        "stopped",
        "lifespan.shutdown.complete",
    ]


@pytest.mark.parametrize(
    ("peer", "last"), [("10.1.2.3", 200), ("192.0.2.9", 429)], ids=["a trusted proxy", "a stranger"]
)
@pytest.mark.django_db(transaction=True)
def test_only_trusted_proxies_say_where_a_request_comes_from(counted, monkeypatch, peer, last):
    paces = {"address": Pace(2, 3600, 60, 60), "name": Pace(99, 3600, 60, 60)}
    monkeypatch.setattr(sign_in, "SIGN_IN", Throttle("sign-in", 1000, paces))
    behind = ProxyHeadersMiddleware(routes, trusted_hosts=["10.0.0.0/8"])

    async def ask():
        transport = httpx.ASGITransport(app=behind, client=(peer, 5000))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            page = await client.get("/accounts/login/")
            token = page.text.split('csrfmiddlewaretoken" value="')[1].split('"')[0]
            for n in range(5):
                said = {"username": "nobody", "password": "x", "csrfmiddlewaretoken": token}
                claimed = {"X-Forwarded-For": f"203.0.113.{n}"}
                answer = await client.post("/accounts/login/", data=said, headers=claimed)
        return answer.status_code

    assert asyncio.run(ask()) == last
