"""Rules, explained clauses and check-ups for people, in the terminal. Plain text when the output is piped."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from rich.console import Console
from rich.text import Text

from assistant.answering.checkup import Checkup, Group, Match
from assistant.answering.composition import Composer
from assistant.answering.explaining import CONDITION, NO_AMOUNT, UNREAD, Became, Explanation, Mark, ReadRule
from assistant.answering.labels import amount_text, citation_badge
from assistant.answering.messages import Phrases
from assistant.clause.rule import Bound, RuleKind, SubsidyRule, decimal_text
from assistant.faces.cli.terminal import TONES, indent
from assistant.question import Language
from corpus.script import repair_glyphs

_PHRASES = Phrases(Language.CHINESE)
_CONDITIONS = Composer(_PHRASES, date.min)  # conditions read the same on every day
_KINDS = {
    RuleKind.RATE: "比例",
    RuleKind.FIXED: "定额",
    RuleKind.PER_UNIT: "按数量",
    RuleKind.CAP_ONLY: "仅写上限",
    RuleKind.INTEREST: "贴息",
}
_FIELDS = {
    "beneficiary": "对象",
    "rate": "比例",
    "rate_min": "比例下限",
    "base": "基数",
    "amount": "金额",
    "amount_min": "金额下限",
    "cap": "上限",
    "annual_cap": "每年上限",
    "total_cap": "累计上限",
    "per": "单位",
    "step": "每增加",
    "years": "年限",
    "months": "月数",
    "period": "周期",
    "schedule": "分期",
    "uplift": "上浮",
    CONDITION: "条件",
    NO_AMOUNT: "给予支持但未写金额",
    UNREAD: "写有金额但未读出,请看原文",
}
_GROUPS = {
    Group.ELIGIBLE: ("符合条件", "green"),
    Group.ELIGIBLE_IF: ("满足下列条件即可申请", "yellow"),
    Group.NOT_ELIGIBLE: ("不符合", "red"),
}
_COLOURS = ("cyan", "green", "magenta", "yellow", "blue")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


# ── rules ──


def print_rules(console: Console, found: Sequence[ReadRule]) -> None:
    """The rules by document and clause, each in one line with its conditions below."""
    if not found:
        console.print(Text("No subsidy rule was read from these documents."))
    for number, (document_id, of_document) in enumerate(groupby(found, key=lambda rule: rule.document_id)):
        rules = list(of_document)
        if number:
            console.print()
        console.print(Text(f"{rules[0].document}  ({document_id}, {len(rules)} rules)", style="bold"))
        for clause_id, of_clause in groupby(rules, key=lambda rule: rule.clause_id):
            members = list(of_clause)
            indent(console, Text(f"{members[0].address}", style="dim"), 2)
            indent(console, Text(clause_id, style="dim"), 2)
            for rule in members:
                _print_rule(console, rule.rule, "- ")


def _print_rule(console: Console, rule: SubsidyRule, lead: str) -> None:
    indent(console, Text(f"{lead}{' · '.join(_summary(rule))}"), 4)
    if rule.beneficiary:
        indent(console, Text(f"对象: {repair_glyphs(rule.beneficiary)}", style="dim"), 6)
    if rule.conditions:
        joined = (" 或 " if all(c.alternative for c in rule.conditions) else "、").join(
            _CONDITIONS.condition(condition) for condition in rule.conditions
        )
        indent(console, Text(f"条件: {joined}", style="dim"), 6)


def _summary(rule: SubsidyRule) -> Iterator[str]:
    """Kind and figures of a rule in a few words each."""
    yield _KINDS[rule.kind]
    if rule.rate is not None:
        low = f"{_share(rule.rate_min, rule.rate_points)}–" if rule.rate_min is not None else ""
        bound = "不超过 " if rule.rate_bound is Bound.AT_MOST else ""
        yield f"{bound}{low}{_share(rule.rate, rule.rate_points)}"
    if rule.base:
        yield f"基数 {repair_glyphs(rule.base)}"
    if rule.amount is not None:
        yield f"{_money(rule.amount, rule)}{_per(rule)}"
    if rule.amount_min is not None:
        yield f"不低于 {_money(rule.amount_min, rule)}"
    if rule.cap is not None:
        per = f"/{rule.cap_per.removeprefix('每')}" if rule.cap_per else ""
        yield f"最高 {_money(rule.cap, rule)}{per}"
    if rule.annual_cap is not None:
        yield f"每年最高 {_money(rule.annual_cap, rule)}"
    if rule.total_cap is not None:
        yield f"累计最高 {_money(rule.total_cap, rule)}"
    if rule.uplift is not None:
        yield f"上浮 {_share(rule.uplift, rule.uplift_points)}"
    yield from _duration(rule)


def _duration(rule: SubsidyRule) -> Iterator[str]:
    if rule.period:
        yield rule.period
    if rule.years is not None:
        yield f"{decimal_text(rule.years)}年"
    if rule.months is not None:
        yield f"{decimal_text(rule.months)}个月"
    if rule.schedule:
        yield "分期 " + "、".join(_PHRASES.percent(part) for part in rule.schedule)
    if rule.additional:
        yield "在其他补助之上"


def _per(rule: SubsidyRule) -> str:
    if rule.step is not None and rule.step != 1:
        return f"(每 {decimal_text(rule.step)} {rule.per.removeprefix('每')})"
    return f"/{rule.per.removeprefix('每')}" if rule.per else ""


def _money(value: object, rule: SubsidyRule) -> str:
    from decimal import Decimal

    return _PHRASES.money(Decimal(str(value)), rule.currency)


def _share(value: object, points: bool) -> str:
    from decimal import Decimal

    share = Decimal(str(value))
    return f"{decimal_text(share * 100)}个百分点" if points else _PHRASES.percent(share)


# ── an explained clause ──


def print_explanation(console: Console, found: Explanation) -> None:
    """A clause with its marks, what each mark became, and the rules in short."""
    console.print(Text(found.clause_id, style="bold"))
    console.print(Text(" › ".join(filter(None, (found.document, found.address))), style="dim"))
    indent(console, _marked(found, brackets=not console.is_terminal), 2)
    if not found.marks and not found.rules:
        indent(console, Text("没有读出规则。", style="dim"), 2)
    for mark in found.marks:
        line = Text(f"{mark.number}. ", style="bold")
        line.append(repair_glyphs(mark.text), style=_colour(mark))
        line.append(f" → {_meaning(mark)}", style="not bold")
        indent(console, line, 4)
    for number, rule in enumerate(found.rules, start=1):
        _print_rule(console, rule, f"规则{number}: ")


def _marked(found: Explanation, *, brackets: bool) -> Text:
    """The clause with ⟦…⟧¹ around each mark; on a terminal colours take the place of the brackets."""
    shown = repair_glyphs(found.text)  # same length, so the offsets hold
    cuts = sorted({0, len(shown), *(edge for mark in found.marks for edge in (mark.start, mark.end))})
    text = Text()
    for start, end in zip(cuts, [*cuts[1:], len(shown)], strict=True):
        for mark in sorted((m for m in found.marks if m.end == start), key=lambda m: -m.start):
            text.append(f"{'⟧' if brackets else ''}{str(mark.number).translate(_SUPERSCRIPT)}", style=_colour(mark))
        for _ in (m for m in found.marks if m.start == start and brackets):
            text.append("⟦")
        inside = [mark for mark in found.marks if mark.start <= start and end <= mark.end]
        innermost = min(inside, key=lambda mark: mark.end - mark.start, default=None)
        text.append(shown[start:end], style=_colour(innermost) if innermost else "")
    return text


def _colour(mark: Mark) -> str:
    if any(reading.rule is None for reading in mark.became):
        return "red"
    return _COLOURS[(mark.number - 1) % len(_COLOURS)]


def _meaning(mark: Mark) -> str:
    """What a mark became, rules that share it named together."""
    kinds: dict[str, list[str]] = {}
    for reading in mark.became:
        kinds.setdefault(_reading(reading), []).extend([str(reading.rule)] if reading.rule else [])
    return "; ".join(f"{kind} (规则{'、'.join(rules)})" if rules else kind for kind, rules in kinds.items())


def _reading(reading: Became) -> str:
    name = f"{_FIELDS.get(reading.field, reading.field)} {reading.field}"
    if not reading.value:
        return name
    value = repair_glyphs(reading.value)
    return f"{name} = {value}{f' {reading.unit}' if reading.unit else ''}"


# ── a check-up ──


def print_checkup(console: Console, checkup: Checkup, name: str = "") -> None:
    """The three groups with their counts, then the totals and what the documents say on claiming several."""
    head = " · ".join(filter(None, ("政策体检", name, checkup.region or "全部地区", _PHRASES.day(checkup.as_of))))
    console.print(Text(head, style="bold"))
    if checkup.notice:
        console.print(Text(f"{checkup.notice} (--as-of {checkup.held_on})", style="yellow"))
    for group, (title, colour) in _GROUPS.items():
        matches = checkup.group(group)
        console.print()
        console.print(Text(f"{title} ({len(matches)})", style=f"bold {colour}"))
        for number, match in enumerate(matches, start=1):
            _print_match(console, number, match, checkup.as_of)
    console.print()
    _print_totals(console, checkup)


def _print_match(console: Console, number: int, match: Match, on: date) -> None:
    citation = match.citation
    badge = citation_badge(citation, on, "zh")
    head = Text(f"{number}. ", style="bold")
    for position, figure in enumerate(match.figures):
        exact = figure.bound is Bound.EXACT
        head.append(" · " if position else "")
        head.append(amount_text(figure, "zh"), style="green" if exact else "yellow")
        head.append(f" ({figure.label})", style="not bold")
    if not match.figures:
        head.append("" if match.reason else "金额须看条款", style="not bold")
        head.append(citation.address.rpartition(" › ")[2] if match.reason else "")
    indent(console, head, 2)
    place = Text(f"{citation.document} › {citation.address}  ", style="dim")
    place.append(badge.text, style=TONES[badge.tone])
    indent(console, place, 5)
    quote = " ".join(repair_glyphs(citation.text[citation.focus.start : citation.focus.end]).split())
    indent(console, Text(f"“{quote}”"), 5)
    for step in match.figures[0].steps if match.figures else ():
        indent(console, Text(step, style="dim"), 7)
    for title, lines in (("还须符合", match.open_conditions), ("还需要知道", match.missing)):
        if lines:
            indent(console, Text(f"{title}: {'、'.join(lines)}"), 5)
    if match.reason:
        indent(console, Text(f"原因: {match.reason}"), 5)


def _print_totals(console: Console, checkup: Checkup) -> None:
    console.print(Text("合计(只计符合条件的)", style="bold"))
    indent(console, Text(f"可确定同时申请: {_PHRASES.money(checkup.certain_total)}", style="green"), 2)
    indent(console, Text(f"连同只写上限的,最多: {_PHRASES.money(checkup.possible_total)}", style="yellow"), 2)
    if checkup.stacking:
        console.print(Text("文件关于同时享受的原文:"))
    for sentence in checkup.stacking:
        indent(console, Text(f"“{' '.join(repair_glyphs(sentence).split())}”"), 2)
