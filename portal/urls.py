"""The citizen's addresses."""

from django.urls import path

from portal import acts, case, complain, home, track

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("complain/", complain.complain, name="file"),
    path("complain/receipt/<str:token>/", complain.receipt, name="receipt"),
    path("track/", track.find, name="track"),
    path("c/<str:token>/", case.case_page, name="case"),
    path("c/<str:token>/files/<int:pk>/", case.download, name="download"),
    path("c/<str:token>/<slug:name>/", acts.act_page, name="act"),
]
