"""Question understanding: what a user turn asks, about which place and document, at which date."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.asked_day import StatedDay, read_asked_day
from assistant.levels import level_names, levels_asked
from assistant.lexicon import Lexicon
from assistant.moves import Move, read_move
from assistant.standing import UNSAID, Standing, read_standing


class Intent(StrEnum):
    """What the asker wants to be told."""

    AMOUNT = "amount"  # how much money
    VALIDITY = "validity"  # whether and until when a document is in force
    DEPARTMENT = "department"  # who is responsible
    CLAUSE = "clause"  # what the documents say


class Language(StrEnum):
    """Language and script of the asker."""

    CHINESE = "zh"
    TRADITIONAL = "zh-Hant"
    ENGLISH = "en"


_GRANT = (
    r"补(?![链短齐货缴仓])|奖|资助|真金白银|上浮|给.{0,8}(?:费(?!者|用?电)|钱)|[发退].{0,6}(?:钱|[一二三四五六七八九]成)|要(?:得|不)到|领得到|拿得到|优惠|有钱拿|扶持|贴息|津贴|经费|资金支持|配套资金|给多少|给我们多少|拿多少|领多少|拿钱|给钱|报销|返还|返(?:多少|几|点|给)|能返|优惠多少|能拿|能领|拿到|领到|红包|支持多少|(?<![张粘津])贴(?:多少|几|点|钱)|给报|报点|支持.{0,4}(?:资金|钱|万)|"
    r"subsid|\bmoney\b|grant|award|reward|fund|pay|\bpaid\b|incentive|get back|reimburse|allowance|stipend|support worth|(?:rent|financial|cash|money) support|support (?:do|does|can|per|would|will)|comes? back|bonus|\bmatch(?:ing)?\b|\bcovers?\b|\bclaim\b|pays? back|interest back|cash|money|entitled|compensat|how much (?:can|do|does|would|will|could|might|should) .{1,60}\bget\b|how much (?:can|do|does|would|will|could) .{1,60}\b(?:receive|give|offer|grant)s?\b"
)
_HOW_MUCH = (
    r"多少|几多|好多(?!年)|百分之几|几成|几个百分点|几(?:十|百|千)?万|几w|几元|几块|几毛|几个(?:钱|点)|怎么[领拿]|咋[领拿]|可以吧|行不行|还能拿|还能领|能申请|就是.{0,6}吧|没错|多大|怎么算|咋个?算|怎样计算|如何计算|怎么计算|怎么补|咋补|怎么奖|咋奖|如何补|如何奖|标准|顶格|封顶|最高|最多|上限|"
    r"比例|给不给|有没有钱|有钱拿|能补|能奖|能领|能拿|可以领|可以拿|可拿|补不补|奖不奖|拿得到|"
    r"给.{0,8}(?:费|钱)吗|没问题吧|对不对|对不|是吧|要(?:得|不)到|给(?:点|报|补|返)点?(?:不|吗|没|啵)|报(?:点|销)?(?:不|吗|多)|金额|how much|how big|what comes back|comes back|total payout|payout|how large|what(?:'s| is) the (?:\w+ ){0,2}(?:reward|subsidy|match|grant|award|maximum|ceiling|cap|amount|most|rate|bonus|limit)|"
    r"what(?:'s| is) the most|how many percent|what (?:percentage|percent|share) of|(?:what|which) (?:sum|amount)|any (?:one-time |one-off |cash )?money|(?:city|municipal|government|district|financial|public) (?:support|help|money)\s*\?|maximum|ceiling|what (?:does|do|would|will|can|could|subsid|grant|support|funding|reward|money|financial)|"
    r"how do(?:es)? .* (?:calculate|work out)|what .* (?:subsidy|grant|reward|award|support|funding)|entitled to|worth"
)
_ELIGIBLE = (
    r"有没有?[^,。;?!]{0,4}(?:补贴|补助|奖励|扶持|资助|补偿)|有(?:没有|没得)?[^,。;?!]{0,4}(?:补贴|补助|奖励|扶持|资助|补偿)(?:吗|没|么|不|嘛)|能报|能不能报|可以报|[领拿要申]得到(?:吗|么|不|没|嘛)|申[请領领报][^,。;?!]{0,20},?\s*(?:可以|行|成)(?:吗|么|不)|能申请|可以申请|可申请|够不够|符合条件|符不符合|有资格|能享受|算不算|能再领|还能领|还能再|能不能领|没错吧|对吧|是不是能|能否|可否|有吗|给吗|有没有|"
    r"eligible|qualify|can we (?:apply|get|claim)|are we entitled|do we get|could we get|would we get|apply for|is there (?:a|any)|do we qualify|could i get|can i get"
)
# "500万还能给吧", "can we still claim the RMB 800,000": a sum is hoped for, whatever it is called.
_HOPED = (
    r"按[^,。;?!]{0,8}(?:%|[一二三四五六七八九]成)[^,。;?!]{0,10}\d[\d.]*\s*[万亿w元]|(?:是不是|是否|会不会|该不该)(?:就|也|都|应该?)?(?:给|补|奖|返|拿|领|发)[^,。;?!]{0,8}\d"
    r"|能(?:不能)?要(?:得)?到|[还也]能(?:不能)?给(?=[吧吗不么嘛没,。?]|$)"
    r"|\b(?:can|could|do|does|did|will|would|may|should) [^.;?!]{1,48}?\b(?:get|claim|receive|pay|be paid)\b[^.;?!]{0,24}?(?:rmb|cny|yuan|¥|￥)\s*\d"
)
_VALIDITY = (
    r"有效(?:吗|吧|不)|算有效|有没有效|还有效|有效期|失效|过期|到期|(?:政策|方案|措施|文件|办法|执行).{0,6}截止|截止到?(?:哪|什么)|执行到|施行到|管用|作数|(?:从|自)?哪天(?:开始|起)?(?:执行|生效|施行|实施)|什么时候(?:到期|结束|失效|生效|施行|实施)|哪天(?:截止|到期|结束|生效)|"
    r"到(?:哪|几)一?(?:天|年|月|号|日)(?:为止|截止|止|结束|算完)|管(?:到|至)(?:哪|什么|几|啥)|管(?:的是)?哪几?年|"
    r"还算数|算不算数|还能(?:接着|继续|照样|再)?(?:报|申报|用|享受|执行)[吗不没]?(?![^,。;?!]{0,6}多少)|现在还能|生效|施行|废止|作废|几时(?:到期|结束)|^(?:那|它|这个?政策|这个?)?到什么时候|何时(?:到期|失效|截止|生效|施行)|适用期|"
    r"(?:still|currently) (?:running|on)\b|until when|runs? until|running until|lapse|run out|still (?:valid|in force|in effect|apply|applies|open|available)|in force|expire|expir|valid until|effective date|come into (?:force|effect)|when does .* (?:end|start|expire)"
)
_DEPARTMENT = (
    r"谁负责|由谁负责|谁管|归谁|哪个部门|哪些部门|什么部门|哪个单位|哪些单位|责任单位|负责单位|牵头单位|谁牵头|由谁牵头|主管部门是|找谁|哪个局|边个|"
    r"who is (?:responsible|in charge)|which (?:department|agency|bureau|office|authority)|who (?:leads|handles|runs|administers)|responsible department"
)
_ORIGINAL = (
    r"原文|原话|出处|依据|哪(?:一)?条|哪(?:一)?款|哪句|哪一段|哪段|条款|怎么写的?|怎么说|怎么规定|如何规定|规定|哪里写|哪个文件|写了(?![^,。;?!]{0,8}(?:多少|几|钱|金额))|提到|"
    r"where (?:does|do|is|in)|which (?:clause|article|section|paragraph)|quote|wording|exact text|what does .* say|does .* say|say anything|mention"
)
_COMPARE = r"有(?:什么|何|啥)(?:不同|不一样|差别|差异)|差异|哪(?:边|个给|个补|个奖|个多|个城市|些城市|座城市|里更|个更|家)|对比|相比|比较|分别怎么|各(?:给|补|奖|是)?多少|各自|区别|compare|comparison|versus|\bvs\b|difference between|which (?:city|cities|place)"
_WHICH_PLACES = r"哪(?:些|几)?个?(?:城市|地方|地区|省|市|区)|哪里|各(?:地|市|城市)|\bwhich (?:city|cities|places?|regions?)\b|\bwhere\b"
_STATED_MAXIMUM = r"最高|最多|上限|顶格|封顶|天花板|至多|maximum|ceiling|the most|at most|\bcap\b|up to|limit"
# Which of several documents or places has it in it: "哪个写了给钱", "哪份有具体数".
_WHICH_STATES = (
    r"哪(?:一)?[个份边家里][^,。;?]{0,6}?(?:写|提|定|标|说|列|规定|有|给)(?:得|到|了|明|过|出|的)*(?:具体|确切|明确)?(?:的)?[^,。;?]{0,6}?"
)
_WHICH_STATES_EN = (
    r"\bwhich (?:one |city |plan |document |of them )?(?:states|names|gives|sets|has|puts)\b[^,.;?]{0,20}?\b"
)
_EXPECTS = {
    "often": re.compile(
        r"(?:多久|多长时间|隔多久|几个?[月年天周])[^,。;?]{0,8}(?:一|1)?[次回趟遍]|多久(?:要)?(?:碰|查|报|评)|每隔|频率|频次|\bhow (?:often|frequently)\b"
    ),
    "number": re.compile(
        r"多少|几多|好多(?!年)|百分之几|几成|几(?:个|家|户|名|条|项|次|所)|比例|数量|多大|多长|多久|容积率|\bhow (?:many|much|often|long)\b|\bnumber of\b|\bratio\b"
    ),
    "share": re.compile(
        r"百分之|几成|几个(?:百分)?点|比例|比重|占比|多大比|降幅|增幅|增速|\b(?:percent|percentage|share|proportion|ratio)\b"
    ),
    "date": re.compile(r"什么时候|何时|哪(?:一)?年|几月|截止|期限|\bwhen\b|\bby what (?:date|year)\b|\bdeadline\b"),
    "list": re.compile(
        r"哪些|哪几|有什么|包括什么|点了.{0,6}名|分别是|名单|\bwhich\b.*\b(?:are|industries|sectors|chains)\b|\bwhat are the\b|\blist\b"
    ),
}
_ASKS = re.compile(
    r"[?？]|吗|呢|(.)不\1|有没|什么|多少|哪|怎么|如何|是否|请|查|\b(?:what|which|who|when|where|how|why|does|do|is|are|can)\b"
)
_WHOLE_PERIOD = (
    r"(?:[两二三四五六七八九十\d]|几)年[^,。;?]{0,10}?(?:一共|总共|合计|加起来|合起来|加一块|加在一起|总计|全部)|[两二三四五\d]年(?:都|全)?(?:拿|领|补|给|享受?)(?:满|完|足|齐)|(?:一共|总共|合计|总计).{0,6}[两二三四五六七八九十\d]年"
    r"|altogether|over (?:all )?(?:the )?(?:three|two|four|five|\d) years|(?:full|first) (?:three|two|four|five|\d) years"
)
_TOTAL = r"总共|一共|合计|总计|能领多少|能拿多少|加起来|合起来|加一块|加在一起|拢共|in total|altogether|total"
# Which government, whose budget the money comes from: "这笔钱市里出还是县里出".
_WHO_PAYS = (
    r"(?:钱|资金|奖金|经费|补贴|补助|奖励|费用)[^,。;?]{0,8}?(?:谁|[哪边](?:一|个)?(?:级|层)|哪里|哪儿|哪个(?:财政|部门|政府)|[省市区县]里?[^,。;?]{0,6}还是)[^,。;?]{0,8}?(?:掏|出|承担|负担|分担|拨|列支|买单|埋单)"
    r"|(?:谁|[哪边](?:一|个)?级(?:政府|财政)?)(?:来)?(?:掏|出)(?:这个|这笔)?(?:钱|资金)|谁(?:来)?(?:买单|埋单)|(?:钱|资金|经费)(?:是)?(?:从|打)?哪(?:里|儿)?(?:来|出)"
    r"|\bwho (?:actually )?(?:pays|bears|funds|foots|finances)\b|\bwhich (?:level|tier) of government\b|\bwhose budget\b|\bwhere does (?:the|that|this) money come from"
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LATIN_WORD = re.compile(r"[a-z]{2,}")

_PATTERNS = {
    name: re.compile(pattern)
    for name, pattern in {
        "grant": f"{_GRANT}|{_HOPED}",
        "how_much": f"{_HOW_MUCH}|{_HOPED}",
        "eligible": _ELIGIBLE,
        "validity": _VALIDITY,
        "department": _DEPARTMENT,
        "original": _ORIGINAL,
        "compare": _COMPARE,
        "maximum": _STATED_MAXIMUM,
        "places": _WHICH_PLACES,
        "lists_money": r"(?:有|给(?:[^,。;?!]{2,20}?)??|提供)(?:什么|哪些|哪几[种项]|啥)[^,。;?]{0,6}?(?:补贴|补助|奖励|奖金|资助|津贴|红包)|\b(?:what|which|any) (?:\w+ ){0,3}?(?:subsid\w+|grants?|awards?|rewards?|bonus\w*|incentives?)\b",
        "target": r"目标|力争|计划(?:建|培育|达到|新增)|要(?:建|培育|达到|超过|做到)|提出.{0,8}多少|指标|\baims?\b|\btargets?\b|\bgoals?\b|\bexpects? (?:its|their|the|local|\w+ (?:firms|companies))\b",
        "when": r"(?:申报|受理|申请|截止)的?(?:时间|日期)|哪几天|几月几|几号|application (?:period|window|deadline)",
        "grant_noun": r"补(?![链短齐货缴仓])|奖|资助|贴息|扶持资金|subsid|grant|award|reward|bonus",
        "states_money": rf"{_WHICH_STATES}(?:钱|真金白银|金额)|{_WHICH_STATES_EN}(?:sum|amount|money)s?\b",
        "states_number": rf"{_WHICH_STATES}(?:数额|数(?![量字目据控])|多少)|{_WHICH_STATES_EN}figures?\b",
        "who_pays": _WHO_PAYS,
        "total": _TOTAL,
        "whole_period": _WHOLE_PERIOD,
        "counted": r"(?:多少|几|几多|好多)(?:万|千|百)?(?:家|个(?!点|钱)|户|名|条|项|座|所|种|天|年|岁|小时|公里|次|人)|\bhow many\b",
        "share": r"百分之几|几成|比例是?多少|多少比例|什么比例|\bwhat (?:share|percentage|percent|proportion|portion|part) of\b|\bwhat (?:share|percentage|percent|proportion)\b|\bhow many percent\b",
    }.items()
}

_SIZES = {
    "大型企业": re.compile(r"大型企业|大企业|我们是大厂|大集团|\blarge (?:company|enterprise|firm|manufacturer)\b"),
    "中型企业": re.compile(r"中型企业|\bmedium-sized (?:company|enterprise|firm)\b"),
    "小微企业": re.compile(
        r"小微|小型企业|微型企业|(?<!中)小企业(?!创业)|小公司|\bsmall (?:and micro |business|company|firm)"
    ),
}
# A turn that leaves the subject of the turns before: nothing of it carries over but place and document.
_LEAVES_SUBJECT = re.compile(
    r"^(?:算了|不说这个|先不(?:说|管|谈)|换个(?:话题|问题|事)|另外(?:再)?(?:问|想问|请教)|再问(?:你)?(?:一?[个下]|点)?(?:别的|另外|不相关|问题|事|[,，])|还有个(?:问题|事)|对了|顺便(?:问|再问)?|skip)"
    r"|(?:^|[,。])\s*skip\s*(?:这|this|that|it)|别管这个了|^(?:by the way|another question|different question|separately|on another (?:note|matter|topic)|moving on|never ?mind|forget (?:that|it))"
)
# Said of what a clause requires to be new: "前年就已经是规上企业了", "去年领过了".
_NOT_NEW = re.compile(
    r"(?:前年|去年|大前年|早些年|早年|几年前|很早|早|之前|以前|原先|原来|本来|早先)(?:就|便|已|已经|早已)+(?:经)?(?:是|入|进|纳入|认定|评|拿|上|获|列|有|通过|过|超|达|突破|做到|领)"
    r"|(?:20\d\d年|前年|去年)[^,。;?]{0,10}?(?:就|已经?)(?:过了?|超过?了?|突破了?|达到了?|做到了?)"
    r"|已经(?:是|入|纳入|认定|评上|拿过|领过|上规|获评).{0,12}(?:年了|好几年|两年|三年)"
    r"|第二次|再次(?:获|认定|评|被|入)|不是(?:第一次|首次|头一次|头一回)|(?:拿|领|评|认定|享受)过(?:一次|了|的)"
    r"|not (?:the|our) first time|second time|already (?:was|were|been|received|recognised|recognized|certified|listed|above)"
)
_NEGATED = re.compile(
    r"(?:不在|没在|没进|没有进|未列入|没列入|没有列入|未纳入|没纳入|没有纳入|未被?认定|没被?认定|没有被?认定|没评上|没有评上|(?<!是)不是啥?|并非|尚未|没有取得|没拿到|未取得|不属于|not on|not in|not listed in|are not|is not|were not|"
    r"do not have|don't have|without)(?P<what>[^,。;;!?？，]{2,30}|[^,.;!?]{2,60})"
)
_CHATTER = re.compile(
    r"^(?:你好|您好|嗨|哈喽|hello|hi|hey|早上好|下午好|谢谢|多谢|感谢|thanks|thank you|再见|拜拜|bye|ok|okay|好的?|嗯+|哦+)[^\w]*(?:你|您|啦|了|啊|呀|very much|so much|a lot|there)?[!。.,~\s]*$|你(?:是谁|叫什么|好吗|会什么|能做什么)|天气|笑话|讲个故事|(?:写|作|编)(?:[^,。?]{0,12}(?:诗|作文|代码|程序|小说|歌词|故事|文案))|翻译成|忽略(?:之前|以上|上面|前面)|扮演|system prompt|ignore (?:all|the|your|previous)|"
    r"jailbreak|吃什么|股票(?!期权|激励)|彩票|星座|tell me a joke|weather|who are you"
)
# The state of one's own application; documents hold rules, not cases.
_OWN_CASE = re.compile(
    r"(?:我|我们|我司|公司).{0,12}(?:交|提交|申报|报).{0,12}(?:材料|申请|项目).{0,12}(?:审|批|进度|哪一步|结果|打款|到账)|什么时候打款|打款了没|到账了(?:没|吗)|审核进度|审批进度|办到哪|"
    r"查[^,。;?!]{0,4}我(?:们|司|厂)?(?:公司|单位|厂|企业)?[^,。;?!]{0,6}(?:在不在|是不是在|有没有(?:进|在)|进没进|是否在)|"
    r"我(?:们|司|厂|公司)?[^,。;?!]{0,8}(?:交|递|报)(?:上去|上来|过去)?的[^,。;?!]{0,12}(?:材料|申请|资料|表)[^。?!]{0,12}(?:缺|少了|漏|退|驳|不合格|补正|收到|齐不齐|查)|"
    r"(?:批|核准|公示|通过)了[^。?!]{0,16}(?:为什么|怎么|咋)[^。?!]{0,8}到账|(?:为什么|怎么|咋)[^,。?!]{0,6}(?:还没|没有?|只)(?:到账|打款)|"
    r"status of my application|when will .* (?:be paid|arrive)|my (?:\w+ )?application|application number|been approved yet"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What one user turn says by itself; the conversation puts turns together."""

    text: str
    folded: str
    language: Language
    intent: Intent
    asks_how_much: bool  # asks for an amount or a yes to one, whatever it is called
    asks_maximum: bool  # "最高多少", "哪份写了多少": what a clause states at most is asked for
    asks_total: bool  # "一共能领多少": the whole sum, not the unit price
    asks_share: bool  # "百分之几": the share itself, not the sum it comes to
    asks_whole_period: bool  # "三年一共多少": the sum over all years, not one year's
    asks_who_pays: bool  # which government's money it is
    compares: bool
    asks_for_places: bool  # which of several places
    wants_original: bool
    levels: tuple[str, ...]
    sizes: tuple[str, ...]
    not_new: bool
    negated: tuple[str, ...]  # what the asker says not to be or have
    expects: frozenset[str]  # what the answer should hold: number, share, date, list, how often
    asks: bool  # whether it asks at all; a statement leaves the question of the turn before open
    leaves_subject: bool  # "算了,另外问一下…": the earlier subject is dropped
    off_topic: bool  # chat, instructions to the assistant, the state of one's own application
    move: Move | None = None  # say that again, anything else: no question of its own
    as_of: StatedDay | None = None  # the day it sets for its question
    standing: Standing = UNSAID  # the asker's part, office and past
    hidden: tuple[tuple[int, int], ...] = ()  # stretches that say when, or that the subject changes, never what about


def understand(text: str, folded: str, lexicon: Lexicon, *, states_money: bool = False) -> Turn:
    """Read one user turn, as typed and folded; ``states_money`` says whether it names a sum of the asker's own."""
    found = {name: bool(pattern.search(folded)) for name, pattern in _PATTERNS.items()}
    as_of = read_asked_day(folded, of_validity=found["validity"])
    leaving = _LEAVES_SUBJECT.search(folded)
    negated = tuple(match["what"].strip() for match in _NEGATED.finditer(folded))
    return Turn(
        text,
        folded,
        detect_language(text, folded),
        _intent(found | {"asks": bool(_ASKS.search(folded))}, states_money),
        (found["how_much"] and not found["counted"]) or found["eligible"],
        found["maximum"] or found["states_money"] or found["states_number"],
        found["total"],
        found["share"],
        found["whole_period"],
        found["who_pays"],
        found["compare"] or found["places"],
        found["places"],
        found["original"],
        levels=levels_asked(folded),
        sizes=tuple(size for size, pattern in _SIZES.items() if pattern.search(folded)),
        not_new=bool(_NOT_NEW.search(folded)),
        negated=tuple(words for words in negated if lexicon.mentions(words)),
        expects=frozenset(name for name, pattern in _EXPECTS.items() if pattern.search(folded)),
        asks=any(found.values()) or bool(_ASKS.search(folded)),
        leaves_subject=leaving is not None,
        off_topic=bool(_CHATTER.search(folded) or _OWN_CASE.search(folded)),
        move=read_move(folded),
        as_of=as_of,
        standing=read_standing(folded),
        hidden=tuple(_english_levels(folded))
        + tuple(found.span if isinstance(found, StatedDay) else found.span() for found in (as_of, leaving) if found),
    )


def _intent(found: dict[str, bool], states_money: bool) -> Intent:
    if found["when"] or (found["target"] and not found["grant_noun"]):
        return Intent.CLAUSE if not found["validity"] else Intent.VALIDITY
    if found["validity"] and not (found["grant"] and found["how_much"]):
        return Intent.VALIDITY
    if found["states_money"] or (found["states_number"] and found["grant"]):
        return Intent.AMOUNT
    asked = found["how_much"] or found["eligible"] or found["lists_money"] or (found["compare"] and found["grant_noun"])
    if found["grant"] and (asked or (found["places"] and found["grant_noun"])) and not found["original"]:
        return Intent.AMOUNT
    if (found["how_much"] and not found["counted"] and (states_money or (found["grant"] and found["compare"]))) or (
        found["grant_noun"] and states_money and not found["original"]
    ):
        return Intent.AMOUNT
    if found["department"]:
        return Intent.DEPARTMENT
    if found["grant_noun"] and not any(found[name] for name in ("original", "validity", "asks")):
        return Intent.AMOUNT  # "成都房租补贴 小微企业": typed as into a search box
    return Intent.CLAUSE


def _english_levels(folded: str) -> Iterator[tuple[int, int]]:
    """Where a level is named in English: the clauses have it in Chinese, and it is compared as a level, not as a word."""
    return ((start, end) for start, end in level_names(folded) if folded[start:end].isascii())


def detect_language(text: str, folded: str) -> Language:
    """English when the words are; Traditional when folding to Simplified changes characters of it."""
    chinese = _CHINESE.findall(text)
    if len(_LATIN_WORD.findall(folded)) > len(chinese):
        return Language.ENGLISH
    changed = sum(1 for before, after in zip(text, folded, strict=True) if before != after and _CHINESE.match(before))
    return Language.TRADITIONAL if changed >= max(1, len(chinese) // 20) else Language.CHINESE
