"""Creating an agency: its units, people, categories and services."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db.models import F

from accounts.backends import DEMO_PASSWORD
from accounts.models import Membership, Unit, User
from casework import causes
from casework.models import Category, Cause, Service
from demo.pack import Agency


def build(agency: Agency) -> None:
    """Create everything that cases need."""
    causes.install()
    units = _units(agency)
    _people(agency, units)
    for new in agency.categories:
        Category.objects.create(
            code=new.code,
            name=new.name,
            name_en=new.name_en,
            default_unit=units[new.unit],
            review_needed=new.review_needed,
            restricted=new.restricted,
            cause_needed=new.cause_needed,
        )
    for service in agency.services:
        found = Category.objects.get(code=service.category)
        Service.objects.create(
            code=service.code,
            name=service.name,
            name_en=service.name_en,
            category=found,
            unit=found.default_unit,
        )
    if agency.language == "en":
        Cause.objects.exclude(name_en="").update(name=F("name_en"))


def _units(agency: Agency) -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for new in agency.units:
        is_topmost = new.parent is None
        units[new.code] = Unit.objects.create(
            code=new.code,
            name=new.name,
            parent=units[new.parent] if new.parent else None,
            receives=is_topmost,
            independent=new.independent,
            language=agency.language,
            time_zone=agency.zone,
            help_text=agency.help_text if is_topmost else "",
            phone=agency.phone if is_topmost else "",
        )
    return units


def _people(agency: Agency, units: dict[str, Unit]) -> None:
    password = make_password(DEMO_PASSWORD)
    for new in agency.people:
        person = User.objects.create(
            username=new.username,
            first_name=new.first_name,
            last_name=new.last_name,
            email=f"{new.username}@{agency.domain}",
            password=password,
            language=agency.language,
            time_zone=agency.zone,
            is_staff=new.username == "admin",
        )
        for role, unit in new.roles:
            Membership.objects.create(
                user=person,
                unit=units[unit],
                role=role,
                handles_restricted=new.handles_restricted,
                identity_officer=new.identity_officer,
            )
