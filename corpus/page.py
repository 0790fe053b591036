"""What one line of a page is: stamp, control, footer, publisher's notice, or certainly policy."""

import re

from corpus.headings import is_standard_heading
from corpus.layout import Line, squeeze
from corpus.titles import is_addressees, is_field, is_heading_line, is_number_line

_ITEM = r"^(?:\d{1,2}\s*[.、]\s*)?[【\[(]?\s*"
_STAMP = re.compile(
    _ITEM
    + r"(?:发布时间|发布日期|发表时间|发表日期|更新时间|更新日期|录入时间|上传时间|时间|日期|来源|信息来源|文章来源"
    r"|稿源|稿件来源|新闻来源"
    r"|浏览次数|查看次数|阅读次数|点击次数|访问次数|浏览量|阅读量|点击量|访问量|浏览|阅读|点击|点击率|人气|查看|作者|编辑|责任编辑|责编|审核"
    r"|发布者|发布人|发布机构|信息提供|字号|字体|字体大小|大小|分享|分享到|保护视力色|背景色)\s*[:：]"
)
_BARE_STAMP = re.compile(r"^(?:19|20)\d\d\s*[-./]\s*\d{1,2}\s*[-./]\s*\d{1,2}(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$")
_BREADCRUMB = re.compile(
    r"^(?:您|你)?(?:当前|现在)?(?:所在|的)*(?:位置|的位置)\s*[:：]|^首页\s*[>»›/→\-]|(?:[>»›][^>»›]{1,20}){2}$|首页\s*[>»›]"
)
_CONTROL = re.compile(
    # A longer word stands before one it begins with, and no button is read twice (++): a row of them takes one pass.
    r"^(?:[【\[(]?\s*(?>打印本页|分享到|内容纠错|使用帮助|网站建议|打印|关闭窗口|关闭|收藏|分享|返回顶部|返回首页|返回|大|中|小|a[+-]?[大中小]?|放大|缩小|朗读|纠错|收起|展开|登录|登陆|注册|搜索"
    r"|无障碍阅读|无障碍|长者助手|繁体版|繁体|简体版|英文版|english|en|手机版|文章搜索|站内搜索|首页|上一页|下一页|尾页|字体|字号|微信|微博|qq空间|复制链接)"
    r"\s*+[】\])]?+[\s|/:]*+)++$"
)
_SYMBOLS = re.compile(r"^-?\s*\d*\s*次$|^[\s\-_—–=*·•|/\\<>~+#…]+$")
# Only the footer of a web site says these.
_CERTAIN_FOOTER = re.compile(
    r"copyright|©|\(c\)\s*(?:19|20)\d\d|版权所有|[a-z京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼蜀]icp[备证]|公网安备"
    r"|^备案序?号|网站标识码|^网站地图|^网站首页|^网站支持|^您是第|^扫一扫|^手机版$|^免责声明|^法律声明$|^oa系统$"
    r"|^(?:相关|推荐|热门|延伸|最新)(?:稿件|文章|链接|阅读|新闻|推荐)\s*[:：]?$|^(?:上|下)一?[篇个条](?:文章|新闻)?\s*[:：]"
    r"|^打印\s*\|?\s*关闭|^【?(?:打印|关闭|返回)(?:本页|窗口|顶部)"
)
# A policy may say these too; they count below its last line when a certain footer follows.
_POSSIBLE_FOOTER = re.compile(
    r"^(?:主办单位|主办|承办|承办单位|运维单位|建设单位|技术支持|技术保障)\s*[:：]|^友情链接|^扫码|二维码|^联系我们$|^关于我们$|^客服热线"
    r"|^【?(?:打印|关闭|返回)"
)
_LONGEST_FOOTER = 200
_PUBLISHER = re.compile(
    r"本(?:站|网站|网)(?:为|已|整理|提供|声明|所有|转载|内容)|(?:在线)?客服(?:老师|热线|电话)?[^。]{0,6}\d{7,}|客服老师|小编|(?:本文|文章)(?:内容)?(?:来源|整合|转载|由)[^。]{0,16}(?:网|整理|站|编辑)"
    r"|欢迎来到|(?:版权|著作权)归[^。]{0,12}所有|如有侵权"
)
_AMOUNT = re.compile(r"\d\s*(?:[万亿]?元|%|‰)")
_CONTACT = re.compile(r"^(?:联系|联络|咨询)")  # a menu has such an entry too
LONG = 60  # characters; a line of a menu is shorter


def is_policy(line: Line) -> bool:
    """Whether a line is certainly policy: a clause, a sentence, addressees, a number, a sum of money."""
    folded = line.folded
    if is_stamp(folded) or is_publisher(folded) or is_control(folded) or is_footer(folded):
        return is_certain_policy(line)
    return is_certain_policy(line) or _AMOUNT.search(folded) is not None or _is_guide_heading(folded)


def _is_guide_heading(folded: str) -> bool:
    return is_standard_heading(folded) and not _CONTACT.match(folded)


def is_certain_policy(line: Line) -> bool:
    """As ``is_policy``, by the form of the line alone."""
    folded = line.folded
    if is_stamp(folded) or is_publisher(folded):
        return False
    if is_heading_line(line):
        return True
    if is_control(folded) or is_footer(folded):
        return False
    if is_number_line(folded) or is_addressees(folded) or is_field(folded) or folded.startswith("附件"):
        return True
    return len(squeeze(folded)) > LONG or ("。" in folded and len(folded) >= 12) or folded.endswith(";")


def is_running_text(folded: str) -> bool:
    """Whether a line is a paragraph of text rather than a title or an entry of a menu."""
    return len(folded) > LONG and "。" in folded


def is_footer(folded: str) -> bool:
    """Whether a line may belong to the footer of a web site."""
    if len(folded) > _LONGEST_FOOTER:
        return False
    return _CERTAIN_FOOTER.search(folded) is not None or (
        "。" not in folded and len(folded) <= LONG and _POSSIBLE_FOOTER.search(folded) is not None
    )


def is_stamp(folded: str) -> bool:
    """Whether a line says when the page was published, by whom, or how often it was read."""
    return len(folded) <= 90 and (_STAMP.match(folded) is not None or _BARE_STAMP.match(folded) is not None)


def is_publisher(folded: str) -> bool:
    """Whether a line speaks for the web site: advertisement, disclaimer, hotline. A numbered clause never does."""
    return _PUBLISHER.search(folded) is not None and not re.match(
        r"第.{1,4}条|[(]?[一二三四五六七八九十]+[)、]", folded
    )


def is_control(folded: str) -> bool:
    """Whether a line is a button, a breadcrumb or a rule of the page."""
    return (
        _CONTROL.match(folded) is not None
        or _BREADCRUMB.search(folded) is not None
        or _SYMBOLS.match(folded) is not None
    )


def head_reason(folded: str) -> str:
    """Why a line near the title is furniture; empty when it is not."""
    if is_stamp(folded):
        return "publication stamp"
    if _BREADCRUMB.search(folded) and len(folded) <= 90:
        return "breadcrumb"
    if is_control(folded):
        return "page control"
    if re.match(r"^(?:点击)?查看(?:政策|原文|全文|解读|更多)|^(?:政策|图片|音频|视频|文字|一图)解读\s*[:：]", folded):
        return "link to another page"
    if is_publisher(folded):
        return "publisher's notice"
    return ""


def tail_reason(folded: str) -> str:
    """What sort of footer a line below the text is."""
    if re.search(r"icp|公网安备|备案", folded):
        return "licence number"
    if re.search(r"copyright|©|版权", folded):
        return "copyright"
    if re.search(r"电话|地址|邮箱|邮编|联系|扫码|热线|网址|路\d+号", folded) and not re.match(
        r"网站首页|联系我们$", folded
    ):
        return "address of the web site's owner"
    return "page footer"


def is_breadcrumb(folded: str) -> bool:
    """Whether a line shows the way to the page: 首页 > 政策法规."""
    return _BREADCRUMB.search(folded) is not None


def is_certain_footer(folded: str) -> bool:
    """Whether only the footer of a web site says this: copyright, licence number, 上一篇."""
    return _CERTAIN_FOOTER.search(folded) is not None


def states_amount(folded: str) -> bool:
    """Whether a line states money or a share."""
    return _AMOUNT.search(folded) is not None
