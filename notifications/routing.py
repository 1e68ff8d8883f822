"""The addresses of the WebSockets."""

websocket_urlpatterns: list = []
