from django.apps import AppConfig


class WorkflowsConfig(AppConfig):
    name = "workflows"

    def ready(self) -> None:
        # Their receivers are connected.
        from workflows import moved_units, recognition, routine  # noqa: F401, PLC0415

        routine.register_all()
