"""The graph of the flow, written by hand from its design: what the code is held against.

Everywhere: the case was filed by a citizen, works in the water unit from `assign` on, and was
drafted and answered by `officer`, its assignee.
"""

from tests.agency import PEOPLE

#: Everybody of the small agency, the complainant, another case's complainant, and time.
CAST = ("citizen", "stranger", "time", *PEOPLE)

_TRIAGE = "intake head"
_ASSIGN = "supervisor head"
_WORK = "officer supervisor head"
_TRIAGE_FOR = "citizen intake head"
_WATER = "officer officer2 supervisor head"
_WATER_FOR = f"citizen {_WATER}"
#: After `officer` has answered, everybody but he speaks for the citizen.
_NEUTRAL = "citizen officer2 supervisor head"

#: For each stage each lawful act and who may do it. What is not here is refused.
#: A name without people makes sense at the stage, but nobody may do it in this case.
LAWFUL: dict[str, dict[str, str]] = {
    "triage": {
        "accept": _TRIAGE,
        "ask": _TRIAGE,
        "reject": _TRIAGE,
        "refer": _TRIAGE,
        "merge": _TRIAGE,
        "claim": _TRIAGE,
        "withdraw": _TRIAGE_FOR,
        "message": _TRIAGE_FOR,
        "note": _TRIAGE,
        "reassign": "",
    },
    "wait_triage": {
        "answered": _TRIAGE_FOR,
        "recall": _TRIAGE,
        "timeout": "time",
        "remind": "time",
        "claim": _TRIAGE,
        "withdraw": _TRIAGE_FOR,
        "message": _TRIAGE_FOR,
        "note": _TRIAGE,
        "reassign": "",
    },
    "assign": {
        "assigned": _ASSIGN,
        "claim": _WATER,
        "transfer": _ASSIGN,
        "return": _ASSIGN,
        "refer": _ASSIGN,
        "merge": _ASSIGN,
        "withdraw": _WATER_FOR,
        "message": f"citizen {_ASSIGN}",
        "note": _WATER,
        "reassign": "",
    },
    "work": {
        "respond": _WORK,
        "ask": _WORK,
        "hold": _WORK,
        "transfer": _WORK,
        "return": _WORK,
        "refer": _WORK,
        "merge": _WORK,
        "withdraw": _WATER_FOR,
        "message": f"citizen {_WORK}",
        "note": _WATER,
        "reassign": _ASSIGN,
    },
    "wait_work": {
        "answered": _WATER_FOR,
        "recall": _WORK,
        "timeout": "time",
        "remind": "time",
        "withdraw": _WATER_FOR,
        "message": f"citizen {_WORK}",
        "note": _WATER,
        "reassign": _ASSIGN,
    },
    "on_hold": {
        "resume": _WORK,
        "timeout": "time",
        "withdraw": _WATER_FOR,
        "message": f"citizen {_WORK}",
        "note": _WATER,
        "reassign": _ASSIGN,
    },
    "review": {
        "approve": _ASSIGN,
        "return": _ASSIGN,
        "recall": "officer",
        "withdraw": _NEUTRAL,
        "message": f"citizen {_WORK}",
        "note": _WATER,
        "reassign": _ASSIGN,
    },
    "confirm": {
        "confirm": _NEUTRAL,
        "dispute": _NEUTRAL,
        "recall": "officer",
        "timeout": "time",
        "remind": "time",
        "withdraw": _NEUTRAL,
        "message": f"citizen {_WORK}",
        "note": _WATER,
        "reassign": _ASSIGN,
    },
    "closed": {
        "reopen": _NEUTRAL,
        "message": f"citizen {_WORK}",
        "note": _WATER,
        "rate": "citizen",
    },
    "auto_closed": {
        "reopen": _NEUTRAL,
        "message": f"citizen {_WORK}",
        "note": _WATER,
        "rate": "citizen",
    },
    "rejected": {"contest": "citizen head", "message": "citizen head", "note": _TRIAGE},
    "referred": {"contest": "citizen head", "message": "citizen head", "note": _TRIAGE},
    "lapsed": {"answered": _WATER_FOR, "message": f"citizen {_WORK}", "note": _WATER},
    "withdrawn": {"reopen": _TRIAGE_FOR, "message": "citizen head", "note": _TRIAGE},
    "merged": {"unmerge": _TRIAGE_FOR, "message": "citizen head", "note": _TRIAGE},
}

#: Every name there is.
ACTS = tuple(sorted({name for acts in LAWFUL.values() for name in acts}))

FINAL = ("closed", "auto_closed", "rejected", "referred", "merged", "lapsed", "withdrawn")
