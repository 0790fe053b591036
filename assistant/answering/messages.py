"""Fixed phrases and number formats, in Chinese and English; Traditional is converted from Simplified."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from assistant.clause.rule import Bound, decimal_text
from assistant.language.decimals import WIDE
from assistant.question import Language
from corpus.currencies import CHINESE_NAMES
from corpus.quantities import Polarity
from corpus.script import to_traditional

_CURRENCY_ZH = {"CNY": "元"} | {code.upper(): name for code, name in CHINESE_NAMES.items()}
_CURRENCY_EN = {"CNY": "RMB"}
_PER_EN = {
    "年": "year",
    "人": "person",
    "场次": "event",
    "场": "event",
    "家": "company",
    "户": "company",
    "项": "item",
    "个": "item",
    "台": "unit",
    "套": "set",
    "亩": "mu",
    "吨": "tonne",
    "平方米": "square metre",
    "月": "month",
    "人月": "person and month",
    "人·月": "person and month",
    "人·年": "person and year",
    "个月": "month",
    "名": "person",
    "位": "person",
    "次": "time",
    "企业": "company",
    "项目": "project",
    "辆": "vehicle",
    "件": "item",
    "元": "yuan",
    "美元": "US dollar",
    "港元": "Hong Kong dollar",
    "欧元": "euro",
    "万元": "RMB 10,000",
}
_UNITS: dict[str, tuple[str, str]] = {  # of values: Chinese, English
    "percent": ("%", "%"),
    "person": ("人", " people"),
    "year": ("年", " years"),
    "month": ("个月", " months"),
    "day": ("天", " days"),
    "mu": ("亩", " mu"),
    "sqm": ("平方米", " square metres"),
    "ton": ("吨", " tonnes"),
}
_NUMBERED_UNIT = re.compile(r"(\d+)?(.*)")

_TEXTS: dict[str, tuple[str, str]] = {
    # answers
    "exact": ("按您说的情况，可得{amount}{per}[{marker}]。", "On what you say, it comes to {amount}{per} [{marker}]."),
    "at_most": ("最多可得{amount}{per}[{marker}]。", "At most {amount}{per} [{marker}]."),
    "stated": ("标准为{amount}{per}[{marker}]。", "The sum stated is {amount}{per} [{marker}]."),
    "nothing": (
        "按您说的情况，算下来是{amount}，没有补贴可拿[{marker}]。",
        "On what you say, it comes to {amount}: nothing is paid [{marker}].",
    ),
    "other_currency": (
        "您给的是外币金额，外币不换算成人民币来算；请以人民币（元）给出。",
        "The sum you gave is in a foreign currency, which is not converted; please give it in yuan.",
    ),
    "unusable_sum": (
        "您给的数不能用来计算：金额不能是负数，也不能大得没有实际意义；请再给一次。",
        "The number you gave cannot be calculated with: it is below zero or too large to be meant; please give it again.",
    ),
    "ceiling_needs": (
        "上限为{amount}{per}[{marker}]；具体金额要看{fact}。",
        "The ceiling is {amount}{per} [{marker}]; the exact sum depends on {fact}.",
    ),
    "needs": (
        "条款给出了比例{rate}[{marker}]，具体金额要看{fact}。",
        "The clause gives a share of {rate} [{marker}]; the sum depends on {fact}.",
    ),
    "share": ("比例为{fact}的{rate}[{marker}]。", "The share is {rate} of {fact} [{marker}]."),
    "rungs": ("条款分档规定[{marker}]:", "The clause has several levels [{marker}]:"),
    "rung": ("{label}：{sum}", "{label}: {sum}"),
    "not_eligible": (
        "按您说的情况不符合条件[{marker}]：条款要求{metric}{op}{limit}，而您给出的是{value}。",
        "On what you say, the condition is not met [{marker}]: the clause requires {metric} {op} {limit}; you gave {value}.",
    ),
    "not_new": (
        "按您说的情况不符合条件[{marker}]：条款只面向首次或新取得的，而您已不是首次。",
        "On what you say, the condition is not met [{marker}]: the clause is only for those new to it, and you are not.",
    ),
    "wrong_level": (
        "按您说的情况不符合条件[{marker}]：条款针对的是{levels}，没有写{level}。",
        "On what you say, the condition is not met [{marker}]: the clause is for {levels}, not for {level}.",
    ),
    "level_lacked": (
        "按您说的情况不符合条件[{marker}]：条款针对的是{levels}，而您还没有取得。",
        "On what you say, the condition is not met [{marker}]: the clause is for {levels}, which you do not have yet.",
    ),
    "not_leading": (
        "按您说的情况不符合条件[{marker}]：条款要求{words}，而您说的是参与或配合。",
        "On what you say, the condition is not met [{marker}]: the clause is for those who lead (“{words}”); you only take part.",
    ),
    "wrong_office": (
        "按您说的情况不符合条件[{marker}]：条款针对的是{required}，而您是另一级的部门。",
        "On what you say, the condition is not met [{marker}]: the clause is for “{required}”; your office is of another level.",
    ),
    "wrong_size": (
        "按您说的情况不符合条件[{marker}]：条款面向{required}，而您是{size}。",
        "On what you say, the condition is not met [{marker}]: the clause is for {required}, and you are {size}.",
    ),
    "not_member": (
        "按您说的情况不符合条件[{marker}]：条款以“{words}”为前提。",
        "On what you say, the condition is not met [{marker}]: the clause requires “{words}”.",
    ),
    "no_amount": (
        "文件写有这项支持，但没有写明金额[{marker}]，具体数额须以主管部门的实施细则为准。",
        "The document grants this but states no amount [{marker}]; the sum has to be learned from the department in charge.",
    ),
    "not_stated": (
        "文件有这项规定，但没有写明您问的这一点[{marker}]，请向负责部门了解。",
        "The document has this clause but does not say what you ask about it [{marker}]; the department in charge can tell.",
    ),
    "mention": (
        "没有写明金额，写的是[{marker}]：“{quote}”",
        "No sum is stated; the clause says [{marker}]: “{quote}”",
    ),
    "unreadable": (
        "条款写有金额，但不能确定地换算到您的情况[{marker}]，请以条款原文为准。",
        "The clause states money that cannot be applied to your case with certainty [{marker}]; please read it there.",
    ),
    "not_found": ("现有文件中没有关于这个问题的规定。", "The documents do not cover this question."),
    "elsewhere": (
        "现有文件中没有{place}的规定(现有：{regions})。",
        "There is no document from {place} (there are: {regions}).",
    ),
    "small_talk": (
        "我只回答政策文件里的问题，例如补助多少、需要什么条件、到什么时候、由谁负责。",
        "I only answer questions about the policy documents: how much, on which conditions, until when, who is responsible.",
    ),
    "nearest": (
        "最接近的是《{document}》{address}，但它并不回答这个问题。",
        "The nearest to it is {document}, {address}, which does not answer this question.",
    ),
    "no_others": (
        "除了前面给出的，现有文件中没有别的相符的规定。",
        "Beside what was given, the documents have nothing else that fits.",
    ),
    "nothing_to_repeat": (
        "前面的回答没有这一条，请说明要看第几条。",
        "No earlier answer has that one; please say which one you mean.",
    ),
    "catalogue": ("共找到{count}项有支持措施的规定：", "{count} clauses grant support:"),
    "catalogue_line": ("· {what}：{given}[{marker}]", "· {what}: {given} [{marker}]"),
    "catalogue_more": (
        "只列出前{shown}项，其余可用条款检索查看。",
        "Only the first {shown} are listed; clause search shows the rest.",
    ),
    # lines of a comparison
    "row_nothing": ("现有文件中没有这方面的规定", "the documents say nothing of it"),
    "row_unstated": ("未写明金额", "no amount stated"),
    "row_in_force": ("现行有效", "in force"),
    "row_until": ("现行有效，至{until}", "in force until {until}"),
    "row_ended": ("已于{until}失效", "ended on {until}"),
    "row_later": ("自{start}起施行", "from {start}"),
    "row_planning_over": ("规划期至{year}年，已满", "planning period ended in {year}"),
    "row_at_most": ("最多{amount}{per}", "at most {amount}{per}"),
    "clause": ("《{document}》{address}写明[{marker}]：“{quote}”", "{document}, {address} [{marker}]: “{quote}”"),
    "departments": ("负责部门：{departments}[{marker}]。", "Responsible: {departments} [{marker}]."),
    "department_list": (
        "共找到{count}条由{department}负责的条款：",
        "{count} clauses name {department} as responsible:",
    ),
    "no_departments": (
        "这一条款没有写明责任单位[{marker}]。",
        "The clause names no responsible department [{marker}].",
    ),
    "valid_until": (
        "有效期至{until}[{marker}]，截至{day}仍然有效。",
        "It is in force until {until} [{marker}], so it still is on {day}.",
    ),
    "valid_ended": (
        "有效期至{until}[{marker}]，截至{day}已经失效。",
        "It was in force until {until} [{marker}], so it no longer is on {day}.",
    ),
    "valid_later": (
        "自{start}起施行[{marker}]，{day}尚未生效。",
        "It comes into force on {start} [{marker}], so not yet on {day}.",
    ),
    "ended_since": (
        "此后已于{until}失效，{today}不再执行。",
        "It has ended since, on {until}, and no longer applies on {today}.",
    ),
    "valid_planning": (
        "文件没有写明失效日期，只写明规划期到{year}年[{marker}]{over}。",
        "The document names no last day, only a planning period to {year} [{marker}]{over}.",
    ),
    "planning_over": (",规划期已满，但不等于已废止", ", which is over; that does not repeal it"),
    "valid_unstated": ("文件没有写明有效期。", "The document states no period of validity."),
    "region": ("{region}：", "{region}: "),
    "open": ("前提：{conditions}。", "Provided that: {conditions}."),
    "assumed": ("计算时把{value}当作{fact}。", "{value} is taken to be {fact}."),
    "also": ("另一条规定也可能适用：", "Another clause may apply as well: "),
    # steps
    "step_sum": ("{parts} = {total}", "{parts} = {total}"),
    "step_share": ("{base} × {rate} = {amount}", "{base} × {rate} = {amount}"),
    "step_portion": ("{whole} × {share} = {part}", "{whole} × {share} = {part}"),
    "step_remainder": ("{whole} − {others} = {part}", "{whole} − {others} = {part}"),
    "step_part": ("{base} 中超出 {lower} 的部分：{part}", "the part of {base} beyond {lower}: {part}"),
    "step_increments": (
        "{part} 含 {units} 个完整的 {step}：{units} × {price} = {amount}",
        "{part} holds {units} full steps of {step}: {units} × {price} = {amount}",
    ),
    "step_points": (
        "{rate} 比 {uplift} 高出的部分计 {units} 档：{units} × {price} = {amount}",
        "{rate} is {units} full steps above {uplift}: {units} × {price} = {amount}",
    ),
    "step_capped": ("{amount} 超过上限 {cap}，按 {cap} 计", "{amount} is above the cap of {cap}, so {cap}"),
    "step_interest": (
        "{base} × 年利率 {rate} × {months}个月 = {amount}",
        "{base} × {rate} a year × {months} months = {amount}",
    ),
    "step_highest": (
        "条款不让这几项（{parts}）相加，按最高的一项 {total} 计",
        "the clause does not let these add up ({parts}), so the highest, {total}",
    ),
    "step_difference": ("{more} - {less} = {amount}", "{more} - {less} = {amount}"),
    "step_under_cap": ("{amount} 未超过上限 {cap}", "{amount} is within the cap of {cap}"),
    "step_uplift": ("{amount} ×(1 + {uplift})= {raised}", "{amount} × (1 + {uplift}) = {raised}"),
    "step_at_most_rate": (
        "条款写的是不超过 {rate}，所以这是上限",
        "the clause says not more than {rate}, so this is a ceiling",
    ),
    "step_units": ("{units}{unit} × {price} = {amount}", "{units} × {price} per {unit} = {amount}"),
    "step_stated": ("条款写明 {amount}", "the clause states {amount}"),
    "step_ceiling": ("条款写明上限 {cap}", "the clause states a ceiling of {cap}"),
    # labels of figures
    "label_main": ("补助金额", "Subsidy"),
    "label_ceiling": ("补助上限", "Ceiling"),
    "label_unit_price": ("单价", "Rate per unit"),
    "label_period_total": ("{years}年合计", "Total over {years} years"),
    # warnings
    "expired": (
        "《{document}》已于{until}失效，{day}不再执行。",
        "{document} ended on {until} and no longer applies on {day}.",
    ),
    "was_in_force": (
        "《{document}》在{day}有效，此后已于{until}失效，{today}不再执行。",
        "{document} was in force on {day}, has ended since ({until}) and no longer applies on {today}.",
    ),
    "was_not_yet": (
        "《{document}》在{day}尚未生效，此后已于{until}失效，{today}不再执行。",
        "{document} was not yet in force on {day}, has ended since ({until}) and no longer applies on {today}.",
    ),
    "superseded": ("它已被《{by}》取代。", "It was replaced by {by}."),
    "not_yet": (
        "《{document}》自{start}起施行，{day}尚未生效。",
        "{document} comes into force on {start}, so not yet on {day}.",
    ),
    "planning": (
        "《{document}》的规划期到{year}年，已经届满，但文件没有写明废止。",
        "The planning period of {document} ended in {year}; the document itself is not repealed.",
    ),
    "damaged": ("原文此处有缺字或乱码，照录。", "The source is damaged here; it is quoted as it stands."),
    "ambiguous": (
        "有几条规定同样相符，请说明是哪个地方或哪一项。",
        "Several clauses fit equally; please say which place or item you mean.",
    ),
    # asking for facts
    "ask_fact": ("{fact}是多少？", "What is your {fact}?"),
    # follow-ups
    "follow_validity": ("这个政策还有效吗？", "Is this policy still in force?"),
    "follow_department": ("由哪个部门负责？", "Which department is responsible?"),
    "follow_amount": ("如果{fact}是1000万元呢？", "What if {fact} is RMB 10 million?"),
}
_OPERATORS = {
    ">=": ("不低于", "of at least"),
    ">": ("超过", "of more than"),
    "<=": ("不超过", "of at most"),
    "<": ("低于", "of less than"),
    "==": ("为", "of"),
}


class Phrases:
    """The fixed phrases in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._column = 1 if language is Language.ENGLISH else 0

    def say(self, code: str, **values: object) -> str:
        """The phrase for ``code`` with its values put in."""
        text = _TEXTS[code][self._column]
        if self.language is Language.TRADITIONAL:
            text = to_traditional(text)  # the phrase only: titles and clause words stay as printed
        return text.format(**values)

    def money(self, amount: Decimal, currency: str = "CNY") -> str:
        """An amount as a reader of the language expects it: 360万元, RMB 3.6 million."""
        text = self._money_english(amount, currency) if self._column else self._money_chinese(amount, currency)
        return to_traditional(text) if self.language is Language.TRADITIONAL else text

    @staticmethod
    def _money_chinese(amount: Decimal, currency: str) -> str:
        unit = _CURRENCY_ZH.get(currency, currency)
        for size, word in ((Decimal(10**8), "亿"), (Decimal(10**4), "万")):
            if amount >= size and not WIDE.remainder(amount / size, Decimal("0.0001")):
                return f"{decimal_text(amount / size)}{word}{unit}"
        return f"{_grouped(amount)}{unit}"

    @staticmethod
    def _money_english(amount: Decimal, currency: str) -> str:
        name = _CURRENCY_EN.get(currency, currency)
        for size, word in ((Decimal(10**9), "billion"), (Decimal(10**6), "million")):
            if amount >= size and not WIDE.remainder(amount / size, Decimal("0.001")):
                return f"{name} {decimal_text(amount / size)} {word}"
        return f"{name} {_grouped(amount)}"

    def per(self, unit: str | None) -> str:
        """``/年`` or `` per year``; empty for a whole sum."""
        if unit is None:
            return ""
        if self._column:
            return f" per {_unit_english(unit)}"
        return "/" + (to_traditional(unit) if self.language is Language.TRADITIONAL else unit)

    def bounded_sum(self, amount: Decimal, currency: str, per: str | None, bound: Bound) -> str:
        """A sum with its unit, marked where it is only a ceiling: 最多500万元/年."""
        shown = {"amount": self.money(amount, currency), "per": self.per(per)}
        return self.say("row_at_most", **shown) if bound is Bound.AT_MOST else "{amount}{per}".format(**shown)

    def percent(self, share: Decimal) -> str:
        """A share as a percentage: 0.015 is 1.5%."""
        return f"{decimal_text(share * 100)}%"

    def day(self, day: date) -> str:
        """A date as written in the language."""
        return f"{day.day} {day:%B %Y}" if self._column else f"{day.year}年{day.month}月{day.day}日"

    def operator(self, op: str) -> str:
        """A comparison in words."""
        text = _OPERATORS[op][self._column]
        return to_traditional(text) if self.language is Language.TRADITIONAL else text

    def bounded(self, value: str, polarity: Polarity) -> str:
        """A value with the word that bounds it: 低于1000万元, 不超过5亿元; the value alone where it is exact."""
        op = {Polarity.LESS_THAN: "<", Polarity.AT_MOST: "<=", Polarity.MORE_THAN: ">"}.get(polarity)
        return self.words(self.operator(op).removeprefix("of "), value) if op else value

    def measured(self, number: Decimal, unit: str) -> str:
        """A number with its unit: 6个月, 6 months."""
        text = decimal_text(number) + _UNITS.get(unit, ("", ""))[self._column]
        return to_traditional(text) if self.language is Language.TRADITIONAL else text

    def words(self, *parts: str) -> str:
        """Words or sentences side by side, with spaces between them only in English."""
        return (" " if self._column else "").join(part for part in parts if part)

    def join(self, parts: list[str]) -> str:
        """Several things in one sentence."""
        return (", " if self._column else "、").join(parts)

    def step(self, code: str, values: Mapping[str, Decimal | str], currency: str = "CNY") -> str:
        """One step of a calculation as a sentence with numbers a person can check."""
        shown: dict[str, str] = {}
        for name, value in values.items():
            if name == "parts":
                joint = ", " if code == "highest" else " + "
                shown[name] = joint.join(self.money(Decimal(part), currency) for part in str(value).split("|"))
            elif name in {"rate", "uplift", "share"}:
                shown[name] = self.percent(Decimal(value))
            elif name == "units":
                shown[name] = decimal_text(Decimal(value))
            elif isinstance(value, Decimal):
                shown[name] = self.money(value, currency)
            else:
                shown[name] = _unit_english(value) if self._column else value
        return self.say(f"step_{code}", **shown)


def _unit_english(unit: str) -> str:
    """A unit of a clause in English, "1" left out: 1美元 is US dollar, 10万元 stays a number of its own."""
    match = _NUMBERED_UNIT.fullmatch(unit)
    number, name = match.groups() if match else (None, unit)
    name = _PER_EN.get(name, name)
    return name if number in (None, "1") else f"{number} {name}"


def _grouped(amount: Decimal) -> str:
    whole, _, fraction = decimal_text(amount).partition(".")
    return f"{int(whole):,}" + (f".{fraction}" if fraction else "")
