"""Answering: what is said, cited and compared."""
