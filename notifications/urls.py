from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("desk/tray/", views.show_tray, name="tray"),
    path("desk/tray/unread/", views.bell, name="unread"),
    path("desk/tray/read/", views.read, name="read"),
    path("desk/outbox/", views.outbox, name="outbox"),
]
