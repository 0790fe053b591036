"""Page furniture: what a web page or a printed page puts around a policy text.

Lines are judged by what they are (a stamp, a breadcrumb, a page number) and by where they stand: in
front of the title, between the title and the text, behind the text. When in doubt a line stays.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from corpus.layout import Line, squeeze
from corpus.titles import (
    is_addressees,
    is_field,
    is_front_matter,
    is_heading_line,
    is_number_line,
    looks_like_title,
    title_lines,
)

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
    r"^(?:您|你)?(?:当前|现在)?(?:所在|的)*(?:位置|的位置)\s*[:：]|^首页\s*[>»›/→\-]|(?:[>»›][^>»›]{1,20}){2,}$|首页\s*[>»›]"
)
_CONTROL = re.compile(
    r"^(?:[【\[(]?\s*(?:打印|关闭|收藏|分享|返回|返回顶部|返回首页|打印本页|关闭窗口|大|中|小|a[+-]?[大中小]?|放大|缩小|朗读|纠错|收起|展开|登录|登陆|注册|搜索"
    r"|无障碍|无障碍阅读|长者助手|繁体|繁体版|简体版|英文版|en|english|手机版|文章搜索|站内搜索|首页|上一页|下一页|尾页|字体|字号|微信|微博|qq空间|复制链接)"
    r"\s*[】\])]?[\s|/:]*)+$"
)
_SYMBOLS = re.compile(r"^[\s\-_—–=*·•|/\\<>~+#…]+$")
_RULE_LINE = re.compile(r"^[\s\-_—–=*·•~#…]{3,}$")
_FOOTER = re.compile(
    r"copyright|©|\(c\)\s*(?:19|20)\d\d|版权所有|[a-z京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼蜀]icp[备证]|公网安备|^备案序?号"
    r"|^(?:主办单位|主办|承办|承办单位|运维单位|建设单位|技术支持|技术保障)\s*[:：]|网站标识码|网站地图|^网站首页|^网站支持|^友情链接"
    r"|^(?:相关|推荐|热门|延伸|最新)(?:稿件|文章|链接|阅读|新闻|信息|推荐|附件下载)s?\s*[:：]?$|^(?:上|下)一?[篇个条](?:文章|新闻)?\s*[:：]"
    r"|^扫一扫|^扫码|二维码|^打印\s*\|?\s*关闭|^【?(?:打印|关闭|返回)|^联系我们$|^关于我们$|^法律声明$|^oa系统$|^您是第|^手机版$|^客服热线|^免责声明"
)
_PUBLISHER = re.compile(
    r"本(?:站|网站|网)(?:为|已|整理|提供|声明|所有|转载|内容)|(?:在线)?客服(?:老师|热线|电话)?[^。]{0,6}\d{7,}|客服老师|小编|(?:本文|文章)(?:内容)?(?:来源|整合|转载|由)[^。]{0,16}(?:网|整理|站|编辑)"
    r"|欢迎(?:咨询|来电|关注|来到)|(?:版权|著作权)归[^。]{0,12}所有|如有侵权"
)
_PAGE_NUMBER = re.compile(r"^(?:[-—–·]\s*)?(\d{1,4})(?:\s*[-—–·])?$|^第\s*(\d{1,4})\s*页(?:\s*,?\s*共\s*\d+\s*页)?$")
_PAGER = re.compile(r"^(?:上一页|下一页|首页|尾页|上页|下页)$|^[^。]{0,40},第\d+张$")
_CODE = re.compile(r"[{}=;$`]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_LONG = 60  # characters; a line of a menu is shorter
_RUNNING_HEADER_REPEATS = 3


def find_furniture(lines: Sequence[Line]) -> tuple[dict[int, str], range]:
    """The numbers of the lines to leave out with the reason, and the lines of the document's title.

    The range is empty when the text prints no title.
    """
    out: dict[int, str] = {}
    _mark_page_marks(lines, out)
    title = _find_title(lines, out)
    first = _first_policy_line(lines, out, title)
    if not title and first is not None:
        title = _title_without_noun(lines, out, first)
        first = min(first, title.start) if title else first
    _mark_head(lines, out, first, title)
    _mark_below_title(lines, out, title)
    _mark_tail(lines, out)
    return dict(sorted(out.items())), title


def _mark_page_marks(lines: Sequence[Line], out: dict[int, str]) -> None:
    """Page numbers, scripts, pagers, rules and running headers: furniture wherever they stand."""
    last_page = None
    numbers = [line for line in lines if _PAGE_NUMBER.match(line.folded)]
    for line in lines:
        page = _PAGE_NUMBER.match(line.folded)
        if page and (line.after_gap or line.number == 0) and len(numbers) > 1:
            number = int(page.group(1) or page.group(2))
            if last_page is None or last_page < number <= last_page + 5:
                last_page = number
                out[line.number] = "page number"
        elif _PAGER.match(line.folded):
            out[line.number] = "page navigation"
        elif _RULE_LINE.match(line.folded):
            out[line.number] = "separator"
        elif not _CHINESE.search(line.folded) and _CODE.search(line.folded):
            out[line.number] = "script"
    _mark_running_headers(lines, out)


def _mark_running_headers(lines: Sequence[Line], out: dict[int, str]) -> None:
    """Short lines that come back below page marks, and only there, again and again; the first one stays."""
    seen = Counter(squeeze(line.folded) for line in lines)
    page_tops: dict[str, list[int]] = {}
    below_mark = False
    for line in lines:
        if line.number in out:
            below_mark = out[line.number] in ("page number", "page navigation", "script")
            continue
        if below_mark and len(line.folded) <= 40 and "。" not in line.folded and not is_heading_line(line):
            page_tops.setdefault(squeeze(line.folded), []).append(line.number)
        else:
            below_mark = False
    for header, numbers in page_tops.items():
        if len(numbers) >= _RUNNING_HEADER_REPEATS and len(numbers) == seen[header]:
            out.update((number, "running header") for number in numbers[1:])


def _find_title(lines: Sequence[Line], out: Mapping[int, str]) -> range:
    """The lines of the first title in front of the first numbered clause; an empty range when there is none."""
    for line in lines:
        if line.number in out or _is_stamp(line.folded) or _is_publisher(line.folded):
            continue
        if is_heading_line(line):
            break
        if looks_like_title(line.folded) and not _BREADCRUMB.search(line.folded):
            return range(*title_lines(lines, line.number))
    return range(0)


def _first_policy_line(lines: Sequence[Line], out: Mapping[int, str], title: range) -> int | None:
    for line in lines:
        if line.number in out:
            continue
        if line.number in title or _is_policy(line):
            return line.number
    return None


def _title_without_noun(lines: Sequence[Line], out: Mapping[int, str], first: int) -> range:
    """A title no noun gives away: the line above a publication stamp, else the first line that is no control."""
    for line in lines[:first]:
        following = lines[line.number + 1]
        if (
            line.number not in out
            and len(line.folded) >= 8
            and _STAMP.match(following.folded)
            and not _is_control(line.folded)
        ):
            return range(line.number, line.number + 1)
    for line in lines[: first + 1]:
        if line.number in out or _is_control(line.folded) or is_heading_line(line) or len(line.folded) < 6:
            continue
        is_short = len(line.folded) <= _LONG and "。" not in line.folded and not is_addressees(line.folded)
        return range(line.number, line.number + 1) if is_short else range(0)
    return range(0)


def _mark_head(lines: Sequence[Line], out: dict[int, str], first: int | None, title: range) -> None:
    """Everything short in front of the first line of policy, and menus between a title and its repetition."""
    for line in lines[: first or 0]:
        out.setdefault(line.number, _reason(line.folded) or "navigation in front of the title")
    if first is not None and not title and _is_publisher(lines[first].folded):
        out[first] = "publisher's notice"
    again = _repetition(lines, title)
    for line in lines[title.stop : again]:
        if not _is_policy(line):
            out.setdefault(line.number, _reason(line.folded) or "navigation in front of the title")


def _repetition(lines: Sequence[Line], title: range) -> int:
    """Number of the line that repeats the title below a menu; 0 when none does."""
    wanted = squeeze("".join(lines[number].text for number in title))
    for line in lines[title.stop :]:
        if _is_policy(line) and not looks_like_title(line.folded):
            return 0
        if wanted and squeeze(line.text) == wanted:
            return line.number
    return 0


def _mark_below_title(lines: Sequence[Line], out: dict[int, str], title: range) -> None:
    """Stamps and controls between the title and the first clause."""
    for line in lines[title.stop :]:
        if line.number in out:
            continue
        reason = _reason(line.folded)
        if reason and not is_front_matter(line.folded):
            out[line.number] = reason
        elif is_heading_line(line) or (len(line.folded) > _LONG and not is_front_matter(line.folded)):
            break


def _mark_tail(lines: Sequence[Line], out: dict[int, str]) -> None:
    """From the first footer below the last line of policy everything is the page's."""
    last = max((line.number for line in lines if line.number not in out and _is_policy(line)), default=-1)
    footer = False
    for line in lines[last + 1 :]:
        footer = footer or _FOOTER.search(line.folded) is not None
        if _is_publisher(line.folded):
            out.setdefault(line.number, "publisher's notice")
        elif footer:
            out.setdefault(line.number, _tail_reason(line.folded))


def _is_policy(line: Line) -> bool:
    """Whether a line is certainly policy: a clause, a sentence, addressees, a number or a title."""
    folded = line.folded
    if _is_stamp(folded) or _is_publisher(folded) or _is_control(folded) or _FOOTER.search(folded):
        return is_heading_line(line) and not _is_stamp(folded) and not _is_publisher(folded)
    if is_heading_line(line) or is_number_line(folded) or is_addressees(folded) or is_field(folded):
        return True
    return len(folded) > _LONG or ("。" in folded and len(folded) >= 12) or folded.endswith(";")


def _is_stamp(folded: str) -> bool:
    return len(folded) <= 90 and (_STAMP.match(folded) is not None or _BARE_STAMP.match(folded) is not None)


def _is_publisher(folded: str) -> bool:
    return _PUBLISHER.search(folded) is not None and not re.match(
        r"第.{1,4}条|[(]?[一二三四五六七八九十]+[)、]", folded
    )


def _is_control(folded: str) -> bool:
    return (
        _CONTROL.match(folded) is not None
        or _BREADCRUMB.search(folded) is not None
        or _SYMBOLS.match(folded) is not None
    )


def _reason(folded: str) -> str:
    """Why a line near the title is furniture; empty when it is not."""
    if _is_stamp(folded):
        return "publication stamp"
    if _BREADCRUMB.search(folded) and len(folded) <= 90:
        return "breadcrumb"
    if _is_control(folded):
        return "page control"
    if re.match(r"^(?:点击)?查看(?:政策|原文|全文|解读|更多)|^(?:政策|图片|音频|视频|文字|一图)解读\s*[:：]", folded):
        return "link to another page"
    if _is_publisher(folded):
        return "publisher's notice"
    return ""


def _tail_reason(folded: str) -> str:
    if re.search(r"icp|公网安备|备案", folded):
        return "licence number"
    if re.search(r"copyright|©|版权", folded):
        return "copyright"
    if re.search(r"电话|地址|邮箱|邮编|联系|扫码|热线|网址|路\d+号", folded) and not re.match(
        r"网站首页|联系我们$", folded
    ):
        return "address of the web site's owner"
    return "page footer"
