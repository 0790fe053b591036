"""Department names: which printed departments a name stands for, and where names stand in a text."""

import re
from collections.abc import Sequence

from assistant.finding.search_text import squeeze


class Departments:
    """The departments that clauses print, found by the names people give them."""

    def __init__(self, printed: Sequence[str], places: Sequence[str]) -> None:
        self.printed: dict[str, str] = {}  # searched form -> as printed first
        for name in printed:
            self.printed.setdefault(squeeze(name), name)
        self._places = tuple(squeeze(place) for place in places)

    def named(self, name: str) -> frozenset[str]:
        """Searched forms of the departments a name stands for; empty when there is none.

        财政局 stands for 市财政局 too, and a bureau for the two bureaus it is printed in one with.
        """
        wanted = squeeze(name)
        if len(wanted) < 2:
            return frozenset()
        if found := frozenset(known for known in self.printed if _is_called(known, wanted)):
            return found
        if found := frozenset(known for known in self.printed if wanted in known):
            return found
        return frozenset(
            known for known in self.printed if len(known) > 2 and any(wanted == place + known for place in self._places)
        )

    def found_by(self, searched: str) -> frozenset[str]:
        """Searched forms of the printed names that find a department when given to the filter."""
        ends = {searched[at:] for at in range(len(searched) - 1)}
        starts = {searched[:at] for at in range(2, len(searched)) if _is_called(searched, searched[:at])}
        return frozenset((ends | starts) & self.printed.keys()) | {searched}

    def in_text(self, folded: str) -> list[tuple[int, int]]:
        """Where printed names stand in a text, the longest first at each place, not overlapping."""
        spans: list[tuple[int, int]] = []
        named = [name for name in self.printed if len(name) > 1 and name in folded]
        for name in sorted(named, key=len, reverse=True):
            for match in re.finditer(re.escape(name), folded):
                if all(match.end() <= start or end <= match.start() for start, end in spans):
                    spans.append(match.span())
        return sorted(spans)


def _is_called(known: str, wanted: str) -> bool:
    return known.endswith(wanted) or (known.startswith(wanted) and known[len(wanted)] in "市省区县州各国")
