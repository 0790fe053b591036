"""Serving: connections, clients, feedback and the processes that answer."""
