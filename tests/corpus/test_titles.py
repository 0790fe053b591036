"""What titles say."""

import pytest

from corpus.titles import issued_title


@pytest.mark.parametrize(
    ("title", "issued"),
    [
        ("某市人民政府办公室关于印发某市工业强链行动方案(2020-2022年)的通知", "某市工业强链行动方案(2020-2022年)"),
        ("某市人民政府關於印發《某市工業強鏈若干措施》的通知", "某市工業強鏈若干措施"),
        ("某市工业强链行动方案", "某市工业强链行动方案"),
    ],
)
def test_a_notice_is_known_by_what_it_issues(title: str, issued: str) -> None:
    assert issued_title(title) == issued
