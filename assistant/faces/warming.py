"""Warming up: work done once before the first visitor comes, so that none of them waits for dictionaries and model."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.service import PolicyAssistant


def warm_up(assistant: "PolicyAssistant") -> None:
    """Ask in both languages, search, check up and open the page, so that all that these need is loaded.

    What a worker loads by itself it does not share: the large dictionary alone takes 0.4 s and 38 MB.
    """
    from assistant.faces.api import work
    from assistant.faces.page import handling, requests
    from assistant.question.profile import Profile

    assistant.ask("智能工厂改造能补多少?")
    assistant.ask("What subsidy is there for smart factory retrofit?")
    assistant.ask("Is there any help for beekeepers?")  # a word that is looked up in the large dictionary
    assistant.search("贷款贴息")
    assistant.match(Profile())
    handling.open_page(assistant, requests.Open(), "zh")
    work.document_count(assistant)
