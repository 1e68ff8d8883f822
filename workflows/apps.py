from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self) -> None:
        from workflows import recognition, routine  # noqa: F401, PLC0415 - its receivers connect

        routine.register_all()
