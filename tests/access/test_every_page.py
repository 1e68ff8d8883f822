"""Every page: magnified, with wider and larger text, in forced colours, and by its title."""

from urllib.parse import urlsplit

import pytest

from tests.access.probes import DESKTOP, PROBES
from tests.agency import Agency, build_agency
from tests.browser import chromium, needs_chromium
from tests.due_dates import as_settler
from tests.improvement.stops import as_improver
from tests.server import serving
from tests.test_axe import Stops, as_administrator, as_citizen, as_staff, at_counter

pytestmark = [pytest.mark.django_db(transaction=True), needs_chromium]


@pytest.fixture
def agency(transactional_db: None) -> Agency:
    return build_agency()


@pytest.mark.parametrize(
    "stops", [as_citizen, as_staff, at_counter, as_administrator, as_settler, as_improver]
)
def test_every_page_can_be_read_and_used_as_people_set_their_browsers(
    agency: Agency, stops: Stops
) -> None:
    found: list[str] = []
    titles: dict[str, set[str]] = {}
    with serving() as host, chromium() as browser:
        page = browser.new_context(viewport=DESKTOP, locale="id-ID").new_page()
        for stop in stops(page, f"http://{host}", agency):
            for probe in PROBES:
                found += [f"{stop}: {probe.__name__}: {line}" for line in probe(page)]
            titles.setdefault(page.title(), set()).add(urlsplit(page.url).path)
    for title, at in titles.items():
        if len(at) > 1:
            found.append(f"one title for several pages: {title} {at}")
    assert not found, "\n".join(found)
