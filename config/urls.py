"""Every address of the installation."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import include, path

from config import health

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("accounts/login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path("", include("portal.urls")),
    path("desk/", include("desk.urls")),
    path("", include("notifications.urls")),
    path("language/", include("django.conf.urls.i18n")),
]
