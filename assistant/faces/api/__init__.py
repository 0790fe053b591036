"""The HTTP face of the service: API, MCP, widget, health and metrics in one ASGI application."""
