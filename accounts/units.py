"""The tree of units."""

from django.db import models


class UnitQuerySet(models.QuerySet):
    def within(self, unit):
        """The unit and everything below it."""
        return self.filter(path__startswith=unit.path)

    def receiving(self):
        """The active unit that new complaints reach first, or None on an empty installation."""
        return self.filter(receives=True, active=True).order_by("pk").first()

    def independent(self):
        """The active unit that complaints about staff reach first, or None where there is none."""
        return self.filter(independent=True, active=True).order_by("pk").first()
