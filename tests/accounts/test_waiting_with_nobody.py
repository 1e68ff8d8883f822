"""Settings say where complaints wait that nobody there can handle."""

from accounts.models import Membership
from casework.models import Case
from tests.accounts.settings_pages import signed_in
from tests.agency import Agency, walk

WARNING = "Complaints wait where nobody can handle them"


def settings_page() -> str:
    return signed_in("administrator").get("/admin/").content.decode()


def test_where_somebody_handles_everything_there_is_no_warning(agency: Agency) -> None:
    walk(agency, "triage"), walk(agency, "work"), walk(agency, "closed")
    assert WARNING not in settings_page()


def test_restricted_cases_of_a_unit_where_nobody_is_cleared_are_counted(agency: Agency) -> None:
    cases = [walk(agency, "work"), walk(agency, "work")]
    Case.objects.filter(pk__in=[case.pk for case in cases]).update(restricted=True)
    page = settings_page()
    assert WARNING in page and "Air Bersih</a>: 2 complaints" in page
    assert not any(case.reference in page or case.subject in page for case in cases)
    Membership.objects.filter(user=agency.officer).update(handles_restricted=True)
    assert WARNING not in settings_page()


def test_a_case_about_everybody_who_could_handle_it_waits_with_nobody(agency: Agency) -> None:
    case = walk(agency, "work")
    handling = [agency.officer, agency.officer2, agency.supervisor, agency.head]
    Case.objects.filter(pk=case.pk).update(about_people=[person.pk for person in handling])
    assert "Air Bersih</a>: 1 complaint<" in settings_page()


def test_of_a_case_about_themselves_administrators_learn_nothing(agency: Agency) -> None:
    case = walk(agency, "work")
    Case.objects.filter(pk=case.pk).update(restricted=True, about_people=[agency.administrator.pk])
    assert WARNING not in settings_page()


def test_a_unit_without_people_is_named(agency: Agency) -> None:
    walk(agency, "work")
    Membership.objects.exclude(user=agency.administrator).delete()
    assert "Air Bersih</a>: 1 complaint<" in settings_page()
