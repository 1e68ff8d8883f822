"""The web server's way in: pages, sockets, and the thread that delivers and sweeps."""

import os

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings
from django.core.asgi import get_asgi_application
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from config.lifespan import Lifespan

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
pages = get_asgi_application()

# These need the models, and so the line above.
from config.bodies import Bounded  # noqa: E402
from notifications import relay  # noqa: E402
from notifications.routing import websocket_urlpatterns  # noqa: E402

sockets = AuthMiddlewareStack(URLRouter(websocket_urlpatterns))
company = [relay] if settings.RELAY_IN_PROCESS else []
routes = ProtocolTypeRouter(
    {
        "http": Bounded(pages),
        "websocket": AllowedHostsOriginValidator(sockets),
        "lifespan": Lifespan(company),
    }
)
# The client's address and scheme: from the proxies we were told to trust, from nobody else.
application = ProxyHeadersMiddleware(routes, trusted_hosts=settings.TRUSTED_PROXIES)
