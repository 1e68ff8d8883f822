"""What is wrong with a policy: a sentence, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Finding:
    """`rule`: the id and name of the rule that it is about; `field`: what of it, or of the policy.

    Fields of a rule: `name`, `default`, a condition, or a metric with `.amount`, `.unit`,
    `.starts_on`, `.extension`; of a policy those of its row.
    """

    sentence: str
    rule: str = ""
    name: str = ""
    field: str = ""

    def __str__(self) -> str:
        if not self.rule:
            return self.sentence
        return _("Rule “%(rule)s”: %(sentence)s") % {
            "rule": self.name or self.rule,
            "sentence": self.sentence,
        }
