from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self) -> None:
        from workflows import recognition  # noqa: F401, PLC0415 - its receivers are connected
