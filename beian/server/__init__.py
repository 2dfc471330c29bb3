"""The HTTP server: routes of the widget and the plain webhook, limits, health, metrics, files."""
