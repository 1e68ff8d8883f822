"""Every address of the installation."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path, reverse_lazy

from accounts.sign_in import SetPassword, SignIn
from config import health, metrics

urlpatterns = [
    path("healthz", health.healthz),
    path("readyz", health.readyz),
    path("metrics", metrics.metrics),
    path(
        "accounts/login/",
        SignIn.as_view(redirect_authenticated_user=True),
        name="login",
    ),
    path("accounts/logout/", LogoutView.as_view(), name="logout"),
    path(
        "accounts/set-password/<uidb64>/<token>/",
        SetPassword.as_view(
            template_name="registration/password_set.html", success_url=reverse_lazy("login")
        ),
        name="set_password",
    ),
    path("", include("portal.urls")),
    path("desk/", include("desk.urls")),
    path("", include("notifications.urls")),
    path("", include("improvement.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("api.urls")),
    path("language/", include("django.conf.urls.i18n")),
]

handler403 = "config.errors.forbidden"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"
