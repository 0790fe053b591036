"""Which sentence says who bears the money."""

import pytest

from corpus.bearers import states_bearer


@pytest.mark.parametrize(
    ("sentence", "states"),
    [
        ("所需资金由市、县财政按4:6比例分担。", True),
        ("补助经费从县产业发展资金中列支。", True),
        ("按照谁受益、谁负担的原则执行。", True),
        ("由县级财政予以解决。", True),
        ("对通过评审的企业给予50万元补助。", False),
        ("县财政局负责解释。", False),
    ],
)
def test_who_bears_the_money(sentence: str, states: bool) -> None:
    assert states_bearer(sentence) is states
