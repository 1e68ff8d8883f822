"""Photos at the counter are made smaller in the browser, however quickly the button is pressed."""

import io

import pytest
from PIL import Image
from playwright.sync_api import FilePayload

from casework.models import Attachment
from tests.agency import build_agency
from tests.browser import chromium, needs_chromium
from tests.office import Office
from tests.server import serving

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


def test_the_form_waits_until_its_photos_are_smaller() -> None:
    build_agency()
    out = io.BytesIO()
    Image.effect_noise((2400, 1800), 60).convert("RGB").save(out, "JPEG", quality=90)
    photo = FilePayload(name="foto.jpg", mimeType="image/jpeg", buffer=out.getvalue())
    with serving() as host, chromium() as browser:
        page = Office(browser, f"http://{host}").staff("intake")
        page.goto(f"http://{host}/desk/file/")
        page.wait_for_load_state("networkidle")
        page.locator("#id_text").fill("Air mati empat hari di RT 03.")
        page.locator("[name=identity][value=none]").check()
        page.locator("#files").set_input_files(photo)
        page.get_by_role("button", name="File the complaint").click()
        page.wait_for_url("**/receipts/**")
    with Attachment.objects.get().file.open() as file:
        assert max(Image.open(file).size) == 1600
