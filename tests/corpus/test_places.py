import pytest

from corpus.places import cities_of, find_places, main_place, other_names, province_of
from corpus.script import fold


def named(text: str) -> list[str]:
    return [place.name for place in find_places(fold(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("深圳的智能工厂补多少", ["深圳"]),
        ("What does Shenzhen pay, and Xi'an?", ["深圳", "西安"]),
        ("重慶市製造業", ["重庆"]),
        ("襄阳跟成都比哪个高", ["襄阳", "成都"]),
        ("鹿城区软件著作权奖励", ["鹿城"]),
        ("温州市鹿城区", ["温州", "鹿城"]),
        ("江苏省昆山市", ["江苏", "昆山"]),
        ("浦东新区", ["浦东新区"]),
        ("白银市的企业", ["白银"]),
    ],
)
def test_places_are_recognised(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "白银和黄金价格",
        "形成都市圈",
        "最大连接数",
        "三明治摊位",
        "服务平台北区",
        "每天日照时间",
        "高新区补贴",
        "各区县要落实",
        "支持区县发展",
        "贫困山区",
        "什么地区有补贴",
        "股改上市奖励",
        "全区工业园区",
        "changing the exam",
    ],
)
def test_words_that_hide_a_name_are_no_places(text: str) -> None:
    assert named(text) == []


def test_a_place_is_found_where_it_stands() -> None:
    place = find_places(fold("请问三明市技改补助"))[0]

    assert (place.start, place.end) == (2, 5)


def test_other_names_of_a_city() -> None:
    assert other_names("成都") == ("成都市", "蓉", "Chengdu")
    assert other_names("西安") == ("西安市", "Xi'an", "Xian")
    assert other_names("鹿城") == ("鹿城区", "Lucheng")
    assert other_names("静海新城", "静海新城区") == ("静海新城区",)


def test_a_document_is_about_the_narrowest_place_of_its_title() -> None:
    assert main_place(["广州市天河区实施办法", "广东省广州市"]) == ("天河", ("天河区", "Tianhe"))


def test_without_a_title_the_place_named_most_often_counts() -> None:
    text = "本政策适用于在鹿城区纳税的企业。" * 20 + "温州市另有规定。"

    assert main_place(["若干政策意见", text])[0] == "鹿城"


def test_a_text_without_places_has_none() -> None:
    assert main_place(["若干措施", "对企业给予补助。"]) == ("", ())


@pytest.mark.parametrize("name", ["义乌", "昆山", "慈溪", "石狮"])
def test_a_cities_of_county_rank_is_known_by_its_bare_name(name: str) -> None:
    assert [place.name for place in find_places(f"{name}的企业能拿多少")] == [name]


def test_a_cities_of_county_rank_is_in_a_city() -> None:
    assert cities_of("都江堰") == {"成都"}
    assert cities_of("成都") == frozenset()
    assert province_of("三明") == "福建"


@pytest.mark.parametrize("words", ["永安保险", "东方明珠", "合作项目", "沙河涌治理", "新星企业"])
def test_an_everyday_word_is_no_cities_of_county_rank(words: str) -> None:
    assert find_places(words) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("宁波象山的厂", ["宁波", "象山"]),
        ("2023象山惠企政策汇总", ["象山"]),
        ("余杭的企业能拿多少", ["余杭"]),
        ("苍南县", ["苍南"]),
        ("准格尔旗的煤矿", ["准格尔"]),
        ("芷江侗族自治县", ["芷江"]),
        ("长沙县的工厂", ["长沙县"]),
        ("枣庄市市中区", ["枣庄", "市中"]),
        ("枣庄市中区", ["枣庄", "市中"]),
        ("Yuhang District pays", ["余杭"]),
    ],
)
def test_a_district_or_county_is_known(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("word", "with_suffix"),
    [
        ("和平", "和平区"),
        ("新兴", "新兴县"),
        ("长安", "长安区"),
        ("友谊", "友谊县"),
        ("开放", ""),
        ("高新", ""),
        ("惠农", "惠农区"),
        ("互助", "互助土族自治县"),
        ("前进", "前进区"),
        ("平安", "平安区"),
        ("共和", "共和县"),
    ],
)
def test_an_everyday_word_is_a_county_only_with_its_suffix(word: str, with_suffix: str) -> None:
    assert named(f"{word}企业怎么补贴") == []
    if with_suffix:
        assert named(f"{with_suffix}怎么补贴") == [word]


@pytest.mark.parametrize(
    "text", ["建设新城区", "老城区改造", "东南部县市", "各市和县要落实", "郊区的厂房", "港口区位优势"]
)
def test_words_that_end_like_a_county_are_none(text: str) -> None:
    assert named(text) == []


def test_an_everyday_word_behind_its_city_is_a_district() -> None:
    assert named("天津和平的企业") == ["天津", "和平"]
    assert named("广州和平的企业") == ["广州"]


def test_a_district_of_a_name_that_several_cities_have_is_of_the_one_the_text_names() -> None:
    assert cities_of("鼓楼") == {"南京", "徐州", "福州", "开封"}
    assert cities_of("鼓楼", ["徐州市鼓楼区若干政策"]) == {"徐州"}
    assert main_place(["2023象山留甬补贴汇总"])[1] == ("象山县", "Xiangshan")
