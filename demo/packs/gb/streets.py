"""What people of Ashcombe complain about: bins, roads and street lighting."""

from demo.year.terms import Ending, Matter, Problem

WASTE = Matter(
    category="waste",
    service="collections",
    a_week=5,
    by_month={12: 1.2, 1: 1.5},
    problems=(
        Problem(
            "staffing broken not-followed",
            "[Bin missed|Bins not emptied|Skipped again] at {place}",
            "Foxes spread it about|There are nappies in it|The crew said it was not on their sheet",
        ),
        Problem(
            "not-followed",
            "[Recycling mixed with rubbish|Paper in the wrong lorry|Glass thrown in with the "
            "rest], {place}",
            "Then sorting is pointless|I filmed it|The children noticed",
        ),
        Problem(
            "external",
            "[Fly-tipping|Mattresses dumped|Builders' waste] at {place}",
            "A van comes at night|It blocks the gate|More appears each week",
        ),
        Problem(
            "not-followed not-informed",
            "[Garden waste left|Brown bin untouched|Green waste refused] at {place}",
            "I pay for this|No tag, no reason|It is heating up in there",
        ),
        Problem(
            "not-followed",
            "[Bins strewn about|Pavement blocked by bins|Bins in the road] at {place}",
            "A wheelchair cannot pass|Two rolled into cars|Lids are broken",
        ),
        Problem(
            "staffing external",
            "[Litter bin overflowing|Bags round the litter bin|Litter everywhere] at {place}",
            "Gulls love it|Takeaway boxes mostly|The wind takes it to the river",
        ),
        Problem(
            "not-informed",
            "[Day changed|No calendar|New round unknown] at {place}",
            "We put it out on the wrong day|Half the street guesses|The website shows last year",
        ),
    ),
    details=(
        "It is [by|next to|opposite] {name}'s [shop|garage|salon].",
        "I live at number {n}.",
        "[My neighbour|{name} next door|The caretaker] has seen it too.",
        "About {n} [homes|households] are affected.",
        "You cannot miss it from the [bus stop|post box].",
    ),
    endings=(
        Ending(
            *(30, "staffing", "upheld", "repaired"),
            "Two of the crew were off and the round was not finished. A second lorry went out the "
            "next morning.",
        ),
        Ending(
            *(24, "not-followed", "upheld", "process_changed"),
            "The crew missed the turning. It has been added to their route map, and the supervisor "
            "checks it for a month.",
        ),
        Ending(
            *(20, "broken", "upheld", "repaired"),
            "The lorry broke down. Everything has now been collected.",
        ),
        Ending(
            *(14, "not-informed", "partly_upheld", "explained"),
            "Days changed because of the bank holiday. We have put stickers on the bins and the "
            "new calendar on our website.",
        ),
        Ending(
            *(12, "external", "explained", "other"),
            "The rubbish was left by people from elsewhere. A camera has been put up.",
        ),
    ),
)

ROADS = Matter(
    category="roads",
    service="highways",
    a_week=4,
    by_month={12: 1.2, 1: 1.4, 2: 1.4, 3: 1.2},
    problems=(
        Problem(
            "broken supplies no-fault",
            "[Pothole|Deep hole|Broken tarmac] at {place}",
            "Two cyclists came off|It burst my tyre|Buses swerve round it",
        ),
        Problem(
            "broken supplies",
            "[Pavement sunk|Loose slabs|Trip hazard] at {place}",
            "My husband fell|Prams go into the traffic|A cone has been there a year",
        ),
        Problem(
            "broken",
            "[Drain cover gone|Gully blocked|Grate broken] at {place}",
            "A child could fall in|It smells|We put a plank over it",
        ),
        Problem(
            "external supplies",
            "[Flooding|Standing water|Road under water] at {place}",
            "It comes up to the step|Cars soak everybody|It freezes overnight",
        ),
        Problem(
            "coordination",
            "[Roadworks abandoned|Barriers left for weeks|Trench open] at {place}",
            "No workmen since|The bus is diverted|Nobody knows whose it is",
        ),
        Problem(
            "supplies",
            "[Zebra crossing worn|Faded markings|No lines left] at {place}",
            "Drivers do not stop|It is the way to school|The lollipop man gave up",
        ),
        Problem(
            "external",
            "[No grit|Sheet ice|Untreated hill] at {place}",
            "An ambulance got stuck|The salt bin is empty|Carers could not get up",
        ),
    ),
    details=(
        "It is [by|next to|opposite] {name}'s [shop|garage|salon].",
        "I live at number {n}.",
        "[My neighbour|{name} next door|The caretaker] has seen it too.",
        "About {n} [homes|households] are affected.",
        "You cannot miss it from the [bus stop|post box].",
    ),
    endings=(
        Ending(
            *(34, "broken", "upheld", "repaired"),
            "The defect has been repaired and the surface sealed.",
        ),
        Ending(
            *(22, "supplies", "upheld", "other"),
            "A permanent repair is planned for next quarter. Until then it has been filled and "
            "marked.",
        ),
        Ending(
            *(20, "coordination", "partly_upheld", "repaired"),
            "The trench belongs to a utility company. They have reinstated it at our request.",
        ),
        Ending(
            *(14, "external", "explained", "repaired"),
            "The storm washed out the verge. It has been rebuilt with stone.",
        ),
        Ending(
            *(10, "no-fault", "not_upheld", "explained"),
            "We measured it on site, and it is below the depth at which we repair. We will look "
            "again in three months.",
        ),
    ),
)

LIGHTING = Matter(
    category="lighting",
    service="street-lamps",
    a_week=3,
    by_month={11: 1.2, 12: 1.3, 1: 1.3},
    problems=(
        Problem(
            "broken supplies",
            "[Lamp out|Street light dead|Pitch dark] at {place}",
            "My daughter walks home that way|Somebody was mugged there|Drivers do not see people "
            "crossing",
        ),
        Problem(
            "external",
            "[Leaning column|Lamp post hit by a car|Base rusted through] at {place}",
            "It sways in the wind|It points at our roof|Tape was all they left",
        ),
        Problem(
            "supplies broken",
            "[Flickering|Strobing lamp|Lamp fades in and out] at {place}",
            "It gives me migraine|It was changed in summer|Half the row does it",
        ),
        Problem(
            "supplies",
            "[Unlit path|No lights at all|Dark underpass] at {place}",
            "Nurses use it after shifts|People fall on the steps|Children cut through it",
        ),
        Problem(
            "coordination external",
            "[Hanging wires|Open panel|Bare cable] at {place}",
            "Somebody will touch it|It sparks in the rain|Dogs are walked there",
        ),
    ),
    details=(
        "It is [by|next to|opposite] {name}'s [shop|garage|salon].",
        "I live at number {n}.",
        "[My neighbour|{name} next door|The caretaker] has seen it too.",
        "About {n} [homes|households] are affected.",
        "You cannot miss it from the [bus stop|post box].",
    ),
    endings=(
        Ending(
            *(46, "broken", "upheld", "repaired"),
            "The lamp has been replaced and has been working since yesterday evening.",
        ),
        Ending(
            *(26, "supplies", "upheld", "repaired"),
            "The old fitting is no longer made. The column now has an LED lantern.",
        ),
        Ending(
            *(14, "coordination", "partly_upheld", "repaired"),
            "The fault was in the supply cable. The network operator has restored it.",
        ),
        Ending(
            *(14, "external", "explained", "repaired"),
            "High winds brought the column down. A new one has been put up.",
        ),
    ),
)
