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
    queue,
    similar,
    taking,
    visitor,
)

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("file/", counter.file, name="file"),
    path("visitor/", visitor.visitor, name="visitor"),
    path("emergency/", emergency.emergency, name="emergency"),
    path("access-log/", access_log.access_log, name="access_log"),
    path("receipts/<str:reference>/", counter.receipt, name="receipt"),
    path("next/", taking.next_case, name="next"),
    path("keys/", keys.keys, name="keys"),
    path("cases/<str:reference>/", cases.case_page, name="case"),
    path("cases/<str:reference>/identity/", emergency.identity, name="identity"),
    path("cases/<str:reference>/files/<int:pk>/", cases.download, name="download"),
    path("cases/<str:reference>/letter/", letter.letter, name="letter"),
    path("cases/<str:reference>/similar/", similar.similar, name="similar"),
    path("cases/<str:reference>/<slug:name>/", acts.act_page, name="act"),
]
