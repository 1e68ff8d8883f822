"""The citizen's addresses."""

from django.urls import path

from portal import (
    accessibility,
    acts,
    case,
    complain,
    home,
    lost,
    offline,
    pieces,
    published,
    track,
)

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("accessibility/", accessibility.accessibility, name="accessibility"),
    path("complain/", complain.complain, name="file"),
    path("complain/pieces/", pieces.pieces_of, name="pieces"),
    path("complain/receipt/<str:token>/", complain.receipt, name="receipt"),
    # At the root: a worker has no say above its own address.
    path("offline.js", offline.worker, name="worker"),
    path("offline/", offline.offline, name="offline"),
    path("open/", published.newest, name="published"),
    path("open/<str:reference>/", published.one, name="publication"),
    path("track/", track.find, name="track"),
    path("track/lost/", lost.ask, name="lost"),
    path("track/new/<str:token>/", lost.new, name="new_secret"),
    path("c/<str:token>/", case.case_page, name="case"),
    path("c/<str:token>/files/<int:pk>/", case.download, name="download"),
    path("c/<str:token>/<slug:name>/", acts.act_page, name="act"),
]
