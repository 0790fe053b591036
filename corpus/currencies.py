"""Currencies: how Chinese and English texts name them. Sums in another currency are never taken for yuan."""

import re

# Code: names behind a number in Chinese, then in English (a regular expression), then signs in front of one.
_TABLE: tuple[tuple[str, str, str, str], ...] = (
    ("usd", "美元 美金 美圆 美刀", r"(?:us|u\.s\.|american) dollars?|dollars?|bucks", "us$ $"),
    ("eur", "欧元", r"euros?", "€"),
    ("gbp", "英镑 英磅", r"(?:british |english )?pounds?(?: sterling)?|sterling|quid", "£"),
    ("jpy", "日元 日圆 日币", r"(?:japanese )?yen", "jp¥ jpy¥"),
    ("hkd", "港元 港币 港纸", r"(?:hong kong|hk) dollars?", "hk$"),
    ("twd", "新台币元 新台币 台币元 台币", r"(?:new )?(?:taiwan(?:ese)?|nt) dollars?", "nt$ ntd"),
    ("mop", "澳门元 澳门币 葡币", r"(?:macau|macao|macanese) patacas?|patacas?", "mop$"),
    ("sgd", "新加坡元 新加坡币 新元 新币 坡币", r"singapore(?:an)? dollars?", "s$ sg$"),
    ("aud", "澳大利亚元 澳元 澳币", r"(?:australian|aussie) dollars?", "a$ au$"),
    ("cad", "加拿大元 加元 加币", r"canadian dollars?", "c$ ca$"),
    ("nzd", "新西兰元 纽元 纽币", r"new zealand dollars?|kiwi dollars?", "nz$"),
    ("chf", "瑞士法郎 瑞郎 法郎", r"(?:swiss )?francs?", "chf"),
    ("krw", "韩元 韩圆 韩币", r"(?:south )?korean won|won(?=\s+(?:in|on|for|into|to)\b|\s*(?:[,.?!;]|$))", "₩"),
    ("kpw", "朝鲜元 朝元", r"north korean won", ""),
    ("rub", "俄罗斯卢布 卢布", r"(?:russian )?ro?ubles?", "₽"),
    ("inr", "印度卢比 卢比", r"(?:indian )?rupees?", "₹ rs."),
    ("thb", "泰国铢 泰铢 泰币", r"(?:thai )?baht", "฿"),
    ("vnd", "越南盾 越盾", r"(?:vietnamese )?dong", "₫"),
    ("idr", "印尼盾 印度尼西亚盾 印尼卢比", r"(?:indonesian )?rupiahs?", "rp"),
    ("myr", "马来西亚林吉特 林吉特 令吉 马币", r"(?:malaysian )?ringgits?", "rm"),
    ("php", "菲律宾比索 比索", r"(?:philippine )?pesos?", "₱"),
    ("mxn", "墨西哥比索", r"mexican pesos?", "mx$"),
    ("sek", "瑞典克朗", r"swedish kron(?:a|or)", ""),
    ("nok", "挪威克朗", r"norwegian kron(?:e|er)", ""),
    ("dkk", "丹麦克朗 克朗", r"danish kron(?:e|er)|kron(?:e|er|a|or)", ""),
    ("zar", "南非兰特 兰特", r"(?:south african )?rands?", ""),
    ("brl", "巴西雷亚尔 雷亚尔", r"brazilian reais|brazilian reals?", "r$"),
    ("try", "土耳其里拉 里拉", r"(?:turkish )?liras?", "₺"),
    ("pln", "波兰兹罗提 兹罗提", r"(?:polish )?zlot(?:y|ys)", ""),
    ("aed", "阿联酋迪拉姆 迪拉姆", r"(?:emirati |uae )?dirhams?", ""),
    ("sar", "沙特里亚尔 里亚尔", r"(?:saudi )?riyals?", ""),
    ("ils", "以色列谢克尔 谢克尔", r"shekels?", "₪"),
    ("ngn", "尼日利亚奈拉 奈拉", r"(?:nigerian )?nairas?", "₦"),
    ("kzt", "哈萨克斯坦坚戈 坚戈", r"(?:kazakh )?tenges?", "₸"),
    ("mnt", "蒙古图格里克 图格里克", r"tugriks?", "₮"),
    ("btc", "比特币 个比特币", r"bitcoins?", "₿"),
    ("usdt", "泰达币 个泰达币", r"tethers?", ""),
)  # fmt: skip
CHINESE_NAMES = {code: chinese.split()[0] for code, chinese, _, _ in _TABLE}
UNNAMED = "xxx"  # ISO 4217 for a currency that is not named: any other currency sign
CODES = frozenset(CHINESE_NAMES) | {UNNAMED}

# What stands behind a sum, and what in front of one.
NAMES = {name: code for code, chinese, _, _ in _TABLE for name in chinese.split()} | {
    code: code for code in CHINESE_NAMES
}
NAMES |= {"元" + name: code for name, code in NAMES.items() if name.endswith(("币", "金"))}
SIGNS = {sign: code for code, _, _, signs in _TABLE for sign in signs.split()}
_CODES_IN_FRONT = {code: code for code in CHINESE_NAMES if code != "try"}  # "try 2 million" is English
PREFIXED = (
    SIGNS
    | _CODES_IN_FRONT
    | {name: code for name, code in NAMES.items() if re.fullmatch("[^a-z个元]{1,3}元|[^a-z个元]+币|英镑", name)}
)


def _longest_first(words: dict[str, str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


_ENGLISH = "|".join(f"(?P<{code}>{english})" for code, _, english, _ in sorted(_TABLE, key=lambda row: row[0] == "usd"))
_SIGN = r"[\u20a0-\u20cf£฿$]"  # every currency sign there is, those of the yuan left out
_BEHIND = re.compile(
    rf"\s*(?:(?:of|in)\s+)?(?:(?P<name>{_longest_first(NAMES)})(?![a-z])|(?:{_ENGLISH})\b|(?P<sign>{_SIGN})"
    r"|(?P<short>刀(?![具片库口架])|镑(?!礴)|欧(?![洲盟美亚式标陆])))"
)
_AT_END = re.compile(rf"(?:(?<![a-z])(?P<name>{_longest_first(NAMES)})|\b(?:{_ENGLISH}))\)?\s*$")
_BEFORE = re.compile(
    rf"(?:(?<![a-z])(?P<name>{_longest_first(PREFIXED)})|(?P<dollar>(?<![a-z])[a-z]{{1,3}}\$)|(?P<sign>{_SIGN}))\s*$"
)
_SHORT = {"刀": "usd", "镑": "gbp", "欧": "eur"}


def currency_behind(text: str, end: int) -> tuple[str, int] | None:
    """The foreign currency named right behind a sum that ends at ``end``, and where its name ends."""
    match = _BEHIND.match(text, end)
    if match is None:
        return None
    code = _named(match) or _SHORT.get(match["short"] or "") or match.lastgroup or UNNAMED
    return (code if code in CODES else UNNAMED), match.end()


def currency_before(text: str, start: int) -> tuple[str, int] | None:
    """The foreign currency named right in front of a sum that begins at ``start``, and where its name begins."""
    match = _BEFORE.search(text, max(0, start - 12), start)
    return None if match is None else (_named(match) or UNNAMED, match.start())


def currency_at_end(words: str) -> str | None:
    """The foreign currency that ends the folded name of a value: eur for 项目投入(万欧元); None without one."""
    match = _AT_END.search(words)
    return match and (_named(match) or match.lastgroup)


def _named(match: re.Match[str]) -> str | None:
    return NAMES.get(match["name"] or "") or SIGNS.get(match["name"] or match["sign"] or "")
