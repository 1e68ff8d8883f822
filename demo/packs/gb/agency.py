"""Ashcombe: an invented English borough, its services, people, categories."""

from accounts.rights import Role
from demo.pack import Agency, NewCategory, NewPerson, NewService, NewUnit, Standards

_OFFICES = ("homes-streets", "adult-care", "council-tax")

AGENCY = Agency(
    language="en",
    zone="Europe/London",
    domain="ashcombe.example",
    help_text="Customer Service Point, Town Hall, 1 Market Square, Ashcombe. Monday to Friday, 9am "
    "to 5pm",
    phone="01632 960 123",
    units=(
        NewUnit("ashcombe", "Ashcombe Borough Council", None),
        NewUnit("homes-streets", "Homes and Streets", "ashcombe"),
        NewUnit("adult-care", "Adult Social Care", "ashcombe"),
        NewUnit("council-tax", "Council Tax and Benefits", "ashcombe"),
        NewUnit("internal-audit", "Internal Audit", "ashcombe", independent=True),
    ),
    people=(
        NewPerson("intake", "Diane", "Ashby", [(Role.INTAKE, "ashcombe")], handles_restricted=True),
        NewPerson("officer", "Sarah", "Lester", [(Role.OFFICER, unit) for unit in _OFFICES[:2]]),
        NewPerson("officer2", "Ben", "Parker", [(Role.OFFICER, unit) for unit in _OFFICES]),
        NewPerson(
            *("supervisor", "Ruth", "Mercer"),
            [(Role.SUPERVISOR, "ashcombe")],
            handles_restricted=True,
        ),
        NewPerson(
            *("head", "Harold", "Winter"),
            [(Role.SUPERVISOR, "ashcombe")],
            handles_restricted=True,
            identity_officer=True,
        ),
        NewPerson(
            *("inspector", "Rachel", "Hadley"),
            [(Role.INTAKE, "internal-audit"), (Role.OFFICER, "internal-audit")],
            handles_restricted=True,
        ),
        NewPerson("quality", "Laura", "Woodward", [(Role.QUALITY, "ashcombe")]),
        NewPerson("leader", "Susan", "Adeyemi", [(Role.LEADER, "ashcombe")]),
        NewPerson("auditor", "Angus", "Sanderson", [(Role.AUDITOR, "ashcombe")]),
        NewPerson("admin", "Nina", "Curran", [(Role.ADMINISTRATOR, "ashcombe")]),
    ),
    categories=(
        NewCategory("repairs", "Housing repairs", "", "homes-streets", True, cause_needed=True),
        NewCategory("waste", "Bins and recycling", "", "homes-streets"),
        NewCategory("roads", "Roads and pavements", "", "homes-streets"),
        NewCategory("lighting", "Street lighting", "", "homes-streets"),
        NewCategory("social-care", "Care at home", "", "adult-care", True, cause_needed=True),
        NewCategory("council-tax", "Council tax", "", "council-tax"),
        NewCategory("misconduct", "Fraud and misuse of office", "", "ashcombe", True, True),
    ),
    services=(
        NewService("repairs-line", "Repairs to council homes", "", "repairs"),
        NewService("collections", "Bin collections", "", "waste"),
        NewService("highways", "Highway maintenance", "", "roads"),
        NewService("street-lamps", "Street lamps", "", "lighting"),
        NewService("home-care", "Home care", "", "social-care"),
        NewService("tax-bills", "Council tax bills", "", "council-tax"),
    ),
    standards=Standards(
        "uk-lgsco",
        news_after=5,
        extension=10,
    ),
)
