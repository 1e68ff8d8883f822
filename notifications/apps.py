from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from casework.signals import recorded  # noqa: PLC0415 - the models are loaded only now
        from notifications.telling import tell  # noqa: PLC0415

        recorded.connect(tell, dispatch_uid="notifications.tell")
