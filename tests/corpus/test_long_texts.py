"""The time to read a text grows with its length, whatever the text is made of."""

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.collection import read_document
from corpus.errors import DocumentError

ROOT = Path(__file__).resolve().parents[2]
HEAD = "关于支持会展业的若干政策\n"
RULE = "一、支持办展。给予20万元补助。\n"
SHORT, TIMES = 400, 16  # lines of the shorter text, and how much longer the other is
# Linear is 16 times as long, quadratic 256; caches that other processes empty make either up to three times as long.
MOST = 80


def seconds(text: str) -> float:
    """Processor time to read a text, with or without a policy in it."""
    start = time.process_time()
    with suppress(DocumentError):
        read_document("long", text, b"")
    return time.process_time() - start


@pytest.mark.parametrize("front", [HEAD + RULE, HEAD], ids=["below a clause", "above a clause"])
@pytest.mark.parametrize(
    "lines",
    [
        "中文",
        "附则",
        "标题在此",
        "支持对象",
        "12中文",
        "附件",
        "对企业给予补助。",
        "2.甲乙\n丙丁是个段落。",
        "2.甲乙。\n责任单位:市商务局",
        "政策内容\n1.甲",
        "三、丙\n小标题\n1.甲",
        "关于支持会展业的若干政策",
        "中国四川成都市武侯区",
        "本政策自2023年5月1日起施行,有效期三年。",
    ],
)
def test_many_short_lines_take_time_in_proportion(lines: str, front: str) -> None:
    behind = RULE if front == HEAD else ""
    count = SHORT // (lines.count("\n") + 1)
    seconds(front + lines)  # what is loaded once

    short = seconds(front + (lines + "\n") * count + behind)
    long = seconds(front + (lines + "\n") * count * TIMES + behind)

    assert long < MOST * max(short, 0.02)


@pytest.mark.parametrize(
    "words",
    [
        "(责任单位:市商务局",
        "牵头单位:",
        "(以下简称市商务局",
        "。责任单位:市商务局",
        "由市商务局牵头,市财政局配合。",
        ">政策",
        "成都市武侯区",
        "和",
        "大   ",
    ],
)
def test_one_long_line_takes_time_in_proportion(words: str) -> None:
    seconds(HEAD + RULE)

    short, long = (
        seconds(HEAD + "一、支持办展。" + words * (length // len(words)) + "x\n") for length in (2_000, 2_000 * TIMES)
    )

    assert long < MOST * max(short, 0.02)


@pytest.mark.parametrize(
    "line", ["局" * 88 + "。", "局、" * 44 + "。", "a大" * 60 + "x", "返回首页" * 60 + "x", "大   " * 60 + "x"]
)
def test_a_line_with_countless_readings_is_read_at_once(line: str) -> None:
    """Such a line had more readings than a pattern could try in a lifetime, so it is read in a child that can be ended."""
    program = "import sys; from corpus.collection import read_document; read_document('d', sys.argv[1], b'')"

    subprocess.run(
        [sys.executable, "-c", program, line + "\n" + HEAD + line + "\n" + RULE], cwd=ROOT, check=True, timeout=300
    )
