"""Faces: the doors of the one service: command line, HTTP API, MCP, page and widget."""
