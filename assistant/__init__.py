"""The policy assistant. ``from assistant import PolicyAssistant`` loads the service only when it is asked for."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant

__all__ = ["PolicyAssistant"]


def __getattr__(name: str) -> object:
    if name == "PolicyAssistant":
        from assistant.service import PolicyAssistant

        return PolicyAssistant
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
