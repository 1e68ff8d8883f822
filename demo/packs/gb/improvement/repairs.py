"""The plan of Ashcombe that went all the way: complaints about homes are answered in time."""

from demo.improving.terms import Attended, Doing, Lesson, Look, NewPlan, Saying
from improvement.models import Decision, Indicator

_TRAINING = Doing(
    title="Training for complaint officers and repairs operatives",
    owner="supervisor",
    milestone="Sixteen people have been to both sessions",
    due=130,
    done=117,
    proof="The attendance lists and scores of both sessions are kept with this plan.",
    risk="The counter stands empty during the training",
    way_back="Two groups, so that the counter is always staffed",
    course="Talking to tenants and managing time",
    planned=16,
    lessons=(
        Lesson(
            *(100, "Council Chamber, Town Hall", "Regional Improvement Partnership", 6),
            (
                Attended("Sarah Lester", 55, 82),
                Attended("Ben Parker", 60, 85),
                Attended("Yusuf Hart", 40, 74),
                Attended("Nadine Carter", 65, 88),
                Attended("Dean Cooper", 45, 70),
                Attended("Iris Palmer", 50, 80),
                Attended("Ron Hall"),
            ),
        ),
        Lesson(
            *(116, "Moorside depot", "Regional Improvement Partnership", 6),
            (
                Attended("Adam Whittle", 50, 78),
                Attended("Colin Moore", 35, 66),
                Attended("Eve Coleman", 60, 84),
                Attended("Ron Hall", 45, 72),
                Attended("Terry Sutton", 40, 75),
                Attended("Yvette Searle", 70, 90),
                Attended("Ben Parker", 85, 92),
            ),
        ),
    ),
)

REPAIRS = NewPlan(
    unit="homes-streets",
    owner="supervisor",
    starts="start",
    before=18,
    weeks=24,
    approver="head",
    indicator=Indicator.ON_TIME,
    target=80,
    selected=True,
    least=150,
    budget=96_000,
    currency="GBP",
    element="time",
    review_weeks=8,
    theme="repairs",
    saying=Saying(
        title="Homes and Streets answers complaints by their due date",
        problem=(
            "Over the last three months about four complaints in ten were answered after their due "
            "date. Most were about heating and lifts that had broken down: repairs waited for "
            "parts, and tenants heard nothing in the meantime."
        ),
        change=(
            "Two rapid-response teams carry their own parts, due dates are read out together every "
            "morning, and tenants have news by the fifth working day at the latest."
        ),
        place="Moorside estate, Netherfield and Old Town",
        resources=(
            "Six operatives, two vans and a small store. Parts come out of this year's maintenance "
            "budget."
        ),
        authority="Cabinet Member for Housing, delegated decision 112",
        relevance=(
            "Repairs are what people complain about most. A late answer makes tenants complain "
            "twice, and stop believing in due dates."
        ),
        affected="Council tenants in three wards, operatives and complaint officers.",
        evidence=(
            "Theme: Housing repairs, more than usual\n"
            "Wall of due dates, last 90 days\n"
            "Minutes of the service review"
        ),
    ),
    doings=(
        Doing(
            title="Two rapid-response teams begin work",
            owner="officer",
            milestone="The rota is filled for every working day",
            due=14,
            done=11,
            proof="Rota signed off by the depot manager; the first shift has been worked.",
            pilot="Moorside estate",
            risk="The teams are pulled away to other jobs",
            way_back="Back to the old rota, with a daily report to the supervisor",
        ),
        Doing(
            title="Due dates are read out together every morning",
            owner="supervisor",
            milestone="A short note exists for every working day",
            due=28,
            done=25,
            proof="Notebook of the morning meeting, first twenty pages.",
            risk="It becomes a routine without decisions",
        ),
        Doing(
            title="A parts store opens at the Moorside depot",
            owner="officer2",
            milestone="Twelve kinds of part are in stock",
            due=42,
            done=55,
            proof="Delivery notes and a photograph of the shelves.",
            risk="Procurement takes longer than planned",
            way_back="Borrow from the central store against a daily slip",
        ),
        _TRAINING,
    ),
    looks=(
        Look(
            *(56, 70),
            "The teams are at work, but the store only opened this week. Until then parts still "
            "came from across town.",
            Decision.CONTINUE,
            as_planned=34,
            occasions=40,
            fidelity="The morning meeting took place on 34 of 40 working days.",
        ),
        Look(
            *(105, 76),
            "What is late now is nearly all roads and street lighting, no longer repairs.",
            Decision.ADJUST,
            "The morning list covers every category; one team looks after lighting on Thursdays.",
            as_planned=66,
            occasions=74,
            fidelity="News went out by the fifth day in nine complaints out of ten.",
        ),
        Look(
            *(150, 80),
            "Both teams work as planned, and parts are where they are needed.",
            Decision.CONTINUE,
            as_planned=98,
            occasions=105,
            fidelity="The morning meeting took place on 98 of 105 working days.",
        ),
    ),
    verdict=(
        "The teams and the store are now permanent. We look again three, six and twelve months "
        "from now."
    ),
    told_as="Broken heating and lifts, and late answers",
    said=(
        "Many of you told us that heating and lifts were out for days, and that our answers came "
        "long after they were due."
    ),
    did=(
        "Two rapid-response teams now carry their own parts. Every morning we go through what is "
        "due soon, and while a repair is under way we keep you informed."
    ),
)
