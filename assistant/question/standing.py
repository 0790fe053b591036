"""Standing: what askers say of their own part, office and past, which decides whom a clause covers.

Only what is said plainly is read: one who asks about leading and taking part, or leads with others taking part, is no
mere participant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.language.levels import levels_lacked

_WE = r"(?:我们|我司|我厂|我公司|我单位|我所|我院|咱们?|本公司|自己公司)"
_OTHERS = r"(?:别家|别的|别人|人家|其他|另外?一?家|外地|外省|外市|外单位|对方|兄弟|总部|总公司|母公司)"
_LEADING = r"(?:牵头|主导|主编|独立承担|领衔)"
_PARTNER = r"(?:参与|参编|参加|协作|配合|协助|合作|联合|成员)(?:的)?(?:单位|方|者|企业|公司|成员)"
_TAKES_PART = re.compile(
    rf"(?:只|仅仅?|就|不过|充其量|顶多)(?:是|算|作为|能算)(?:个|一?家)?(?:参与|参编|参加|协作|配合|协助|跟着|打下手|{_PARTNER})"
    rf"|(?:只|仅仅?)(?:是|负责)?(?:参与|参编|参加|配合|协助|打下手)"
    rf"|{_WE}[^,。;?!]{{0,8}}?(?:是|作为|算|属于)(?:个|一?家|其中)?[^,。;?!]{{0,6}}?{_PARTNER}"
    rf"|(?:参编|参与|协作|配合|参加)(?:单位|方|企业)之一"
    rf"|{_WE}(?:也|都|则|就|来)?(?:是|负责|做)?(?:参编|参与(?:了|过))"
    rf"|{_LEADING}(?:的|单位|方|企业|人)?(?:是|为){_OTHERS}|(?:^|[,。;\s是由]){_OTHERS}[^,。;?!]{{0,12}}{_LEADING}"
    rf"|不是(?:由)?{_WE}{_LEADING}|{_WE}(?:不是|没有?|并非|未|并不)(?:当|做|去)?{_LEADING}(?!吗)"
    r"|\b(?:only|just|merely) (?:as )?(?:an? |one of the |the )?(?:participa\w+|(?:project )?partners?\b|co[- ]?(?:drafter|author)\w*|contribut\w+|members?\b|supporting)"
    r"|\b(?:we|our (?:firm|company)|i)(?: have| are| were|'re)?(?: only| just| merely) (?:t(?:ook|ake) part|participat\w+|co[- ]?draft\w+|contribut\w+|help\w+|assist\w+)"
    r"|\bwe (?:are|were) (?:an? |one of the )(?:participa\w+|co[- ]?drafter)\b"
    r"|\b(?:we|our (?:firm|company)) (?:did not|didn't|do not|don't|does not|doesn't) lead\b|\b(?:we|our (?:firm|company)) (?:are|were|is|was)(?: not|n't) the (?:lead|main drafter)"
    r"|\b(?:someone else|another (?:company|firm|institute|university)|others?) (?:leads?|led|is leading|was leading|heads?|headed)\b"
)
_LEADS = re.compile(
    rf"(?<!不是)(?<!不是由)(?<!并非){_WE}(?:(?!不是|没|并非|未|并不|参与|参编|参加|配合|协助)[^,。;?!]){{0,10}}?{_LEADING}"
    rf"|不(?:只|仅|光|单)(?:仅)?是[^,。;?!]{{0,3}}(?:参与|参编|参加|配合)|\bnot (?:just|only|merely) (?:a |as )?participa"
    r"|\bwe(?:'re| are| were| have)?(?: the)? (?:lead\b|led\b|leading\b|heading\b|headed\b|lead[- ](?:unit|partner|drafter))"
)
_OFFICE = r"(?:局|委员会|委|厅|政府|办公室|管委会|部门)"
_OUR_OFFICE = re.compile(
    rf"(?:{_WE}|我)(?:这边)?(?:是|在|代表|来自)[^,。;?!]{{0,16}}(?P<level>[县旗区]|市(?!场|政|容)|省)(?:里|级|上|直)?的?[\u4e00-\u9fff]{{0,6}}?{_OFFICE}(?=的?(?:[,。;?!\s]|$|人|工作|自己|自行|今年|这边|想|要|办|搞))"
    rf"|(?P<holder>[县旗区])(?:里|级|上)?的?[\u4e00-\u9fff]{{0,6}}?{_OFFICE}(?:自己|自行|单独|今年|也)*(?:办了?|搞(?:了|的|滴)?|召开|组织|举办|开了?)"
    r"|\b(?:(?:we|i) (?:are|am|work (?:for|at|in))|we're|i'm|our|here)(?: (?:with|at|from|in|on behalf of))?(?: an?| the)? "
    r"(?:\w+ )?(?P<english>county|district|township|city|municipal|provincial)(?:[- ]level| level)? "
    r"(?:[a-z]+ ){0,3}?(?:bureau|department|office|authority|commission|government)\b"
)
_OFFICE_LEVELS = {
    "县": "区县级", "旗": "区县级", "区": "区县级", "市": "市级", "省": "省级",
    "county": "区县级", "district": "区县级", "township": "区县级", "city": "市级", "municipal": "市级", "provincial": "省级",
}  # fmt: skip
# What has been so for years: "前年起就一直是某厂的配套厂", "have been a supplier since 2021" …
_YEARS = r"(?:好几|好多|多|[\d一两二三四五六七八九十]+)年了"
_FOR_YEARS = re.compile(
    r"(?:20\d\d年?|大?前年|去年|(?:好?几|早几)年前)(?:\d{1,2}月)?[份底初]?(?:起|开始|以来)[^,。;?!]{0,4}?(?:就|便|已经?|一直|都)+(?P<since>[^,。;?!]{2,24})"
    r"|(?:一直|始终|历来|向来)(?:以来|都|就)*(?:是|给|为|在给)(?P<always>[^,。;?!]{2,24})"
    rf"|(?:已经?|都)?(?:是|给|为|做|当)(?P<years>[^,。;?!]{{2,24}}?){_YEARS}"
    r"|\b(?:have|has|'ve|'s) been (?P<english>[^.;?!]{4,60}?)\s+(?:since|for (?:\w+ )?years)\b"
)
# … but not where the same turn says that something is new ("今年第一次给别的厂配套").
_NEWLY = re.compile(
    r"首次|首家|第一次|头一?[回次]|刚刚?(?:评|认|进|成|升|入|打)|今年(?:才|刚|新)|新(?:认定|获|评|入|升)|\b(?:first|newly|new|just)\b"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """What one turn, or a conversation, says of the asker."""

    takes_part: bool = False  # others lead; the asker only takes part
    lacks: tuple[str, ...] = ()  # levels of recognition they say not to have (yet)
    office: str | None = None  # the level of the government office that asks
    for_years: tuple[str, ...] = ()  # what they say has been so for years, in their words

    def followed_by(self, later: "Standing", *, leads: bool, new_level: bool) -> "Standing":
        """The standing after a further turn, which may say that they lead after all or name another level."""
        return replace(
            later,
            takes_part=later.takes_part or (self.takes_part and not leads),
            lacks=later.lacks or (() if new_level else self.lacks),
            office=later.office or self.office,
        )


UNSAID = Standing()


def read_standing(folded: str) -> Standing:
    """What a folded turn says plainly of the asker's part, level and office."""
    office = _OUR_OFFICE.search(folded)
    return Standing(
        takes_part=_TAKES_PART.search(folded) is not None and not says_to_lead(folded),
        lacks=levels_lacked(folded),
        office=_OFFICE_LEVELS[office["level"] or office["holder"] or office["english"]] if office else None,
        for_years=() if _NEWLY.search(folded) else tuple(_said_for_years(folded)),
    )


def _said_for_years(folded: str) -> Iterator[str]:
    for match in _FOR_YEARS.finditer(folded):
        yield next(words for words in match.groups() if words)


def says_to_lead(folded: str) -> bool:
    """Whether a turn says that the asker leads, whoever else takes part."""
    return _LEADS.search(folded) is not None
