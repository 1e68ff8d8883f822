"""The addresses of the WebSockets."""

from django.urls import path

from notifications.consumers import CitizenSocket, DeskSocket

websocket_urlpatterns: list = [
    path("ws/me/", DeskSocket.as_asgi()),
    path("ws/c/<str:token>/", CitizenSocket.as_asgi()),
]
