"""Documents that a question names, over the shipped documents."""

import pytest

from assistant.question.named_documents import DocumentFinder
from corpus.collection import load_collection
from corpus.script import fold

CHENGDU_2020, CHENGDU_2023 = "chengdu-2020-chain-stabilising", "chengdu-2023-six-plans"
SANMING, XIANGYANG = "sanming-2020-twelve-measures", "xiangyang-2021-chain-chiefs"


@pytest.fixture(scope="module")
def finder() -> DocumentFinder:
    return DocumentFinder(load_collection().documents)


@pytest.mark.parametrize(
    ("text", "regions", "named"),
    [
        ("稳链补链方案和2023年的6个行动计划", ("成都",), [{CHENGDU_2020}, {CHENGDU_2023}]),
        ("2020年和2023年的政策", ("成都",), [{CHENGDU_2020}, {CHENGDU_2023}]),
        ("链长制方案,十二条措施", (), [{XIANGYANG}, {SANMING}]),
        ("2020年的稳链补链方案", ("成都",), [{CHENGDU_2020}]),
        ("成办发〔2020〕59号", (), [{CHENGDU_2020}]),
        ("稳链补链方案,2023年按政策还能领吗", ("成都",), [{CHENGDU_2020}]),
        ("2023年投了500万", ("成都",), []),
    ],
)
def test_each_document_named_is_a_mention(
    finder: DocumentFinder, text: str, regions: tuple[str, ...], named: list[set[str]]
) -> None:
    assert [mention.documents for mention in finder.mentions(fold(text), regions)] == named


def test_a_mention_says_where_it_stands(finder: DocumentFinder) -> None:
    text = "按稳链补链方案能补多少"
    (mention,) = finder.mentions(text, ())
    assert text[mention.start : mention.end] == "稳链补链"
