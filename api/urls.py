"""Every address below /api/v1/."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.decorators import csp_replace
from django.urls import path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from api.cases import Actions, Cases, OneCase, Timeline
from api.endpoint import Nowhere
from api.files import File
from api.identity import WithheldIdentity
from api.tracking import Track, TrackedActions

app_name = "api"

# The reader of the schema styles itself inline; scripts stay our own files.
_docs = csp_replace({"style-src": [SELF, UNSAFE_INLINE]})(
    SpectacularSwaggerSplitView.as_view(url_name="api:schema")
)

urlpatterns = [
    path("cases/", Cases.as_view(), name="cases"),
    path("cases/<str:reference>/", OneCase.as_view(), name="case"),
    path("cases/<str:reference>/timeline/", Timeline.as_view(), name="timeline"),
    path("cases/<str:reference>/actions/", Actions.as_view(), name="actions"),
    path("cases/<str:reference>/identity/", WithheldIdentity.as_view(), name="identity"),
    path("cases/<str:reference>/files/<int:number>/", File.as_view(), name="file"),
    path("track/", Track.as_view(), name="track"),
    path("track/actions/", TrackedActions.as_view(), name="tracked_actions"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", _docs, name="docs"),
    path("<path:rest>", Nowhere.as_view()),
]
