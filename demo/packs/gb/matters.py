"""What people of Ashcombe complain about."""

from demo.packs.gb.streets import LIGHTING, ROADS, WASTE
from demo.year.terms import Ending, Matter, Problem

REPAIRS = Matter(
    category="repairs",
    service="repairs-line",
    a_week=5.5,
    by_month={11: 1.2, 12: 1.3, 1: 1.35, 2: 1.2},
    problems=(
        Problem(
            "broken supplies",
            "[No heating|Stone-cold radiators|Heating failed] at {place}",
            "We sleep in our coats|My youngest has asthma|An electric fire costs a fortune",
        ),
        Problem(
            "broken supplies",
            "[No hot water|Boiler cutting out|Pilot light dead] at {place}",
            "We wash from a kettle|The contractor says the part is on order|It was serviced in "
            "spring",
        ),
        Problem(
            "broken no-fault",
            "[Black mould|Damp walls|Mildew] in the bedroom at {place}",
            "The baby coughs all night|I scrub it and it comes back|Our clothes are ruined",
        ),
        Problem(
            "broken external",
            "[Roof leaking|Rain coming in|Slates missing] at {place}",
            "Three buckets stand in the hall|The carpet is ruined|The ceiling bulges",
        ),
        Problem(
            "broken supplies",
            "[Lift stuck|Lift out of order|No lift] at {place}",
            "My mother is eighty and on the fourth floor|I carry the pram up|Deliveries are left "
            "downstairs",
        ),
        Problem(
            "not-informed",
            "[Nobody turned up|Missed appointment|Plumber never came], {place}",
            "I took two days off work|No text, no call|They say that I was out",
        ),
        Problem(
            "careless broken",
            "[Door will not lock|Broken lock|Entry phone dead] at {place}",
            "I do not feel safe at night|Strangers sleep on the stairs|Parcels have gone",
        ),
        Problem(
            "broken careless",
            "[Ceiling dripping|Burst pipe|Flood from upstairs] at {place}",
            "The electrics tripped|We moved into the living room|The wallpaper hangs off",
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
            *(40, "broken", "upheld", "repaired"),
            "We are sorry for the trouble this caused. The fault has been repaired and tested, and "
            "our surveyor will call again in two weeks to make sure it holds.",
        ),
        Ending(
            *(18, "supplies", "upheld", "repaired"),
            "The part has arrived and been fitted. We should have lent you a heater while you "
            "waited, and have changed how we check for that.",
        ),
        Ending(
            *(14, "not-informed", "partly_upheld", "apology"),
            "Our contractor moved the appointment and nobody told you. We apologise. You will now "
            "get a text message the day before.",
        ),
        Ending(
            *(12, "careless", "upheld", "compensated"),
            "The work was not finished properly. It has been put right, and £75 has been credited "
            "to your rent account.",
        ),
        Ending(
            *(8, "external", "explained", "explained"),
            "The storm took tiles off the whole terrace. A temporary cover is in place until "
            "scaffolding goes up.",
        ),
        Ending(
            *(8, "no-fault", "not_upheld", "explained"),
            "We found no fault in the installation. Our letter explains what the surveyor "
            "measured.",
        ),
    ),
)

CARE = Matter(
    category="social-care",
    service="home-care",
    a_week=5,
    by_month={1: 1.25, 2: 1.2},
    problems=(
        Problem(
            "staffing",
            "[Carer did not come|Visit missed|Nobody came to my father], {place}",
            "He is diabetic and needs his meals|A neighbour found him in bed|I live two hundred "
            "miles away",
        ),
        Problem(
            "staffing no-fault",
            "[Ten-minute visits|Calls cut short|Rushed care] at {place}",
            "We pay for half an hour|Mum is left half dressed|The log says otherwise",
        ),
        Problem(
            "staffing not-informed",
            "[A stranger every day|Constant change of carers|Twelve carers in a month] at {place}",
            "He has dementia and is frightened|Nobody knows where things are|I explain it all "
            "again",
        ),
        Problem(
            "coordination",
            "[Months for an assessment|Still no assessment|Assessment postponed], {place}",
            "My sister gave up her job|The hospital will not discharge her|We were told six weeks",
        ),
        Problem(
            "careless",
            "[Wrong invoice|Charged for nothing|Bill for missed visits], {place}",
            "I have kept a diary|They threaten a collector|Two credits never came",
        ),
        Problem(
            "discourteous coordination",
            "[Tablets given late|Medication forgotten|Chart left empty] at {place}",
            "She ended up in A&E|The pharmacist raised it|It has happened before",
        ),
        Problem(
            "coordination",
            "[Stairlift not fitted|Grab rails missing|Ramp half built] at {place}",
            "He sleeps downstairs|She fell on the step|The fitter has no order",
        ),
    ),
    details=(
        "My reference ends in {n}.",
        "I was with [my son|my sister|{name}].",
        "This is my [second|third|fourth] [call|letter|e-mail].",
        "I spoke to somebody called {name}.",
        "I waited {n} minutes.",
    ),
    endings=(
        Ending(
            *(30, "staffing", "upheld", "process_changed"),
            "The provider was short of carers that week. A named team of three now covers the "
            "visits, and we check the log every Monday.",
        ),
        Ending(
            *(20, "coordination", "upheld", "repaired"),
            "The hospital and our team each thought the other had arranged it. Visits began this "
            "week.",
        ),
        Ending(
            *(18, "not-informed", "partly_upheld", "explained"),
            "The change followed a review, and we should have explained it first. A social worker "
            "has been to see you.",
        ),
        Ending(
            *(12, "discourteous", "upheld", "apology"),
            "We apologise for how your mother was spoken to. The carer no longer visits her.",
        ),
        Ending(
            *(12, "careless", "upheld", "compensated"),
            "The invoice was wrong. The charge has been removed and your account refunded.",
        ),
        Ending(
            *(8, "no-fault", "not_upheld", "explained"),
            "The records show that each visit lasted as agreed. A copy is enclosed.",
        ),
    ),
)

TAX = Matter(
    category="council-tax",
    service="tax-bills",
    a_week=5.5,
    by_month={3: 1.5, 4: 1.5},
    problems=(
        Problem(
            "systems careless",
            "[Billed twice|Two bills|Duplicate demand] for {place}",
            "I cannot pay it again|The bank statement proves it|Both came on one day",
        ),
        Problem(
            "unclear-rules careless",
            "[Discount removed|Single person discount gone|Discount stopped], {place}",
            "I still live alone|Nobody asked me first|It adds up on a pension",
        ),
        Problem(
            "systems",
            "[Reminder though paid|Red letter in error|Summons in error], {place}",
            "It frightened my wife|Paid by direct debit|My credit rating is hit",
        ),
        Problem(
            "careless",
            "[Move ignored|Change of address lost|Wrong occupier], now at {place}",
            "I moved out in spring|The landlord told you too|Post still goes to the old flat",
        ),
        Problem(
            "systems",
            "[Online form fails|Website crashes|Cannot log in], {place}",
            "It loses everything at the last page|My phone is all I have|The code never arrives",
        ),
        Problem(
            "not-answered",
            "[Claim unanswered|No decision|Claim lost], {place}",
            "I sent payslips three times|Rent is due|The food bank helps us",
        ),
        Problem(
            "systems not-answered",
            "[Refund missing|Still owed money|Credit not repaid] for {place}",
            "I was promised ten days|It is over £200|Each person says something else",
        ),
        Problem(
            "staffing",
            "[On hold for an hour|Cut off four times|Nobody picks up] about {place}",
            "My lunch break is over|The music drove me mad|I only had one question",
        ),
    ),
    details=(
        "My reference ends in {n}.",
        "I was with [my son|my sister|{name}].",
        "This is my [second|third|fourth] [call|letter|e-mail].",
        "I spoke to somebody called {name}.",
        "I waited {n} minutes.",
    ),
    endings=(
        Ending(
            *(28, "systems", "upheld", "repaired"),
            "Your payment was posted to an old account. It has been moved, and the reminder is "
            "withdrawn.",
        ),
        Ending(
            *(24, "careless", "upheld", "apology"),
            "We keyed the wrong date. The bill has been corrected, and we apologise.",
        ),
        Ending(
            *(18, "unclear-rules", "partly_upheld", "process_changed"),
            "Our letter did not say which proof we needed. It has been rewritten.",
        ),
        Ending(
            *(12, "not-answered", "upheld", "repaired"),
            "Your application was in a queue that nobody had looked at. It has been decided in "
            "your favour.",
        ),
        Ending(
            *(10, "staffing", "upheld", "other"),
            "We had too few people on the phones after the annual bills. Extra lines are open "
            "until the end of May.",
        ),
        Ending(
            *(8, "no-fault", "not_upheld", "explained"),
            "The band is set by the Valuation Office Agency, not by the council. We explain how to "
            "challenge it.",
        ),
    ),
)

MATTERS = (REPAIRS, WASTE, ROADS, LIGHTING, CARE, TAX)
