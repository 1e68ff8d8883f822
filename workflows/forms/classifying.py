"""What staff send to sort a case anew."""

from __future__ import annotations

from copy import copy
from typing import Any

from django.utils.translation import gettext_lazy as _

from casework.models import Category
from workflows.forms.base import Coded, choose_from
from workflows.forms.staff import SortingForm
from workflows.receiving import somebody_handles


class ClassifyForm(SortingForm):
    """What of it is to be another than it was; what is left empty stays."""

    field_order = ("category", "kind", "priority")

    category = Coded(
        Category.objects.none(), _("Category"), required=False, empty_label=_("as it is")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, "category", Category.objects.filter(active=True))
        if self.case.category:
            self.initial.setdefault("category", self.case.category.code)

    def clean(self) -> dict[str, Any]:
        """Somebody who is cleared must be left; and something must become another."""
        said = super().clean()
        category = said.get("category")
        if category and category.restricted:
            meant = copy(self.case)
            meant.restricted = True
            if not somebody_handles(meant):
                self.add_error(
                    "category", _("Nobody in this unit is cleared for restricted cases.")
                )
        if not self.errors and not any(self._is_new(name, said.get(name)) for name in said):
            self.add_error(None, _("All of it is so already."))
        return said

    def _is_new(self, name: str, said: Any) -> bool:
        return bool(said) and name != "upload" and said != getattr(self.case, name)
