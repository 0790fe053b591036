"""Question understanding: what a user turn does and asks."""

from assistant.question.turn import Intent, Language, Turn, detect_language, understand

__all__ = ["Intent", "Language", "Turn", "detect_language", "understand"]
