"""A year of Ashcombe: how often people complain about what, and how it is late."""

from demo.packs.gb.matters import MATTERS
from demo.year.terms import Lateness, Surge, Words, Year

WORDS = Words(
    streets=(
        *(
            "Kestrel Road",
            "Mill Lane",
            "Orchard Close",
            "Albert Street",
            "Canal Walk",
            "Tanner's Yard",
        ),
        *(
            "14 Priory Court",
            "Flat 6, Beech House",
            "Station Road",
            "Fairfield Avenue",
            "Chapel Row",
        ),
        *(
            "Flat 21, Cedar Tower",
            "Jubilee Crescent",
            "Victoria Parade",
            "Dean Street",
            "Wellington Terrace",
        ),
        *(
            "St Mary's Primary",
            "the bus station",
            "Lavender Hill",
            "Hawthorn Drive",
            "Bridge Street",
        ),
        *(
            "the library",
            "Meadow View",
            "the allotments",
            "Cobden Street",
            "Fuller's Lane",
            "The Hollies",
        ),
        *(
            "Ivy Cottages",
            "Quarry Bank",
            "9 Nelson Mews",
            "Lock Keepers Row",
            "Gasworks Hill",
            "Swan Court",
        ),
        *(
            "Pilgrim Way",
            "the Co-op",
            "Ferndale",
            "Zetland Place",
            "King Edward VI School",
            "Dukes Ride",
        ),
    ),
    areas=(
        *("Ashcombe East", "Netherfield", "St Mary's", "Thornbury Park", "Moorside", "Lower Wick"),
        *(
            "Hillcrest",
            "Castle Ward",
            "Brookside",
            "Old Town",
            "Whitegates",
            "Coldharbour",
            "Fenny Bank",
        ),
        *("Highmoor", "Pinner's Green", "Quayside", "Upper Dell", "Jericho", "Westonbury"),
    ),
    since=(
        *("since Monday", "for a week", "three days now", "since yesterday", "for a fortnight"),
        *(
            "most evenings",
            "after rain",
            "nearly a month",
            "yet again",
            "all weekend",
            "day after day",
        ),
    ),
    requests=(
        "[Please|Could you] [sort this out|send somebody|give me a date].",
        "When [will somebody look|will it be done|do we hear from you]?",
        "I [rang twice|left a message|was promised a call back].",
        "[We look forward to|I expect] [a reply|an answer|some news].",
        "[Nobody picks up|The line is dead] on the [main number|helpline].",
        "[Thank you|Many thanks] [in advance|for looking into it].",
        "I [have|can send] [photographs|a video].",
    ),
    thanks=(
        "Thank you for telling us about {place}.",
        "Thank you for your complaint about {place}.",
        "We have looked into what you told us about {place}.",
        "You wrote to us about {place}.",
        "Our team has been to {place}.",
    ),
    first_names=(
        *("Margaret", "David", "Priya", "Tom", "Grace", "Kevin", "Aisha", "Paul", "Emma", "Owen"),
        *("Janet", "Marcus", "Chloe", "Ian", "Sunita", "Robert", "Hannah", "Dele", "Karen", "Luke"),
    ),
    last_names=(
        *("Hughes", "Patel", "Robinson", "Clarke", "Okafor", "Bennett", "Khan", "Turner"),
        *("Fletcher", "Morgan", "Shaw", "Campbell", "Whitfield", "Barnes"),
    ),
)

YEAR = Year(
    matters=MATTERS,
    words=WORDS,
    channels={"web": 48, "phone": 26, "email": 14, "counter": 7, "letter": 5},
    new_channel=("whatsapp", 45),
    opened_for="council-tax",
    lateness={
        "homes-streets": Lateness(usual=0.27, noticed=0.42, after=0.10),
        "adult-care": Lateness(usual=0.21),
        "council-tax": Lateness(usual=0.13),
        "ashcombe": Lateness(usual=0.10),
    },
    surges=(
        Surge("repairs", "broken", until="noticed", weeks=6, times=2.6),
        Surge("lighting", "external", until="storm", weeks=4, times=3.4),
        Surge("social-care", "staffing", until="watched", weeks=4, times=2.6),
        Surge("council-tax", "systems", until="today", weeks=5, times=2.6),
    ),
    answered_in=12,
    source="Complaints log",
    due_is_told=True,
)
