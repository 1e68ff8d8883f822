"""The sample of a proxy keeps what decision 0008 promises."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.utils import timezone
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from websockets.sync.client import connect

from config import discretion
from config.asgi import routes
from config.environment import PROJECT
from tests.agency import Agency
from tests.nameless import Complainant
from tests.server import serving

SAMPLE = (PROJECT / "deploy/nginx.conf").read_text()
NAME = "complaints.example.org"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
UNCHECKED = ssl.create_default_context()
UNCHECKED.check_hostname, UNCHECKED.verify_mode = False, ssl.CERT_NONE
LOCATION = re.compile(r"location (= )?(\S+) \{(.*?)\}", re.DOTALL)


def test_the_sample_is_silent_on_the_addresses_that_complainants_use_and_on_no_others() -> None:
    silent: dict[bool, set[str]] = {True: set(), False: set()}
    for exactly, path, said in LOCATION.findall(SAMPLE):
        if "access_log off;" in said and "error_log /dev/null emerg;" in said:
            silent[bool(exactly)].add(path)
    assert silent[False] == {*discretion.BELOW, "/accounts/set-password/"}
    assert silent[True] == set(discretion.EXACTLY)


def test_the_sample_passes_on_who_connected_and_not_who_somebody_claims_to_be() -> None:
    said = re.findall(r"proxy_set_header (X-Forwarded-\w+|Forwarded) (\S+);", SAMPLE)
    assert dict(said) == {
        "X-Forwarded-For": "$remote_addr",
        "X-Forwarded-Proto": "$scheme",
        "X-Forwarded-Host": '""',
        "Forwarded": '""',
    }


def test_the_sample_writes_down_who_it_was_for_staff_alone() -> None:
    formats = dict(re.findall(r"log_format (\w+) '(.*?)'", SAMPLE))
    told = {name for name, said in formats.items() if "$remote_addr" in said}
    assert told == {"tanggap_staff"}
    assert not re.search(r"\$(request\b|request_uri|args|http_)", "".join(formats.values()))
    staffs = {path for _exactly, path, said in LOCATION.findall(SAMPLE) if "tanggap_staff" in said}
    assert staffs == {"/desk/", "/admin/", "/accounts/login/"}


@pytest.fixture
def proxy(transactional_db: None, agency: Agency, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The sample, on ports of its own, before the real server: its address, and its folder."""
    if not NGINX:
        pytest.skip("nginx is not installed")
    trusting = ProxyHeadersMiddleware(routes, trusted_hosts=["127.0.0.1"])
    certificate(tmp_path)
    with serving(trusting) as upstream:
        plain, secure = free_port(), free_port()
        configuration(tmp_path, upstream, plain, secure)
        command = [NGINX, "-p", tmp_path, "-c", tmp_path / "nginx.conf", "-e", tmp_path / "e.log"]
        with subprocess.Popen(command) as process:
            wait_for(secure)
            yield f"127.0.0.1:{secure}", tmp_path
            process.terminate()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("nginx does not listen")


def configuration(folder: Path, upstream: str, plain: int, secure: int) -> None:
    """The sample with ports and paths of the test; nothing else is changed.

    Around it stands what distributions ship: logs for everything. Another site comes first.
    """
    said = SAMPLE.replace("127.0.0.1:8000", upstream).replace("/var/log/nginx", str(folder))
    said = said.replace(f"/etc/letsencrypt/live/{NAME}", str(folder)).replace(NAME, "localhost")
    for before, port in (("80", plain), ("443", secure)):
        said = re.sub(rf"listen {before}\b", f"listen 127.0.0.1:{port}", said)
        said = re.sub(rf"\n *listen \[::\]:{before}[^\n]*", "", said)
    other = f"server {{ listen 127.0.0.1:{secure} ssl; server_name other.example;" + "".join(
        f" {key} {folder}/{file}.pem;"
        for key, file in (("ssl_certificate", "fullchain"), ("ssl_certificate_key", "privkey"))
    )
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    head = f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
    http = f"access_log {folder}/access.log;\n{temporary}{other} }}\n{said}"
    (folder / "nginx.conf").write_text(f"{head}http {{ {http}\n}}\n")


def certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = timezone.now()
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "fullchain.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    pem = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    (folder / "privkey.pem").write_bytes(key.private_bytes(*pem, serialization.NoEncryption()))


def test_behind_the_sample_a_complaint_is_filed_and_nobody_wrote_down_by_whom(
    proxy: tuple[str, Path],
) -> None:
    address, folder = proxy
    headers = {
        "Host": "localhost",
        "X-Forwarded-For": "192.0.2.1",
        "User-Agent": "Peramban",
        "Referer": "https://localhost/",
    }
    with httpx.Client(base_url=f"https://{address}", verify=UNCHECKED, headers=headers) as web:
        person = Complainant(web)
        answer = web.get("/")
        assert answer.headers.get_list("Strict-Transport-Security") == [
            "max-age=31536000; includeSubDomains; preload"
        ]
        person.fill({"text": "Air mati empat hari.", "identity": "none"}, [("a.txt", b"Halo")])
        token = person.track().headers["Location"].split("/")[2]
        origin = {"origin": "http://localhost:8000"}
        with connect(f"wss://{address}/ws/c/{token}/", ssl=UNCHECKED, **origin):
            pass
        web.post("/api/v1/track/", json={"reference": person.reference, "secret": "1"})
        assert web.get("/desk/").status_code == 302
    written = logs(folder)
    assert "127.0.0.1" in written["tanggap-staff.log"] and "/desk/" in written["tanggap-staff.log"]
    assert " GET / 200" in written["tanggap.log"]
    assert written["tanggap.log"].count("\n") == 1
    assert "127.0.0.1" not in written["tanggap.log"]
    for said in written.values():
        for known in (person.reference, token, "/c/", "complain", "track", "Peramban", "192.0.2.1"):
            assert known not in said
    assert written["access.log"] == ""
    assert not [path for path in (folder / "client_body").rglob("*") if path.is_file()]


#: What nginx answers by itself, before it has looked for the place of an address: a path that is
#: secret, and then this.
BROKEN = {
    "a cookie that is too long": " HTTP/1.1\r\nHost: localhost\r\nCookie: " + "a" * 9000,
    "cut in the middle": " HTTP/1.1\r\nHost: loc",
    "without a host": " HTTP/1.1\r\n\r\n",
    "a host that is none": " HTTP/1.1\r\nHost: a/b c\r\n\r\n",
    "a host of others": " HTTP/1.1\r\nHost: nobody.example\r\nContent-Length: x\r\n\r\n",
    "a length that is none": " HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
    "an unknown coding": " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x\r\n\r\n",
    "no protocol": " HTTQ/1.1\r\n\r\n",
}


def logs(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.glob("*.log")}


def says(address: str, words: bytes, *, secured: bool = True) -> None:
    """Send some bytes, and hang up once there is an answer or none comes."""
    host, port = address.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as bare:
        line = UNCHECKED.wrap_socket(bare, server_hostname="localhost") if secured else bare
        with line:
            line.sendall(words)
            line.settimeout(0.2)
            with suppress(OSError):
                line.recv(4096)


def test_behind_the_sample_a_broken_request_is_not_written_down(proxy: tuple[str, Path]) -> None:
    address, folder = proxy
    for broken in BROKEN.values():
        says(address, b"GET /c/a-secret/" + broken.encode())
    for method in (b"TRACE", b"CONNECT"):
        says(address, method + b" /c/a-secret/ HTTP/1.1\r\nHost: localhost\r\n\r\n")
    says(address, b"GET /c/a-secret/ HTTP/1.1\r\nHost: localhost\r\n\r\n", secured=False)
    assert set(logs(folder).values()) == {""}


def test_behind_the_sample_no_log_joins_an_address_to_a_second_for_a_broken_handshake(
    proxy: tuple[str, Path],
) -> None:
    address, folder = proxy
    sent = ssl.MemoryBIO()
    with suppress(ssl.SSLWantReadError):
        UNCHECKED.wrap_bio(ssl.MemoryBIO(), sent, server_hostname="localhost").do_handshake()
    hello = sent.read()
    says(address, hello[: len(hello) // 2], secured=False)
    for at in range(5, len(hello)):
        says(address, hello[:at] + bytes([hello[at] ^ 0xFF]) + hello[at + 1 :], secured=False)
    assert set(logs(folder).values()) == {""}
