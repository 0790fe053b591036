"""Places and documents that a question names, over the shipped documents."""

import pytest

from assistant.question.places import Found, PlaceFinder
from corpus.collection import load_collection, read_document
from corpus.script import fold

CHENGDU_2020, CHENGDU_2023 = "chengdu-2020-chain-stabilising", "chengdu-2023-six-plans"
SANMING = "sanming-2020-twelve-measures"


@pytest.fixture(scope="module")
def finder() -> PlaceFinder:
    return PlaceFinder(load_collection().documents)


def find(finder: PlaceFinder, text: str) -> Found:
    return finder.find(fold(text))


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("成都的补贴", ("成都",)),
        ("成都市双流区", ("成都",)),
        ("在蓉企业", ("成都",)),
        ("芙蓉镇", ()),
        ("渝企", ("重庆",)),
        ("忠贞不渝", ()),
        ("襄陽和三明市", ("襄阳", "三明")),
        ("重慶市", ("重庆",)),
        ("rent subsidy in Chengdu", ("成都",)),
        ("SANMING", ("三明",)),
        ("租金补多少", ()),
    ],
)
def test_regions_of_the_collection(finder: PlaceFinder, text: str, regions: tuple[str, ...]) -> None:
    assert find(finder, text).regions == regions


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [("杭州怎么补", "杭州"), ("合肥有吗", "合肥"), ("廣州的獎勵", "广州"), ("深圳市南山区", "深圳")],
)
def test_places_no_document_is_from(finder: PlaceFinder, text: str, elsewhere: str) -> None:
    found = find(finder, text)
    assert elsewhere in found.elsewhere
    assert found.regions == ()


@pytest.mark.parametrize("text", ["长安汽车补多少", "电费补多少", "年度配套额", "工业企业", "永久有效吗"])
def test_ordinary_words_are_no_places(finder: PlaceFinder, text: str) -> None:
    found = find(finder, text)
    assert (found.regions, found.elsewhere) == ((), ())


def test_a_region_is_listed_once_in_the_order_named(finder: PlaceFinder) -> None:
    found = find(finder, "三明和成都比,三明多还是成都多")
    assert found.regions == ("三明", "成都")
    assert [name for name, _, _ in found.named] == ["三明", "成都"]


def test_spans_cover_the_names(finder: PlaceFinder) -> None:
    for text, names in (("在成都市租房", {"成都市"}), ("杭州和天津的租房", {"杭州", "天津"})):
        assert {text[start:end] for start, end in find(finder, text).spans} == names


def test_another_place_beside_a_region_stays_a_part_of_the_question(finder: PlaceFinder) -> None:
    text = fold("在成都市和杭州")
    found = find(finder, text)
    assert {text[start:end] for start, end in found.spans} == {"成都市"}
    assert found.elsewhere == ("杭州",)


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("成办发〔2020〕59号", CHENGDU_2020),
        ("成办发[2020]59号有效吗", CHENGDU_2020),
        ("成办发(2020)59号", CHENGDU_2020),
        ("稳链补链方案", CHENGDU_2020),
        ("成都2023年那份计划", CHENGDU_2023),
        ("三明十二条措施", SANMING),
    ],
)
def test_a_document_is_known_by_number_title_or_year(finder: PlaceFinder, text: str, document: str) -> None:
    assert find(finder, text).documents == {document}


@pytest.mark.parametrize("text", ["成办发〔2020〕58号", "国发〔2021〕9号"])
def test_another_document_number_is_no_document_of_ours(finder: PlaceFinder, text: str) -> None:
    assert not find(finder, text).documents


def test_no_document_named_leaves_all_open(finder: PlaceFinder) -> None:
    assert find(finder, "租金补多少").documents is None


def test_a_document_brings_its_region(finder: PlaceFinder) -> None:
    assert find(finder, "十二条措施里说了什么").regions == ("三明",)


def test_a_finder_without_documents_finds_none() -> None:
    assert PlaceFinder(()).find("成都租金补多少").regions == ()


def finder_of(*titles: str) -> PlaceFinder:
    """A finder over documents with these titles."""
    texts = [(f"d{number}", f"{title}\n一、对企业给予补助。\n") for number, title in enumerate(titles)]
    return PlaceFinder([read_document(name, text, text.encode()) for name, text in texts])


@pytest.fixture(scope="module")
def districts() -> PlaceFinder:
    """Documents of 烟台's 莱山, 徐州's 鼓楼 and of 绍兴."""
    return finder_of("烟台市莱山区企业奖励办法", "徐州市鼓楼区企业奖励办法", "绍兴市企业奖励办法")


@pytest.mark.parametrize("text", ["烟台莱山的企业", "山东省烟台市莱山区", "莱山奖多少", "Laishan District, Yantai"])
def test_a_district_named_beside_its_city_is_the_district(districts: PlaceFinder, text: str) -> None:
    found = find(districts, text)
    assert (found.regions, found.elsewhere, found.around) == (("莱山",), (), False)


@pytest.mark.parametrize(("text", "region"), [("烟台的企业", "莱山"), ("徐州市奖多少", "鼓楼"), ("in Yantai", "莱山")])
def test_a_city_is_the_only_district_there_is_of_it(districts: PlaceFinder, text: str, region: str) -> None:
    found = find(districts, text)
    assert (found.regions, found.elsewhere, found.around) == ((region,), (), True)


@pytest.mark.parametrize("text", ["烟台福山区的企业", "烟台芝罘的企业", "福山区奖多少", "烟台龙口市", "山东的企业"])
def test_another_district_of_the_city_is_elsewhere(districts: PlaceFinder, text: str) -> None:
    found = find(districts, text)
    assert found.regions == ()
    assert found.elsewhere


@pytest.mark.parametrize("text", ["南京鼓楼的企业", "福州市鼓楼区"])
def test_the_namesake_in_another_city_is_elsewhere(districts: PlaceFinder, text: str) -> None:
    found = find(districts, text)
    assert found.regions == ()
    assert found.elsewhere


@pytest.mark.parametrize("text", ["绍兴柯桥的企业", "柯桥区奖多少", "诸暨的企业"])
def test_what_a_city_grants_may_be_asked_for_in_a_part_of_it(districts: PlaceFinder, text: str) -> None:
    found = find(districts, text)
    assert (found.regions, found.elsewhere) == (("绍兴",), ())


def test_a_district_of_a_name_that_several_cities_have_is_no_part_of_one_of_them() -> None:
    assert find(finder_of("南京市企业奖励办法"), "鼓楼区的企业").elsewhere == ("鼓楼",)


def sides(finder: PlaceFinder, text: str) -> list[tuple[str, set[str] | None]]:
    return [(side.region, set(side.documents) if side.documents else None) for side in find(finder, text).sides]


def test_a_document_named_beside_another_place_is_one_side(finder: PlaceFinder) -> None:
    text = "成都稳链补链方案给多少,三明给多少"
    assert sides(finder, text) == [("成都", {CHENGDU_2020}), ("三明", None)]
    assert find(finder, text).documents == {CHENGDU_2020, SANMING}


def test_two_documents_of_a_place_are_two_sides(finder: PlaceFinder) -> None:
    assert sides(finder, "成都2020年和2023年的方案各补多少") == [("成都", {CHENGDU_2020}), ("成都", {CHENGDU_2023})]


@pytest.mark.parametrize(
    "text",
    [
        "成都2023年的行动计划提到和重庆共建什么",
        "三明的企业按成都稳链补链方案补多少",
        "成都2020年的稳链补链方案,房租补多少",
        "成都稳链补链方案由哪个部门负责",
    ],
)
def test_one_document_asked_about_has_no_sides(finder: PlaceFinder, text: str) -> None:
    found = find(finder, text)
    assert found.sides == ()
    assert found.regions == ("成都",)


def test_the_askers_site_is_a_part_of_the_place(finder: PlaceFinder) -> None:
    text = "a laboratory at our chengdu site"
    assert {text[start:end] for start, end in find(finder, text).spans} == {"chengdu site"}
