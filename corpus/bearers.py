"""Who bears the money: whether a sentence says which level of government or whose budget pays."""

import re

_MONEY = r"(?:资金|经费|费用|奖金|奖励|补助|补贴|奖补|兑现)"
_BEARS = r"(?:承担|负担|分担|列支|支出|统筹安排|予以安排|财政安排|预算安排|予以解决)"
_STATES_BEARER = re.compile(
    rf"{_MONEY}[^。;]{{0,60}}?{_BEARS}|谁受益[、,]?谁负担|由[^。;,]{{0,20}}(?:财政|政府)[^。;,]{{0,20}}{_BEARS}"
)


def states_bearer(folded: str) -> bool:
    """Whether a folded sentence says who bears what is paid: 所需资金由市、县财政按4:6比例分担."""
    return _STATES_BEARER.search(folded) is not None
