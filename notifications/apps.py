from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from casework import signals  # noqa: PLC0415 - the models are loaded only now
        from notifications import telling  # noqa: PLC0415

        signals.recorded.connect(telling.tell, dispatch_uid="notifications.tell")
        signals.key_owed.connect(telling.owe_key, dispatch_uid="notifications.owe_key")
