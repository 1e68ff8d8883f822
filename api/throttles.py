"""How often somebody without a key may knock."""

from typing import cast

from rest_framework.settings import api_settings
from rest_framework.throttling import AnonRateThrottle


class PublicThrottle(AnonRateThrottle):
    """Reads its rate when asked, so that settings decide; no rate, no limit."""

    def get_rate(self) -> str | None:
        return cast("str | None", api_settings.DEFAULT_THROTTLE_RATES.get(str(self.scope)))


class FilingThrottle(PublicThrottle):
    scope = "filing"


class TrackingThrottle(PublicThrottle):
    scope = "tracking"
