"""The addresses of staff."""

from django.urls import path

from desk import (
    access_log,
    acts,
    cases,
    counter,
    emergency,
    keys,
    letter,
    passes,
    queue,
    similar,
    supervise,
    taking,
    visitor,
)
from desk.calendars import days as public_days
from desk.calendars import pages as calendars
from desk.policies import pages as policies
from desk.policies import rules

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("file/", counter.file, name="file"),
    path("visitor/", visitor.visitor, name="visitor"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("supervise/", supervise.supervise, name="supervise"),
    path("access-log/", access_log.access_log, name="access_log"),
    path("receipts/<str:reference>/", counter.receipt, name="receipt"),
    path("next/", taking.next_case, name="next"),
    path("keys/", keys.keys, name="keys"),
    path("calendars/", calendars.index, name="calendars"),
    path("calendars/days/", public_days.days, name="public_days"),
    path("calendars/installation/", calendars.calendar, name="calendar_of_all"),
    path("calendars/installation/edit/", calendars.edit, name="calendar_of_all_edit"),
    path("calendars/units/<slug:code>/", calendars.calendar, name="calendar"),
    path("calendars/units/<slug:code>/edit/", calendars.edit, name="calendar_edit"),
    path("passes/<int:pk>/", passes.progress, name="pass"),
    path("policies/", policies.index, name="policies"),
    path("policies/new/", policies.new, name="policy_new"),
    path("policies/<slug:code>/", policies.policy, name="policy"),
    path("policies/<slug:code>/confirm/", policies.confirm, name="policy_confirm"),
    path("policies/<slug:code>/details/", policies.details, name="policy_details"),
    path("policies/<slug:code>/rules/", rules.rule, name="rule_new"),
    path("policies/<slug:code>/rules/<slug:rule_id>/", rules.rule, name="rule"),
    path("policies/<slug:code>/rules/<slug:rule_id>/move/", rules.move, name="rule_move"),
    path("policies/<slug:code>/rules/<slug:rule_id>/end/", rules.end, name="rule_end"),
    path("cases/<str:reference>/", cases.case_page, name="case"),
    path("cases/<str:reference>/identity/", emergency.identity, name="identity"),
    path("cases/<str:reference>/files/<int:pk>/", cases.download, name="download"),
    path("cases/<str:reference>/letter/", letter.letter, name="letter"),
    path("cases/<str:reference>/similar/", similar.similar, name="similar"),
    path("cases/<str:reference>/<slug:name>/", acts.act_page, name="act"),
]
