"""Concerns of Ashcombe's staff, and the words of its report."""

from demo.improving.terms import NewConcern

CONCERNS = (
    NewConcern(
        "homes-streets",
        "The rapid-response teams were taken from planned maintenance. Who does that now?",
        days_before=75,
        answer=(
            "Planned maintenance moves to Tuesdays and Thursdays, and two agency operatives join "
            "from next month. If that is still not enough, please tell us again."
        ),
        answered_after=6,
    ),
    NewConcern(
        "homes-streets",
        "Due dates are read out in front of everybody. Will that be used in our appraisals?",
        days_before=58,
        answer=(
            "No. What is read out is the number of the case and its date, without a name. This "
            "system makes no figures of single people."
        ),
        answered_after=3,
    ),
    NewConcern(
        "homes-streets",
        "There are only two vans, and we often pay for the diesel ourselves.",
        days_before=40,
        name="Yusuf, repairs",
        answer=(
            "That is true, and must not happen. Both teams now have fuel cards; what you paid is "
            "refunded against receipts."
        ),
        answered_after=9,
    ),
    NewConcern(
        "adult-care",
        "Three days is not realistic for a provider whose office is staffed twice a week.",
        days_before=21,
        answer=(
            "For small providers it is five working days. That is now written into the draft of "
            "the plan."
        ),
        answered_after=12,
    ),
)

SUMMARY = (
    "This quarter Homes and Streets completed its first plan. Complaints are answered by their due "
    "date far more often, and by the rule that was declared before the start the change is real. "
    "What made the difference was no new system, but teams with their own parts and a short "
    "meeting every morning.\n\n"
    "Not everything worked. The volunteers' walks were stopped, because we could not answer for "
    "their safety. Nothing can be said yet about the desk in the libraries, because people began "
    "to write to us by WhatsApp at the same time."
)

NEXT_STEPS = (
    "The rapid-response teams become permanent and go into next year's budget.\n"
    "Adult Social Care follows the same way, with a named contact at every provider.\n"
    "Homes and Streets is looked at again after three, six and twelve months."
)
