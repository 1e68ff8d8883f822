"""What is told to whoever has to write it down: nothing of this package knows them."""

from django.dispatch import Signal

#: Sent inside the transaction by `timeline.record`, with `case` and `event`. A receiver that
#: raises undoes the act: what must be told is written with what happened, or neither is.
recorded = Signal()

#: Sent inside the transaction that answers who lost a secret, with `case` and the `event` that says
#: so: the mail with a key is owed, which no event tells of.
key_owed = Signal()
