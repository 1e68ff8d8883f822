"""A unit that moves to another zone, or below another unit, is open at other times."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _

from accounts.models import Unit
from workflows.rewriting import edit, moved, own_of

_PLACE = ("time_zone", "parent_id")


@receiver(pre_save, sender=Unit, dispatch_uid="workflows.moved_units.before")
def before(instance: Any, update_fields: Any = None, raw: bool = False, **_kwargs: Any) -> None:
    """Remember where it was; the row has been overwritten when it is saved."""
    where = None
    if instance.pk and not raw and _moves(update_fields):
        where = Unit.objects.filter(pk=instance.pk).values(*_PLACE).first()
    instance.where_it_was = where


@receiver(post_save, sender=Unit, dispatch_uid="workflows.moved_units.after")
def after(instance: Any, **_kwargs: Any) -> None:
    where = instance.where_it_was
    if where is None:
        return
    if where["time_zone"] != instance.time_zone:
        own = own_of(instance) | {"zone": instance.time_zone}
        edit(instance, own, None, _("The unit's time zone changed."))
    if where["parent_id"] != instance.parent_id:
        moved(instance)


def _moves(update_fields: Any) -> bool:
    return update_fields is None or not {"time_zone", "parent", "parent_id"}.isdisjoint(
        update_fields
    )
