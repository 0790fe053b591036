"""Terms: what a question is about, as words with their synonyms, without the words that only ask."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.lexicon import Concept, Lexicon
from index.tokens import WORD, is_dictionary_word, tokenize

# Words that ask, point, count or are polite; they are in every question and tell no clause from another.
_ASKING = frozenset(
    """我 我们 咱们 咱 你 你们 他 他们 它 我司 我厂 本公司 自己 大家 老板 会计 请问 请 麻烦 帮 帮我 想 想要 想问 想知道 知道 听说 问 问下 问一下 查 查一下 查下
    告诉 告诉我 一下 看看 说 说说 讲 叫 这 这个 这些 这样 这边 这里 那 那个 那些 那边 那里 哪 哪个 哪些 哪里 哪儿 哪边 哪种 什么 啥 怎么 怎样 怎么样 咋 咋个 如何 为什么
    多少 多大 多长 多久 几 几个 几家 几万 几元 好多 是否 是不是 有没有 能不能 可不可以 能否 可否 有 没有 没 不 是 在 的 地 得 了 着 过 吗 呢 啊 吧 嘛 么 呀 喃 滴 哦 嗯
    给 给我 给我们 能 可以 可 要 会 应该 需要 就 都 也 还 还是 又 再 才 已 已经 和 与 跟 及 或 或者 以及 把 被 让 对 对于 关于 从 到 去 来 上 下 里 中 内 外 前 后 以 于 为 为了 向
    由 按 按照 根据 算 算下来 拿 拿到 领 领取 补 补助 补贴 补多少 奖 奖励 奖金 奖多少 资助 扶持 支持 给予 发 发放 享受 申请 申报 报 办 办理 做 搞 弄 干 开 用 花 钱 金额 资金 政府 财政 市里 市政府 政策 文件 方案 计划
    措施 通知 规定 条款 条文 原文 原话 出处 依据 内容 要求 具体 标准 情况 相关 有关 方面 东西 事 件 条 款 项 段 句 处 次 个 家 名 种 类 些 点 一 一个 一家 一种 一次 一共 总共 共 合计 两 三 最 最多 最高 最少 大概 大约 左右
    今年 去年 明年 前年 现在 目前 当前 今天 刚 刚刚 刚才 马上 年 月 日 号 时候 时 期间 那么 所以 因为 如果 要是 假如 但 但是 不过 而且 然后 另外 其他 别的 正好 一分 不多 准备 打算 每 各 分别 写 写明 写了 提 提到
    说错 不对 重新 换 换成 改 改成 够 够线 起 块 元 万 亿 万元 亿元 人民币 急 谢谢 您 好 市 省 区 县 当地 本市 本地 全市 我市 这块 那块 属 属于 真 真的 到底 究竟 比较 更 挺 很 太""".split()
)
_ENGLISH_ASKING = frozenset(
    """a an the our we us i my you your they their its it this that these those what which who whom whose when where how why is are was were be been being do does did have
    has had having can could would will shall should may might must of in on at to for from by with and or but not no any some all each every as if than then so just about into
    over under up out off there here get gets got give gives given pay pays paid take takes much many more most least year last next now per tell me please want need know like
    one two three city company policy policies document documents plan say says said does deal anything something get back subsidy subsidies grant grants award reward support
    amount money rmb cny yuan million mn big large how own use used also only total""".split()
)
_ASKING_PHRASE = re.compile(
    r"哪(?:一)?[个些家所座种段条款句项章节份类位里边儿几方]{1,2}|由?谁来?|什么(?:时候|地方|人|样)?|怎么(?:样|办|规定|写|说|算|要求)?|有没有|是不是|能不能|需不需要|要不要|多长时间|多少(?:个|家|户|名|条|项)?|"
    r"提(?:到|了|出)|请(?:问|给|列)|帮我|查一下|给我|告诉我|说了|规定了|在哪|一段|一句|那(?:个|些|边|么)?|这(?:个|些|边|么|份)?|我(?:们|司|厂)?|方面|做法|写(?:的|明|了)|原文|出处"
)
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:\.\d+)?(?![\d.,%])")
NUMBER_WEIGHT = 0.6  # a number is exact but short: it also stands where it means something else


@dataclass(frozen=True, slots=True)
class Term:
    """One thing a question is about. It is found where any of ``alternatives`` stands."""

    surface: str  # as asked, folded
    alternatives: tuple[str, ...]  # folded; empty for a word that no document can hold
    weight: float = 1.0  # share of the weight its rarity gives: below 1 when carried over from an earlier turn
    number: int | None = None  # glossary concept; None for a plain word


def read_terms(folded: str, lexicon: Lexicon, hidden: Iterable[tuple[int, int]] = ()) -> tuple[Term, ...]:
    """Terms of a folded text; stretches in ``hidden`` (places, amounts) are not read."""
    text = list(folded)
    for start, end in hidden:
        text[start:end] = " " * (end - start)
    visible = "".join(text)
    terms: dict[tuple[str, ...], Term] = {}
    rest = list(visible)
    for mention in lexicon.mentions(visible):
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
        term = _concept_term(mention.word, mention.concepts)
        if mention.word not in _ASKING and term.alternatives:
            terms.setdefault(term.alternatives, term)
    for word in plain_words(_ASKING_PHRASE.sub(" ", "".join(rest))):
        terms.setdefault((word,), Term(word, (word,)))
    for number in _NUMBER.findall("".join(rest)):
        terms.setdefault((number,), Term(number, (number,), weight=NUMBER_WEIGHT))
    return tuple(terms.values())


def _concept_term(word: str, concepts: tuple[Concept, ...]) -> Term:
    alternatives = dict.fromkeys(name for concept in concepts for name in concept.searchable)
    own = {} if word.isascii() and len(word) > 4 else {word: None}
    words = tuple({**own, **alternatives}) if len(word) > 1 else tuple(alternatives)
    return Term(word, words, number=concepts[0].number)


def plain_words(text: str) -> list[str]:
    """Content words of a text, the shortest dictionary words, without those that only ask."""
    words = [token.removeprefix(WORD) for token in tokenize(text) if token.startswith(WORD)]
    kept: list[str] = []
    for word in dict.fromkeys(words):
        if word in _ASKING or word in _ENGLISH_ASKING or len(word) < 2 or word.isdigit():
            continue
        if not word.isascii() and not is_dictionary_word(word):
            continue  # guessed by the segmentation from leftovers; what is real in it search finds by its bigrams
        if any(part != word and part in word for part in words if len(part) > 1 and part not in _ASKING):
            continue  # search mode gives the parts of a long word too; the parts match more texts
        kept.append(word)
    return kept
