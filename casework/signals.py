"""The one signal."""

from django.dispatch import Signal

#: Sent inside the transaction by `timeline.record`, with `case` and `event`. A receiver that
#: raises undoes the act: what must be told is written with what happened, or neither is.
recorded = Signal()
