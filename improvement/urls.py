"""The addresses of improvement and of its reports."""

from django.urls import path

from improvement.pages import addresses, concerns, doing, index, plans, reports, themes

addresses.register()
app_name = "improvement"
urlpatterns = [
    path("improve/", index.index, name="index"),
    path("concerns/", concerns.raise_concern, name="concern_new"),
    path("concerns/answer/", concerns.read_answer, name="concern_answer"),
    path("improve/concerns/", concerns.register, name="concerns"),
    path("improve/concerns/<uuid:pk>/", concerns.answer, name="concern"),
    path("improve/themes/<int:pk>/", themes.theme, name="theme"),
    path("improve/plans/new/", plans.new, name="plan_new"),
    path("improve/plans/<plan:code>/", plans.plan, name="plan"),
    path("improve/plans/<plan:code>/edit/", plans.edit, name="edit"),
    path("improve/plans/<plan:code>/propose/", plans.propose, name="propose"),
    path("improve/plans/<plan:code>/approve/", plans.approve, name="approve"),
    path("improve/plans/<plan:code>/send-back/", plans.send_back, name="send_back"),
    path("improve/plans/<plan:code>/actions/", doing.add_action, name="action_new"),
    path("improve/plans/<plan:code>/actions/<int:pk>/", doing.change_action, name="action"),
    path("improve/plans/<plan:code>/actions/<int:pk>/proof/", doing.prove, name="proof"),
    path("improve/plans/<plan:code>/actions/<int:pk>/training/", doing.training, name="training"),
    path(
        "improve/plans/<plan:code>/actions/<int:pk>/training/<int:session>/",
        doing.attendance,
        name="attendance",
    ),
    path("improve/plans/<plan:code>/review/", doing.review, name="review"),
    path("improve/plans/<plan:code>/verdict/", doing.settle, name="settle"),
    path("improve/plans/<plan:code>/told/", doing.tell, name="tell"),
    path("improve/plans/<plan:code>/told/end/", doing.untell, name="untell"),
    path("reports/", reports.index, name="reports"),
    path("reports/new/", reports.new, name="report_new"),
    path("reports/schedule/", reports.schedule, name="schedule"),
    path("reports/schedule/<int:pk>/end/", reports.unschedule, name="unschedule"),
    path("reports/<int:pk>/", reports.report, name="report"),
    path("reports/<int:pk>/write/", reports.write, name="report_write"),
    path("reports/<int:pk>/sign/", reports.sign, name="report_sign"),
    path("reports/<int:pk>/<slug:kind>/", reports.file, name="report_file"),
]
