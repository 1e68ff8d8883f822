"""Plans of Ashcombe that are on the way, or that came to another end."""

from demo.improving.terms import Doing, Look, NewPlan, Saying
from improvement.models import Decision, Indicator

#: Nothing can be told of it: a new channel opened soon after the start.
CHANNELLED = NewPlan(
    unit="council-tax",
    owner="supervisor",
    starts="channelled",
    before=20,
    weeks=22,
    approver="leader",
    indicator=Indicator.RECEIVED,
    category="council-tax",
    target=3.5,
    budget=21_000,
    currency="GBP",
    element="procedure",
    review_weeks=13,
    saying=Saying(
        title="A council tax desk visits the libraries",
        problem="People travel to the Town Hall, and find the desk closed or the queue full.",
        change="A desk comes to each library once a week, at an hour that does not change.",
        place="Eight libraries, beginning with Old Town",
        resources="One rented van and two members of staff.",
        authority="Head of Revenues, decision 21",
        relevance="Complaints about council tax rise whenever the queue is full.",
        affected="Residents near eight libraries, staff of the desk.",
        evidence="Complaints about council tax, last 90 days\nQueue sheets",
    ),
    doings=(
        Doing(
            title="The hours of the desk are published",
            owner="officer2",
            milestone="The hours hang in all eight libraries",
            due=20,
            done=18,
            proof="Photos of the notice in eight libraries.",
            pilot="The libraries of Old Town and Netherfield",
        ),
    ),
    looks=(
        Look(
            *(91, 4),
            "Since people can write by WhatsApp, many more of them do. More complaints do not mean "
            "a worse service.",
            Decision.CONTINUE,
            as_planned=97,
            occasions=104,
            fidelity="97 of 104 visits came as published.",
        ),
    ),
    verdict=(
        "The WhatsApp line opened three weeks after the start. The next plan uses a measure that "
        "does not depend on how people write to us."
    ),
)

STOPPED = NewPlan(
    unit="homes-streets",
    owner="officer2",
    starts="stopped",
    before=21,
    weeks=20,
    author="supervisor",
    approver="head",
    indicator=Indicator.RECEIVED,
    category="lighting",
    target=2,
    budget=0,
    currency="GBP",
    element="facilities",
    saying=Saying(
        title="Volunteers walk the streets for lamps that are out",
        problem="We learn of a lamp that is out only when somebody complains.",
        change="Volunteers walk two evenings a week and note the lamps that are out.",
        place="Hillcrest and Brookside wards",
        resources="Twelve volunteers, at no further cost.",
        authority="Agreement with both ward forums",
        relevance="Dark streets are the second most common reason why people feel unsafe.",
        affected="Residents of two wards, volunteers.",
    ),
    doings=(
        Doing(
            title="Volunteers have a list of columns and a rota",
            owner="officer2",
            milestone="The rota is filled for six weeks",
            due=10,
            done=9,
            proof="Rota signed by the chair of the ward forum.",
        ),
    ),
    looks=(
        Look(
            *(28, 2.8),
            "Only three of eight walks took place; the volunteers work shifts.",
            Decision.ADJUST,
            "One evening a week, with somebody from the service.",
            as_planned=3,
            occasions=8,
            fidelity="There are notes of three evenings only.",
        ),
        Look(
            *(56, 2.4),
            "The volunteers are not insured, and two gave up after a near miss with a car. This "
            "month's storm raised the number of complaints, but that is not the reason.",
            Decision.STOP,
            "It stops: we cannot answer for the safety of volunteers. Inspections go back to the "
            "night crew.",
            as_planned=2,
            occasions=4,
            fidelity="Two of four evenings.",
        ),
    ),
)

RUNNING = NewPlan(
    unit="adult-care",
    owner="head",
    starts="running",
    before=20,
    weeks=26,
    approver="head",
    indicator=Indicator.ON_TIME,
    target=88,
    budget=18_500,
    currency="GBP",
    element="competence",
    review_weeks=4,
    saying=Saying(
        title="Complaints about care are answered by their due date",
        problem=(
            "One complaint in five is answered after its due date, because the answer waits for "
            "the provider's records."
        ),
        change=(
            "Each provider names one person for complaints, who sends the records within three "
            "working days."
        ),
        place="All twelve home care providers",
        resources="Twelve named contacts, a shared mailbox and one day of training.",
        authority="Director of Adult Social Care, decision 77",
        relevance="Those who wait for an answer are often still waiting for their care.",
        affected="People who receive care, their families, carers and providers.",
        evidence="Wall of due dates, Adult Social Care, last 90 days",
    ),
    doings=(
        Doing(
            title="Every provider has named a person for complaints",
            owner="officer",
            milestone="Twelve letters of appointment",
            due=14,
            done=13,
            proof="Twelve letters, filed with the contracts.",
        ),
        Doing(
            title="Visit logs are sent every Monday",
            owner="officer2",
            milestone="Complaint officers can read the logs",
            due=54,
            risk="Providers send the logs late",
            way_back="Ring each provider on Monday morning",
        ),
        Doing(
            title="Training for the named contacts",
            owner="officer",
            milestone="All of them have been there",
            due=100,
            course="Empathy, and answering families",
            planned=12,
        ),
    ),
    looks=(
        Look(
            *(28, 80),
            "The contacts are in place, but three providers do not yet answer within three days.",
            Decision.CONTINUE,
            as_planned=31,
            occasions=41,
            fidelity="31 of 41 records came within three working days.",
        ),
    ),
)

COMING = NewPlan(
    unit="council-tax",
    owner="officer2",
    starts="coming",
    before=30,
    weeks=20,
    indicator=Indicator.ON_TIME,
    target=95,
    budget=6_400,
    currency="GBP",
    element="requirements",
    saying=Saying(
        title="Council tax: answers before the due date",
        problem="Papers that are held up between two offices make our answers late.",
        change="Papers are scanned on the day they arrive, with a list that both offices see.",
        place="Town Hall and the Netherfield office",
        resources="One scanner and half a day of staff time a week.",
        authority="Head of Revenues, memorandum 9",
        relevance="A bill that is wrong for months becomes a debt that nobody owes.",
        affected="Council tax payers, staff of both offices.",
        evidence="Wall of due dates, Council Tax and Benefits, last 90 days",
    ),
    doings=(
        Doing(
            title="Both offices agree on the list",
            owner="officer2",
            milestone="The list is signed by both team leaders",
            due=21,
        ),
    ),
)

LACKING = NewPlan(
    unit="homes-streets",
    owner="supervisor",
    starts="coming",
    before=24,
    weeks=16,
    author="supervisor",
    indicator=Indicator.RECEIVED,
    category="roads",
    target=None,
    saying=Saying(
        title="Potholes are filled before the winter",
        problem="Every January complaints about potholes rise by a third.",
        change="Inspect the worst streets in September, fill them in October.",
        place="Station Road, Mill Lane and the ring road",
    ),
    currency="GBP",
)
