from datetime import time, timedelta

from django.apps import AppConfig


class ImprovementConfig(AppConfig):
    name = "improvement"

    def ready(self) -> None:
        from improvement import concerns, notices  # noqa: PLC0415 - models are loaded only now
        from improvement.reports import schedules  # noqa: PLC0415
        from improvement.themes import likeness, scanning  # noqa: PLC0415
        from workflows import jobs  # noqa: PLC0415

        notices.register()
        jobs.register("themes", scanning.scan_nightly, nightly=time(2, 30))
        night, look = time(2, 40), likeness.look_nightly
        jobs.register(likeness.JOB, look, nightly=night, budget=likeness.A_TURN)
        jobs.register("concerns", concerns.mix_up, nightly=time(0, 15))
        jobs.register("reports", schedules.write_due, nightly=time(3, 0))
        jobs.register("overdue", notices.look_for_overdue, every=timedelta(hours=6))
