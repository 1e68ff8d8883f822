"""What the letters say: sentences by the name of the letter.

No words of people: what is read is read behind the link.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Words:
    """A subject (of `reference` alone), what happened, what to do by `date`, what we promise.

    `moved`: what to say of the new date of a due date that moved.
    """

    subject: Any
    what: Any
    now: Any = ""
    timed: Any = ""
    promise: Any = ""
    moved: Any = ""


NEWS = "news"  # all that a mail says of a restricted case
#: They say nothing of the matter, so also of a restricted case they are what they are.
OF_THE_SECRET = ("secret_link", "secret_changed")
_ANYTIME = _("You can write to us on the page of your complaint at any time.")
_ENDED = _("%(reference)s: your complaint is closed")
_ANSWER_BY = _("Please answer by %(date)s. If we hear nothing, we close the complaint.")
_SETTLED_BY = _(
    "Please tell us by %(date)s whether it settles the matter. "
    "If we hear nothing, we close the complaint."
)
_AGAIN_BY = _("If you do not agree, you can have it looked at again until %(date)s.")
_OWN_WAY_BY = _("If yours is another matter, please say so on its page by %(date)s.")
_OUTSIDE = _("If you do not agree, the page below names an outside body that can help.")

CITIZEN = {
    "received": Words(
        _("%(reference)s: we received your complaint"),
        _("We received your complaint and will check it."),
        _(
            "The page below shows what happens next. You can add to your complaint there at any "
            "time. If our answer does not satisfy you, you can have the matter looked at again."
        ),
        promise=_("We promise our answer by %(date)s."),
    ),
    "question": Words(
        _("%(reference)s: we have a question for you"),
        _("We need something from you before we can go on."),
        _("Please answer on the page of your complaint."),
        _ANSWER_BY,
    ),
    "answer": Words(
        _("%(reference)s: our answer"),
        _("We have answered your complaint."),
        _("Please read the answer and tell us whether it settles the matter."),
        _SETTLED_BY,
    ),
    NEWS: Words(
        _("%(reference)s: news about your complaint"),
        _("There is news about your complaint."),
        _ANYTIME,
    ),
    "still_asked": Words(
        _("%(reference)s: we still need your answer"),
        _("We asked you something and have no answer yet."),
        _("Please answer on the page of your complaint."),
        _ANSWER_BY,
    ),
    "still_answered": Words(
        _("%(reference)s: did our answer settle it?"),
        _("We answered your complaint and have not heard from you."),
        _("Please tell us whether it settles the matter."),
        _SETTLED_BY,
    ),
    "closed": Words(
        _ENDED,
        _("Your complaint is closed."),
        _ANYTIME,
        _("If the trouble returns, you can have it opened again until %(date)s."),
    ),
    "disagreed": Words(
        _ENDED,
        _("Your complaint is closed. We noted that you do not agree with our answer."),
        _("The page below names an outside body that you may turn to."),
    ),
    "auto_closed": Words(
        _ENDED,
        _("We closed your complaint, because the time for your yes or no ran out."),
        _OUTSIDE,
        _AGAIN_BY,
    ),
    "lapsed": Words(
        _ENDED,
        _("We closed your complaint, because we had no answer to our question."),
        _("You can still answer: then we go on."),
    ),
    "rejected": Words(
        _ENDED,
        _("We cannot take your complaint. The page below gives the reason."),
        _OUTSIDE,
        _AGAIN_BY,
    ),
    "referred": Words(
        _ENDED,
        _("Your complaint is a matter for another body. The page below says which one, and why."),
        _OUTSIDE,
        _AGAIN_BY,
    ),
    "anew": Words(
        _("%(reference)s: we look at your complaint again"),
        _("We opened your complaint again. The page below says why."),
        _ANYTIME,
    ),
    "merged": Words(
        _("%(reference)s: news about your complaint"),
        _("We handle your complaint together with another one about the same matter."),
        _ANYTIME,
        _OWN_WAY_BY,
    ),
    "withdrawn": Words(
        _ENDED,
        _("Your complaint was closed at your request."),
        _ANYTIME,
        _("If you change your mind, you can take that back until %(date)s."),
    ),
    "secret_link": Words(
        _("%(reference)s: your link to a new secret"),
        _("Somebody asked for a new secret for your complaint, with your e-mail address."),
        _(
            "The page below makes it, once, within 24 hours. The old secret and old links then "
            "end. If it was not you, do nothing: the old secret stays."
        ),
    ),
    "secret_changed": Words(
        _("%(reference)s: your secret was changed"),
        _("The secret of your complaint was changed. The old secret and old links have ended."),
        _("Was it not you who asked for that? Tell us at once, at the counter or by phone."),
    ),
    "due_moved": Words(
        _("%(reference)s: the date of our answer has moved"),
        _("The date by which we answer your complaint has moved."),
        _ANYTIME,
        moved=_("Our answer now comes by %(date)s. The page below says why."),
    ),
    "promised": Words(
        _("%(reference)s: what we promise"),
        _("We promise you something, with a date. The page below says what, and by when."),
        _ANYTIME,
    ),
    "kept": Words(
        _("%(reference)s: what we promised is done"),
        _("What we promised you is done. The page below says how."),
        _ANYTIME,
    ),
    "broken": Words(
        _("%(reference)s: what we promised is not done"),
        _("What we promised you is not done, and its date has passed. We are sorry."),
        _("On the page below you can write to us, or have it opened again."),
    ),
    "joined_answer": Words(
        _("%(reference)s: our answer"),
        _("We have answered the complaint that yours was joined with."),
        _("The page below shows the answer. You can write to us there."),
    ),
    "joined_closed": Words(
        _("%(reference)s: news about your complaint"),
        _("The complaint that yours was joined with is closed."),
        _OUTSIDE,
        _OWN_WAY_BY,
    ),
}

STAFF = {
    "assigned": Words(_("%(reference)s is yours"), _("A case was assigned to you.")),
    "returned": Words(
        _("%(reference)s came back"), _("The draft of an answer was returned to you.")
    ),
    "approval": Words(
        _("%(reference)s waits for approval"), _("The draft of an answer waits for your approval.")
    ),
    "answered": Words(
        _("%(reference)s: the complainant answered"), _("The complainant answered the question.")
    ),
    "disputed": Words(
        _("%(reference)s: disputed"),
        _("The complainant disputes the answer. The case waits for assignment."),
    ),
    "reopened": Words(_("%(reference)s was opened again"), _("A case was opened again.")),
    "hold_over": Words(
        _("%(reference)s: the hold is over"), _("The time on hold is over. Work can go on.")
    ),
    "late": Words(
        _("%(reference)s is past its due date"),
        _("A due date has passed. Whoever has the case is asked why."),
    ),
    "more_time": Words(
        _("%(reference)s: more time is asked for"),
        _("The officer asks for more time. Please give it, or say that you do not."),
    ),
    "reason": Words(
        _("%(reference)s: why it is late"),
        _("A reason was given for being late. Please accept it, or send it back."),
    ),
    "reason_returned": Words(
        _("%(reference)s: please say more"),
        _("The reason for being late was sent back. Please give it anew."),
    ),
    "message": Words(
        _("%(reference)s: a message"), _("There is a new message from the complainant.")
    ),
    "yes_or_no": Words(
        _("%(reference)s: is it settled?"),
        _("The complainant said something to the answer. Please record their yes or no."),
    ),
    NEWS: Words(_("%(reference)s: news"), _("There is news about a case.")),
}
