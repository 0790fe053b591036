"""Units and polarity words of quantities, as tables and the patterns built from them."""

import re
from decimal import Decimal

from corpus.currencies import CODES as FOREIGN
from corpus.currencies import NAMES, PREFIXED, SIGNS
from corpus.numerals import CHINESE_CHARACTERS, CHINESE_DIGITS

MONEY_UNITS = frozenset({"yuan"}) | FOREIGN

_YUAN = ("人民币元", "元人民币", "人民币", "元整", "块钱", "元", "圆", "块", "rmb", "cny")
CURRENCIES = dict.fromkeys(_YUAN, "yuan") | NAMES | {sign: code for sign, code in SIGNS.items() if len(sign) == 1}
PREFIXES = {"人民币": "yuan", "rmb": "yuan", "cny": "yuan", "¥": "yuan"}
PREFIXES |= {word: code for word, code in PREFIXED.items() if not word.isalpha() or not word.isascii() or word == "usd"}
SHARES = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "‱": Decimal("0.0001")}
POINTS = {
    "个百分点": Decimal("0.01"),
    "百分点": Decimal("0.01"),
    "个基点": Decimal("0.0001"),
    "基点": Decimal("0.0001"),
    "bp": Decimal("0.0001"),
}
DURATIONS = {
    "个自然年度": "year", "个会计年度": "year", "个年度": "year", "个整年": "year", "周年": "year", "年度": "year", "年": "year",
    "个自然月": "month", "个月": "month", "月": "month", "个工作日": "day", "工作日": "day", "个自然日": "day", "日": "day", "天": "day",
    "个小时": "hour", "小时": "hour", "周岁": "age", "岁": "age", "个学期": "count", "个季度": "quarter", "季度": "quarter",
}  # fmt: skip
MEASURES = {
    "平方米": "sqm", "平方公里": "sqkm", "平米": "sqm", "㎡": "sqm", "平方": "sqm", "亩": "mu", "公顷": "hectare", "公吨": "ton", "吨": "ton",
    "千瓦时": "kwh", "兆瓦时": "mwh", "度电": "kwh", "千瓦": "kw", "兆瓦": "mw", "公斤": "kg", "千克": "kg", "公里": "km", "千米": "km",
    "立方米": "cbm", "升": "litre", "倍": "times", "kw": "kw", "mw": "mw", "kg": "kg", "斤": "jin",
}  # fmt: skip
PERSONS = {"人次": "count", "人": "person", "名": "person", "位": "person"}
_CLASSIFIERS = [
    "场次",
    "台套",
    "台次",
    "架次",
    "航次",
    "班次",
    "标箱",
    "标准展位",
    "家次",
    "家",
    "个",
    "户",
    "台",
    "套",
    "场",
    "次",
    "件",
    "项",
    "辆",
    "艘",
    "批",
    "门",
    "部",
    "篇",
    "种",
    "类",
    "条",
    "座",
    "间",
    "栋",
    "处",
    "张",
    "本",
    "头",
    "只",
    "羽",
    "株",
    "棵",
    "盏",
    "块",
    "枚",
    "节",
    "期",
    "届",
    "单",
    "起",
    "份",
    "支",
    "款",
    "列",
    "架",
    "幅",
    "例",
    "片",
    "根",
    "对",
    "双",
    "吋",
    "层",
    "票",
    "集",
    "组",
    "手",
    "名次",
    "床",
    "度",
    "笔",
    "所",
    "档",
    "星",
    "a",
]


def _alternatives(*tables: dict[str, str] | dict[str, Decimal] | list[str]) -> str:
    words = sorted({word for table in tables for word in table}, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, words))


_C = CHINESE_CHARACTERS
_NUMBER = (
    rf"\d+(?:\.\d+)?k(?=个百分点)|打对(?=折)|\d+(?:\.\d+)?(?:[{_C}半][{_C}\d.]*)?|"
    rf"[{_C}][{_C}\d]*(?:点[{CHINESE_DIGITS}]+[万亿]*)?半?|半"
)
SCAN = re.compile(
    rf"(?:(?P<currency>{_alternatives(PREFIXES)}))?"
    rf"(?:(?P<half>(?<![一二三四五六七八九十百年月])(?:一半|半数)(?!以上的?(?:时间|成员)))|(?P<parts>[一壹]?[百千万佰仟]{{1,3}}分之)(?P<share>\d+(?:\.\d+)?k?|[{_C}][{_C}]*(?:点[{CHINESE_DIGITS}]+)?)|"
    r"(?P<below>[二三四五六七八九十]|\d{1,2})分之(?P<above>[一二三四五六七八九]|\d{1,2})|"
    r"(?P<fraction>(?<![\d/.\-a-z])[1-9]/[2-9](?=为|的|以|,|。|、|;|$))|"
    rf"(?P<number>{_NUMBER}))"
)
UNIT = re.compile(
    r"(?P<about>[多余几来](?=[万亿千元家个人年亩名户%]))?(?P<scale>[万亿]+)?"
    r"(?P<inner>\((?P<exclusive>不)?含(?:本数)?\))?"
    rf"(?:(?P<money>{_alternatives(CURRENCIES)})(?:\((?:人民币|rmb)\)|人民币|整)?|(?P<share>[%‰‱])|"
    rf"(?P<points>{_alternatives(POINTS)})"
    rf"|(?P<measure>{_alternatives(MEASURES)})|(?P<duration>{_alternatives(DURATIONS)})(?!级|轻|富)"
    r"|(?P<person>人次|人(?!民|才|社|大|均|工|力|机|员|事|行|类|文|口|体)|名(?!单|录|称|牌|企|城|优|师|家|校|品|录|列)|位(?!于|置|列|居))"
    r"|(?P<tenths>成(?:(?P<tenth>[一二三四五六七八九\d])(?![年个月家万亿元十百千])|半)?)(?![立员本果功为长效都品熟交套型就绩分形份渝德眉新人年])|"
    r"(?P<discount>折(?!旧|算|合|价|扣|叠))"
    rf"|(?P<count>{_alternatives(_CLASSIFIERS)})(?![性批致方面性产商上下强月分门]))?"
)
RANGE = re.compile(r"(?:-|−|–|—|―|~|至|到){1,2}")
SUFFIX = re.compile(
    r"(?:及其?|或|\(含\)|含|和)?(?:(?P<least>以上|之上)|(?P<most>以下|以内|之内|之下|封顶|为上限|为限|上限|内(?![部容外资涵在需地销陆]))"
    r"|(?P<about>左右|上下|许(?!可)))"
)
_GRANTING = (
    "给予|给于|予以|奖励|补助|补贴|资助|支持|奖补|扶持|补偿|返还|享受|申请|发放|核定|安排|获得|领取|提供"
    "|金额|总额|额度|标准|比例|资金|限额|幅度|奖金"
)
_FILLER = (
    r"(?:可?达到?|可以|可|为|是|人民币|新台币|按|按照|各|分别|每[年月人家户个次项台套]{1,2}(?:企业|项目|单位)?"
    rf"|单(?:个|家|户|台|项|笔|次)(?:企业|项目|产品)?|{_GRANTING}|:|的|再|一次性|年度|累计|年|合计)"
)
# Words that deny what follows. A bound that is denied is its complement: 未达到 is less, 没超过 at most, 不低于 at least.
NEGATION = (
    r"(?:(?:未曾|不曾|未能|没能|没有|不得|不能|不可|不会|不应|不宜|不允许|无法|难以|[未没不])(?:能够|够|能|曾)?再?)"
)
NEGATED = re.compile(rf"{NEGATION}$")
NEGATION_WINDOW = 5  # the longest of them
# These are searched up to the number, so that a condition on what follows has to be one on the end ($).
PREFIX = re.compile(
    r"(?:(?P<least>至少|最低|最少|达到[了过]?|达|大于(?:或)?等于|大于或者等于|≥|>=|满|足|起步|(?:首次|[迈站跃登冲再])上(?=$)|(?<![以之网线地海年月日路边面同])上(?=$))"
    r"|(?P<more>超过了?|超出|超|突破|大于|高于|多于|逾|(?<![通经超越])过(?=$)|>)"
    r"|(?P<less>低于|少于|小于|不到|(?:未|没|没有)到|[不未]及|<(?!=))"
    r"|(?P<most>(?:最高|最多|最大|最长|至多|上限|限额|封顶)(?:(?:不超过|不高于|不得超过|限额|上限|限)){0,2}"
    r"|小于(?:或)?等于|小于或者等于|≤|<=|控制在|低于或等于)"
    rf"|(?P<about>约|大约|近(?=$)|将近|接近))(?P<filler>{_FILLER}{{0,5}})$"
)
PREFIX_WINDOW = 28  # the longest polarity phrase with its fillers; a fixed window keeps the scan linear
POLARITY_TRIGGER = re.compile(
    r"最[高多大长低少]|至[多少]|上限|限额|封顶|[超达满足低少小大高多于逾破过约近]|[<>≥≤]|[不没未]到|[不未]及|起步|控制在|上$"
)
# A polarity word that stands apart from its number, with only the recipient or the base between them:
# 最高给予主办单位20万元, 不超过实际投入的10%.
DISTANT = re.compile(
    r"(?:(?P<most>最高(?!级|层|人民|等|奖项|荣誉|水平|价|档|院|法|学历|限价|者)|最多(?!的)|"
    + NEGATION
    + r"(?:超过|高于|多于)|上限(?:为|是)?|限额)"
    r"|(?P<least>"
    + NEGATION
    + r"(?:低于|少于)|至少)|(?P<more>(?:超过|高于|大于)(?=[^给奖补资按]*$)))(?P<between>[^,。;:、()!?\n]{1,22})$"
)
UNREADABLE_BEFORE = re.compile(r"(?:\d |(?<![$¥€£\d.])\d{1,3},|第|\d\.|[a-z_]|[\d]-|[a-z\d]/)$")
ADDRESS = re.compile(r"(?:https?://|www\.)[^\s一-鿿]+")
# A sign stands right before its number and behind no other: 10%-20% is a range, 省级-50万元 a list, 减负20亿元 a word.
NEGATIVE_BEFORE = re.compile(r"(?:(?<![a-z\d%‰)类级档型组])(?<!等奖)[-−–]|(?<![减担肩背欠抱胜自正])负[的数]?)$")
# Small coin behind a sum: 五元三毛, 50元6角三分, 两美元又三美分.
COINS = re.compile(
    r"又?(?:(?P<tenths>[\d一二两三四五六七八九])[角毛](?:(?P<cents>[\d一二两三四五六七八九])分?)?|(?P<only>[\d一二两三四五六七八九]{1,2}|"
    r"[一二三四五六七八九]?十[一二三四五六七八九]?)(?:美分|仙))"
)
# What may follow money that does not name its currency (10.5万); a noun there would be what is counted.
BARE_MONEY_FOLLOWED_BY = re.compile(
    r"[,。;:、/)\]!?\-~\n\s的部以之及和至到或与分给奖补资予呢吗么了啊能可呀吧是就按想买用后并且不上下左封为起每各一]|\((?=不?(?:包?含|包括))|$|\d"
)
