from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "figures"

    def ready(self) -> None:
        from figures import folding  # noqa: PLC0415 - the models are loaded only now
        from workflows import jobs  # noqa: PLC0415

        jobs.register("figures", folding.fold_all, every=jobs.EACH_SWEEP)
