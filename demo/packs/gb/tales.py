"""Two dozen invented complaints of Ashcombe, in every stage of the flow."""

from demo.steps import (
    CLAIM,
    CONFIRM,
    accept,
    approve,
    ask,
    assign,
    citizen,
    extend,
    found,
    message,
    more_time,
    note,
    promise,
    publish,
    reply,
    respond,
)
from demo.tale import Tale, Tales

REPAIRS = accept("repairs", "homes-streets")
WASTE = accept("waste", "homes-streets")
ROADS = accept("roads", "homes-streets")
LIGHTS = accept("lighting", "homes-streets")
CARE = accept("social-care", "adult-care")
TAX = accept("council-tax", "council-tax")

#: The one whose receipt `bin/run` prints: it waits for the citizen's confirmation.
SHOWN = Tale(
    7,
    "The heating in Cedar Tower has been off for four days. I rang the repairs line, and was told"
    " they are waiting for a pump. We are sitting in our coats.",
    [
        REPAIRS,
        assign(),
        ask("How many flats are affected, and from which floor upwards?"),
        reply("About forty, from the sixth floor to the top."),
        message("Thank you. An engineer is looking at the plant room today."),
        note("Spare pump fitted Saturday night. Ask for a reading from the top floor."),
        respond(
            "We are sorry that you had four days without heating. The main pump of Cedar Tower had"
            " failed.\n\n"
            "Heating is back on all floors, and we measured 20 degrees in the flat furthest from"
            " the plant room. We will take four days off your heating charge next month.",
            found("broken", lesson="The spare pump is tested every month, not only when it fails."),
        ),
        approve(),
    ],
    name="Wendy",
    service="repairs-line",
    address="Cedar Tower, Moorside estate",
)

_TALES = [
    SHOWN,
    Tale(0.1, "The mobile library timetable is unclear. The children waited for two hours."),
    Tale(
        0.4,
        "The fence of the playground in Fairfield Avenue is broken and sharp. A child was cut.",
        address="Fairfield Avenue",
    ),
    Tale(0.9, "Nobody was at counter 3 from ten in the morning until one.", [CLAIM]),
    Tale(
        2,
        "My service charge has tripled although the flat stood empty for a month. Please check.",
        [CLAIM, (2, "ask", "intake", {"text": "Please send us your tenancy number."})],
        name="Stanley",
        service="repairs-line",
    ),
    Tale(
        3,
        "I waited three hours for the duty social worker and was then sent home.",
        [CARE],
        "withheld",
        service="home-care",
    ),
    Tale(
        2.5,
        "The street lamps are out from the primary school to the bridge. Children walk in the "
        "dark.",
        [LIGHTS],
        name="Yvonne",
    ),
    Tale(
        6,
        "The bins behind New Market have been overflowing for a week. The smell reaches the "
        "school.",
        [WASTE, assign(), message("An extra lorry is coming tomorrow morning.")],
        name="Head of St Mary's Primary",
    ),
    Tale(
        8,
        "The pavement outside the health centre has sunk. My mother fell there yesterday.",
        [ROADS, assign("officer2"), note("Photographed; the crew needs a date.", "officer")],
        name="Roger",
    ),
    Tale(
        19,
        "My late father's name is still on the council tax bill. I have written twice.",
        [
            TAX,
            assign("officer2"),
            message("We are checking your papers against the register.", "officer2", 20),
            more_time(5, "The old account is held in the archive.", "officer2", 24 * 5),
            extend(5, "The old account is in the archive. We need time to copy it."),
            message("We are still looking for that account in the archive.", "officer2", 24 * 5),
        ],
        name="Fiona",
        service="tax-bills",
    ),
    Tale(
        6.5,
        "The drain in Mill Lane is blocked. When it rains, water comes into our houses.",
        [ROADS, assign()],
        "none",
        address="12 Mill Lane",
    ),
    Tale(
        9,
        "Brown water from the taps since the boiler was changed. All the washing is stained.",
        [REPAIRS, assign(), ask("Since which day, and at what time is it worst?")],
        name="Enid",
    ),
    Tale(
        11,
        "A telegraph pole leans over Orchard Close; the cable nearly touches the roof.",
        [
            LIGHTS,
            assign("officer2"),
            (
                9,
                "hold",
                "officer2",
                {"reason": "Waiting for the network operator.", "until": "+14"},
            ),
        ],
        "withheld",
    ),
    Tale(
        11,
        "No carer for two weekends. We were told to arrange it ourselves, and paid for it.",
        [
            CARE,
            assign(),
            respond(
                "Visits began again on Tuesday. Families who paid are refunded.",
                found("staffing", "compensated", "Rounds are covered a week ahead."),
            ),
            promise("We refund what you paid, at the Customer Service Point.", 4),
        ],
        name="Hassan",
    ),
    Tale(
        10,
        "The bin lorry comes at two in the afternoon, though it should come in the morning.",
        [
            WASTE,
            assign("officer2"),
            respond("The round is back to six in the morning.", found("not-followed"), "officer2"),
        ],
        "none",
    ),
    Tale(
        16,
        "There are large potholes near the bend of the ring road. Three motorcyclists came off.",
        [
            ROADS,
            assign(),
            respond("The pothole was filled today.", found("broken")),
            citizen("dispute", reason="Only one was filled. There are two more."),
        ],
        name="Joe",
    ),
    Tale(
        24,
        "My council tax refund has not arrived after two months; I am told the system is down.",
        [
            TAX,
            assign("officer2"),
            respond(
                "Your refund was paid today, to the account you gave us.",
                found("not-followed", lesson="Refunds are listed each week."),
                "officer2",
            ),
            CONFIRM,
            citizen("rate", 1, stars="5", text="Quick once I complained here."),
            publish(
                "Council tax refund two months late",
                "A resident waited two months for a refund, because of a fault in our system.",
                "The refund was paid. The fault is mended, and nobody else is waiting.",
            ),
        ],
        name="Diana",
    ),
    Tale(
        30,
        "The traffic lights at the market junction have been out since Monday.",
        [
            LIGHTS,
            assign(),
            respond("The lights have been working since yesterday afternoon.", found("broken")),
            CONFIRM,
            publish(
                "Traffic lights at the market junction out",
                "The traffic lights at the market junction were out for several days.",
                "They work again. We have replaced the cable that had broken.",
            ),
        ],
        "withheld",
    ),
    Tale(
        40,
        "A pipe outside our block leaks, and water has run away for days.",
        [REPAIRS, assign(), respond("The pipe has been replaced.", found("broken")), approve()],
        name="Barry",
    ),
    Tale(
        13,
        "Please bring train fares down.",
        [
            (
                5,
                "refer",
                "intake",
                {
                    "body": "Department for Transport",
                    "reason": "Fares are regulated by central government.",
                },
            )
        ],
        "none",
    ),
    Tale(
        14,
        "Test test test, just trying the form.",
        [(2, "reject", "intake", {"reason": "This is no complaint. Please send a new one."})],
        "none",
    ),
    Tale(
        45,
        "The water is often off at night in Beech House.",
        [REPAIRS, assign(), ask("Which floors are affected?")],
        name="Tony",
    ),
    Tale(
        7,
        "The market rubbish has not been collected for three days.",
        [citizen("withdraw", reason="It was collected this morning, thank you.")],
        name="Sheila",
    ),
    Tale(
        5.5,
        "The bins at New Market stink, and rubbish is all over the road.",
        [(4, "merge", "supervisor", {"into": "The bins behind New Market"})],
        name="Marion",
    ),
    Tale(
        4.5,
        "We were asked for cash to park at the health centre. The ticket has no stamp.",
        [accept("misconduct", "ashcombe")],
        "withheld",
    ),
]

TALES = Tales(_TALES, somebody="A resident of Ashcombe", domain="residents.example")
