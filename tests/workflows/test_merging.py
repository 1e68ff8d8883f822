"""What becomes of a case that was merged, when its target is merged too."""

from casework.links import link_for
from tests.agency import Agency, do, file_case, walk


def test_who_was_merged_follows_when_the_target_is_merged_on(agency: Agency, client) -> None:
    first, second, third = file_case(), file_case(), file_case()
    first = do(first, "merge", agency.intake, into=second.reference)
    do(second, "merge", agency.intake, into=third.reference)
    first.refresh_from_db()
    assert first.merged_into == third
    do(third, "ask", agency.intake, text="Berapa rumah?")
    page = client.get(f"/c/{link_for(first)}/", headers={"Accept-Language": "en"})
    assert "We need something from you" in page.content.decode()


def test_a_merger_moves_nobody_elses_case(agency: Agency) -> None:
    first, second, third = file_case(), file_case(), file_case()
    first = do(first, "merge", agency.intake, into=second.reference)
    do(third, "merge", agency.intake, into=file_case().reference)
    first.refresh_from_db()
    assert first.merged_into == second
    assert walk(agency, "merged").merged_into != second
