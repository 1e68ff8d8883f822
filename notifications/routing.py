"""The addresses of the WebSockets."""

from channels.security.websocket import WebsocketDenier
from django.urls import path, re_path

from notifications.consumers import CitizenSocket, DeskSocket

websocket_urlpatterns: list = [
    path("ws/me/", DeskSocket.as_asgi()),
    path("ws/c/<str:token>/", CitizenSocket.as_asgi()),
    re_path("", WebsocketDenier.as_asgi()),  # the router itself would raise: 500
]
