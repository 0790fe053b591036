"""The questions of each family of clauses, with what they are owed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from wording import DIGITS, LANGUAGES, WAN, Case, Speaker, Thing

# The kinds of a share: what is said before, whether the sum follows, and what is owed on which amount.
SHARE_KINDS = ["same", "same", "same-cap", "other", "whole", "part", "share", "rest", "corrected", "claimed", "hoped"]
SHARE_KINDS += ["planned", "denied", "zero", "follow-up"]
OPEN_KINDS = {"other", "whole", "denied", "zero"}
CEILING_KINDS = {"claimed", "hoped"}
ASK_THEMSELVES = OPEN_KINDS - {"denied", "zero"} | CEILING_KINDS


def share_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    for shift, kind in enumerate(SHARE_KINDS):
        yield ShareTalk(speaker, thing, LANGUAGES[(number + shift) % 6]).case(kind)


@dataclass(frozen=True)
class ShareTalk:
    """Questions on a share of a cost, in one language."""

    speaker: Speaker
    thing: Thing
    language: str

    def case(self, kind: str) -> Case:
        if kind in ("same", "same-cap", "follow-up"):
            return self.spent(kind)
        text, base = self.told(kind)
        if kind not in ASK_THEMSELVES:
            text += self.speaker.phrase(self.language, "ask")
        if kind in OPEN_KINDS:
            return Case(kind, self.thing, text, "ask", None, self.language)
        if kind in CEILING_KINDS:
            return Case(kind, self.thing, text, "at_most", self.thing["cap"], self.language)
        return Case(kind, self.thing, text, "exact", self.paid(base), self.language)

    def spent(self, kind: str) -> Case:
        """The cost itself, below the ceiling, above it, or changed in a second turn."""
        amount = self.of_limit({"same": "0.3", "same-cap": "1.7", "follow-up": "0.8"}[kind])
        said = self.speaker.said(self.thing, self.language, s=self.speaker.sum(amount, self.language))
        ask = self.speaker.phrase(self.language, "ask")
        joined = f"{said}. {ask[0].upper()}{ask[1:]}" if self.language == "en" else f"{said}，{ask}"
        text = self.speaker.opening(self.thing, self.language) + joined
        if kind != "follow-up":
            return Case(kind, self.thing, text, "exact", self.paid(amount), self.language)
        changed = self.of_limit("0.4")
        again = self.speaker.phrase(self.language, "followup", a=self.speaker.sum(changed, self.language))
        return Case(kind, self.thing, again, "exact", self.paid(changed), self.language, (text,))

    def told(self, kind: str) -> tuple[str, int]:
        """The sentence of a kind, and the amount of the cost that it comes to."""
        a, b, x = self.of_limit("0.4"), self.of_limit("0.25"), self.of_limit("0.8")
        tenths = (4, 5, 6)[self.speaker.next("tenths") % 3] if kind == "share" else 0
        total = {"rest": a + b, "share": self.of_limit("0.6") // 10 * 10}.get(kind, x)
        values = {
            "a": self.speaker.sum(a, self.language),
            "b": self.speaker.sum(b, self.language),
            "x": self.speaker.sum(3 * self.thing["cap"] if kind in CEILING_KINDS else x, self.language),
            "percent": tenths * 10,
            "tenths": DIGITS[tenths],
            "noun": self.word("noun"),
            "sibling_noun": self.word("sibling_noun"),
            "whole": self.word("whole").format(s=self.speaker.sum(total, self.language)),
            "sibling": self.sibling(a),
        }
        opening = self.speaker.opening(self.thing, self.language)
        return opening + self.speaker.phrase(self.language, kind, **values), total * tenths // 10 if tenths else a

    def word(self, name: str) -> str:
        word: str = self.thing[f"en_{name}" if self.language == "en" else name]
        return word

    def sibling(self, amount: int) -> str:
        choices = [self.thing["en_sibling"]] if self.language == "en" else self.thing["sibling"]
        said = self.speaker.pick(f"{self.thing['clause']}:sibling:{self.language == 'en'}", choices)
        return said.format(s=self.speaker.sum(amount, self.language))

    def of_limit(self, part: str) -> int:
        """A round sum that is about this part of the cost at which the ceiling is reached."""
        limit = self.thing["cap"] / Decimal(self.thing["rate"])
        step = WAN if limit > 20 * WAN else 1000
        return int(limit * Decimal(part) / step) * step

    def paid(self, amount: int) -> int:
        return int(min(amount * Decimal(self.thing["rate"]), self.thing["cap"]))


def bound_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    at, award = thing["at"], thing["award"]
    border = ("met", "exact", award) if thing["includes"] else ("missed", "not_eligible", None)
    plan = [
        ("bound-met", "met", at * 3 // 2, "exact", award),
        ("bound-met", "met", at * 11 // 10, "exact", award),
        ("bound-border", "met", at, border[1], border[2]),
        ("bound-missed", "missed", at * 7 // 10, "not_eligible", None),
        ("bound-negated", "negated", at, "not_eligible", None),
        ("bound-negated", "negated", at, "not_eligible", None),
        ("bound-other", "wrong_metric", at * 3 // 2, "ask", None),
    ]
    for shift, (kind, phrase, value, expect, amount) in enumerate(plan):
        language = LANGUAGES[(number + shift) % 6]
        ending = "en_" if language == "en" else ""
        names = {"metric": thing[f"{ending}metric"], "other": thing[f"{ending}other"]}
        text = speaker.phrase(language, phrase, s=speaker.sum(value, language), **names)
        yield Case(kind, thing, speaker.opening(thing, language) + text, expect, amount, language)
    outcome: dict[str, tuple[str, int | None]] = {
        "met": ("exact", award),
        "missed": ("not_eligible", None),
        "ask": ("ask", None),
    }
    for shift, (words, meant) in enumerate(thing["vague"]):
        language = ("zh", "zh-Hant")[(number + shift) % 3 == 0]
        expect, amount = outcome[meant]
        text = f"{speaker.opening(thing, language)}{words}，{speaker.pick('vague', ['奖多少？', '能拿多少奖励？'])}"
        yield Case("bound-vague", thing, text, expect, amount, language)
    for words in thing.get("negative", []):
        text = speaker.opening(thing, "zh") + words.format(s=speaker.sum(at // 2, "zh"))
        yield Case("negative", thing, text, "not_eligible", None, "zh")


def count_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    fits = thing["cap"] // thing["each"]
    plan = [("count", 3), ("count", fits * 2 // 3), ("count-cap", fits * 2), ("count-split", fits * 4 // 5)]
    for shift, (kind, things) in enumerate(plan):
        language = LANGUAGES[(number + shift + 1) % 6]
        said = speaker.said(thing, language, n=things)
        unfit = max(1, things // 3) if kind == "count-split" else 0
        asked = {"things": said}
        if unfit:
            asked["unfit"] = thing["en_unfit" if language == "en" else "unfit"].format(n=unfit)
        text = speaker.phrase(language, "split" if unfit else "count", **asked)
        owed = min((things - unfit) * thing["each"], thing["cap"])
        yield Case(kind, thing, speaker.opening(thing, language) + text, "exact", owed, language)


def area_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    for shift, (size, language) in enumerate((s, lang) for lang in ("zh", "other") for s in thing["amounts"]):
        spoken = language if language == "zh" else ("en", "zh-Hant")[(number + shift) % 2]
        text = speaker.phrase(spoken, "total", said=speaker.said(thing, spoken, n=size))
        owed = min(size * thing["each"], thing["cap"])
        yield Case("area", thing, speaker.opening(thing, spoken) + text, "exact", owed, spoken)


def level_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    levels: list[tuple[str, int]] = list(thing["levels"].items())
    (highest, first), (lowest, least) = levels[0], levels[-1]
    plan: list[tuple[str, str, str, str, int | None]] = [("level", n, "", "exact", amount) for n, amount in levels]
    plan += [("level-none", thing["lower"], "", "not_eligible", None)] * 2
    plan += [("level-denied", lowest, highest, "exact", least)] * 2
    plan += [("level-two", lowest, highest, "exact", first), ("level-open", "", "", "ask", None)]
    for shift, (kind, level, above, expect, amount) in enumerate(plan):
        language = LANGUAGES[(number + shift) % 6]
        name: Callable[[str], str] = str
        if language == "en":
            name = lambda word: speaker.grammar["phrases"]["levels"].get(word, "")  # noqa: E731
        values = {
            "level": name(level),
            "above": name(above),
            "thing": thing["en_thing" if language == "en" else "thing"],
        }
        text = speaker.phrase(language, kind.replace("-", "_"), **values)
        yield Case(kind, thing, speaker.opening(thing, language) + text, expect, amount, language)


def monthly_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    longest = thing["longest"]
    plan = [("monthly", 1, 8), ("monthly", 4, longest // 2), ("monthly-cap", 2, longest * 2), ("monthly", 3, 6)]
    for shift, (kind, people, months) in enumerate(plan):
        language = LANGUAGES[(number + shift + 2) % 6]
        text = speaker.phrase(language, "total", said=speaker.said(thing, language, n=people, m=months))
        owed = people * thing["each"] * min(months, longest)
        yield Case(kind, thing, speaker.opening(thing, language) + text, "exact", owed, language)


def interest_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    longest = thing["longest"]
    for shift, (principal, years) in enumerate([(200, 1), (350, 2), (120, longest + 2), (500, 1), (80, 2)]):
        language = LANGUAGES[(number + shift + 3) % 6]
        term = f"{years} year{'s' * (years > 1)}" if language == "en" else f"{DIGITS[years]}年".replace("二", "两")
        said = speaker.said(thing, language, s=speaker.sum(principal * WAN, language), y=term)
        owed = int(principal * WAN * Decimal(thing["points"]) * min(years, longest))
        kind = "interest" if years <= longest else "interest-cap"
        text = speaker.opening(thing, language) + speaker.phrase(language, "total", said=said)
        yield Case(kind, thing, text, "exact", owed, language)


def ladder_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    bands: list[tuple[int, int]] = [(start, award) for start, award in thing["bands"]]
    upper = thing.get("upper_included", False)

    def owed(value: int) -> int | None:
        reached = [award for start, award in bands if value > start or (value == start and not upper)]
        return reached[-1] if reached else None

    values = [bands[0][0] * 3 // 2, bands[1][0] * 5 // 4, bands[2][0] * 2, bands[0][0] * 7 // 10]
    values += [bands[1][0], bands[2][0], bands[1][0] - WAN, bands[2][0] * 101 // 100]
    for shift, value in enumerate(values):
        language = LANGUAGES[(number + shift) % 6]
        amount = owed(value)
        kind = "ladder" if shift < 3 else "ladder-missed" if shift == 3 else "ladder-border"
        said = speaker.said(thing, language, s=speaker.sum(value, language))
        text = speaker.opening(thing, language) + speaker.phrase(language, "ladder", said=said)
        yield Case(kind, thing, text, "exact" if amount else "not_eligible", amount, language)


def range_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    asked = [("zh", thing["asks"][0]), ("zh-Hant", thing["asks"][1]), ("en", thing["en"])]
    for language, text in asked:
        yield Case("range", thing, speaker.opening(thing, language) + text, "at_most", thing["highest"], language)


def condition_cases(speaker: Speaker, number: int, thing: Thing) -> Iterator[Case]:
    plan = [("zh", text, "exact") for text in thing["met"]] + [("zh", text, "not_eligible") for text in thing["missed"]]
    plan += [("zh-Hant", thing["met"][0], "exact"), ("zh-Hant", thing["missed"][1], "not_eligible")]
    plan += [("en", thing["en_met"], "exact"), ("en", thing["en_missed"], "not_eligible")]
    plan += [("zh", text, "ask") for text in thing["open"]]
    for language, text, expect in plan:
        opening = f"{thing['county']}，" if language != "en" else speaker.opening(thing, language)
        amount = thing["award"] if expect == "exact" else None
        yield Case(thing["kind"], thing, opening + text, expect, amount, language)


FAMILIES: dict[str, Callable[[Speaker, int, Thing], Iterator[Case]]] = {
    "share": share_cases,
    "bound": bound_cases,
    "count": count_cases,
    "area": area_cases,
    "level": level_cases,
    "monthly": monthly_cases,
    "interest": interest_cases,
    "ladder": ladder_cases,
    "range": range_cases,
    "conditions": condition_cases,
}
