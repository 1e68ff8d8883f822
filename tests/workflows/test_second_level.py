"""What lifts a case to the second level, and what does not."""

from tests.agency import Agency, citizen, do, walk

ANSWER = {"text": "Pompa sudah diganti."}


def test_the_first_dispute_after_a_lapse_is_still_the_first(agency: Agency):
    case = walk(agency, "lapsed")
    case = do(case, "answered", citizen(case), text="Dua belas rumah.")
    case = do(case, "accept", agency.head, category="water", unit="roads")
    case = do(case, "claim", agency.roads_officer)
    case = do(case, "respond", agency.roads_officer, **ANSWER)
    case = do(case, "dispute", citizen(case), reason="Masih mati.")
    assert (case.cycle, case.level) == (3, 1)


def test_the_second_dispute_lifts_it(agency: Agency):
    case = walk(agency, "confirm")
    case = do(case, "dispute", citizen(case), reason="Masih mati.")
    assert case.level == 1
    case = do(case, "claim", agency.officer)
    case = do(case, "respond", agency.officer, **ANSWER)
    case = do(case, "dispute", citizen(case), reason="Tetap mati.")
    assert (case.cycle, case.level) == (3, 2)


def test_a_case_returned_to_triage_is_nobodys(agency: Agency):
    case = do(walk(agency, "work"), "return", agency.officer, reason="Salah unit.")
    assert case.assignee is None


def test_a_returned_draft_stays_with_its_officer(agency: Agency):
    case = walk(agency, "review", category="bills")
    case = do(case, "return", agency.supervisor, reason="Sebutkan tanggalnya.")
    assert (case.stage, case.assignee) == ("work", agency.officer)
