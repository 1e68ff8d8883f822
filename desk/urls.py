"""The addresses of staff."""

from django.urls import path

from desk import acts, cases, counter, queue

app_name = "desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("file/", counter.file, name="file"),
    path("cases/<str:reference>/", cases.case_page, name="case"),
    path("cases/<str:reference>/files/<int:pk>/", cases.download, name="download"),
    path("cases/<str:reference>/<slug:name>/", acts.act_page, name="act"),
]
