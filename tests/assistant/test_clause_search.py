"""Clause search over the shipped documents: phrases, words, filters, departments, numbers, order and pages."""

from collections.abc import Iterator
from datetime import date

import pytest
from pydantic import ValidationError

from assistant.finding.search_query import ClauseHit, FoundBy, SearchPage, SearchQuery, Sort, lift_phrases
from assistant.service import PolicyAssistant
from corpus.clause import Clause, ClauseKind
from corpus.errors import InputError, UnknownNameError
from corpus.script import fold

OFFICE = "市口岸物流办"
CHENGDU_2020 = "chengdu-2020-chain-stabilising"


def leaves(assistant: PolicyAssistant) -> Iterator[Clause]:
    for document in assistant.documents():
        yield from document.leaves


def squeezed(text: str) -> str:
    return "".join(fold(text).split())


def ids(page: SearchPage) -> list[str]:
    return [hit.clause_id for hit in page.items]


def marked(hit: ClauseHit) -> set[str]:
    return {hit.text[mark.start : mark.end] for mark in hit.highlights}


# ── who is responsible ──


@pytest.mark.parametrize(
    "question",
    [
        "哪些条款由市口岸物流办负责",
        "哪些條款由市口岸物流辦負責?",
        "市口岸物流办负责哪些条款",
        "列出市口岸物流办参与的所有工作任务",
        "哪些任务的责任单位是市口岸物流办",
        "市口岸物流办都管哪些事",
        "与市口岸物流办有关的条款",
        "市口岸物流办的职责",
        "which clauses is 市口岸物流办 responsible for",
        "list all tasks of 市口岸物流办",
    ],
)
def test_all_clauses_of_a_department_are_listed(assistant: PolicyAssistant, question: str) -> None:
    expected = [
        leaf.id
        for leaf in leaves(assistant)
        if OFFICE in leaf.departments and leaf.kind not in (ClauseKind.HEADING, ClauseKind.RESPONSIBILITY)
    ]
    page = assistant.search(question, page_size=100)
    assert len(expected) > 5
    assert ids(page) == expected
    assert page.total == len(expected)
    assert all(hit.matched_departments == (OFFICE,) for hit in page.items)
    assert ids(assistant.search(department=OFFICE, page_size=100)) == expected


def test_who_leads_is_asked_apart(assistant: PolicyAssistant) -> None:
    led = assistant.search("市口岸物流办牵头的任务有哪些")
    assert led.query.lead_only
    assert 0 < led.total < assistant.search(department=OFFICE).total
    assert all(hit.departments[0] == OFFICE for hit in led.items)


def test_a_topic_beside_the_department_narrows_the_list(assistant: PolicyAssistant) -> None:
    page = assistant.search("市口岸物流办负责的供应链金融条款", page_size=100)
    assert page.query.department == (OFFICE,)
    assert 0 < page.total < assistant.search(department=OFFICE).total
    assert all("金融" in hit.text for hit in page.items)


def test_departments_named_together_are_all_responsible(assistant: PolicyAssistant) -> None:
    page = assistant.search("由市口岸物流办和市财政局共同负责的条款", page_size=100)
    assert page.total > 0
    assert all({OFFICE, "市财政局"} <= set(hit.departments) for hit in page.items)
    either = assistant.search(department=[OFFICE, "市财政局"])
    assert either.total > page.total


def test_a_short_name_of_a_department_finds_the_full_ones(assistant: PolicyAssistant) -> None:
    page = assistant.search(department="财政局", page_size=100)
    found = {name for hit in page.items for name in hit.matched_departments}
    assert {"财政局", "市财政局", "市財政局"} <= found
    assert ids(assistant.search("哪些条款由口岸物流办负责")) == ids(assistant.search(department="口岸物流办"))


def test_a_department_name_alone_is_a_word(assistant: PolicyAssistant) -> None:
    page = assistant.search(OFFICE, page_size=100)
    assert page.query.department == ()
    assert set(ids(assistant.search(department=OFFICE, page_size=100))) <= set(ids(page))


# ── exact phrases ──


@pytest.mark.parametrize("query", ['"产业链链主"', "“产业链链主”", "「產業鏈鏈主」", "『产业链链主』", "'产业链链主'"])
def test_a_quoted_phrase_stands_in_every_result_and_no_other_clause(assistant: PolicyAssistant, query: str) -> None:
    expected = {leaf.id for leaf in leaves(assistant) if "产业链链主" in squeezed(leaf.text)}
    page = assistant.search(query, page_size=100)
    assert len(expected) > 1
    assert set(ids(page)) == expected
    assert page.total == len(expected)
    assert all(hit.found_by is FoundBy.PHRASE for hit in page.items)
    assert all({squeezed(text) for text in marked(hit)} == {"产业链链主"} for hit in page.items)


def test_every_phrase_must_stand_there(assistant: PolicyAssistant) -> None:
    one, other = assistant.search('"产业链链主"', page_size=100), assistant.search('"核心企业"', page_size=100)
    both = assistant.search('"产业链链主" "核心企业"', page_size=100)
    assert both.total > 0
    assert set(ids(both)) == set(ids(one)) & set(ids(other))


def test_a_phrase_does_not_cut_a_number_in_two(assistant: PolicyAssistant) -> None:
    page = assistant.search('"10万元"', page_size=100)
    larger = [
        leaf for leaf in leaves(assistant) if "510万元" in squeezed(leaf.text) or "210万元" in squeezed(leaf.text)
    ]
    assert all("10万元" in squeezed(hit.text) for hit in page.items)
    assert not {leaf.id for leaf in larger if squeezed(leaf.text).count("10万元") == 1} & set(ids(page))


def test_a_phrase_that_stands_nowhere_gives_an_empty_page(assistant: PolicyAssistant) -> None:
    page = assistant.search('"火星移民补贴"')
    assert (page.total, page.pages, page.items) == (0, 0, ())
    assert page.facets.document == ()


@pytest.mark.parametrize(
    ("text", "rest", "phrases"),
    [
        ('"协同 创新" 成都', "成都", ("协同 创新",)),
        ("a company's rent", "a company's rent", ()),
        ("租金 'smart factory'", "租金", ("smart factory",)),
        ('半个"引号', "半个 引号", ()),
        ('""', "", ()),
    ],
)
def test_quotation_marks_are_read(text: str, rest: str, phrases: tuple[str, ...]) -> None:
    assert lift_phrases(text) == (rest, phrases)


# ── words ──


def test_every_result_holds_the_words_or_their_synonyms_in_either_script(assistant: PolicyAssistant) -> None:
    page = assistant.search("工业互联网 标识解析", page_size=100)
    assert page.all_words
    assert {hit.region for hit in page.items} >= {"成都", "重庆"}
    assert any("標識解析" in marked(hit) for hit in page.items)
    assert all(hit.highlights for hit in page.items)
    assert ids(page) == ids(assistant.search("工業互聯網 標識解析", page_size=100))


def test_scores_fall_and_ranks_count_on(assistant: PolicyAssistant) -> None:
    page = assistant.search("链主企业", page_size=5)
    following = assistant.search("链主企业", page_size=5, page=2)
    scores = [hit.score for hit in (*page.items, *following.items)]
    assert scores == sorted(scores, reverse=True)
    assert [hit.rank for hit in following.items][:1] == [6]


def test_each_clause_is_given_once_and_the_pages_hold_them_all(assistant: PolicyAssistant) -> None:
    first = assistant.search("产业链 企业", page_size=7)
    pages = [assistant.search("产业链 企业", page_size=7, page=number) for number in range(1, first.pages + 1)]
    found = [clause for page in pages for clause in ids(page)]
    assert first.pages > 2
    assert len(found) == len(set(found)) == first.total


def test_an_english_query_finds_the_chinese_clause(assistant: PolicyAssistant) -> None:
    page = assistant.search("industrial internet identifier resolution")
    assert page.total > 0
    assert "工业互联网" in squeezed(page.items[0].text)


def test_a_word_that_only_asks_elsewhere_counts_when_typed_by_itself(assistant: PolicyAssistant) -> None:
    page = assistant.search("补贴", page_size=100)
    assert set(ids(page)) == {leaf.id for leaf in leaves(assistant) if "补贴" in squeezed(leaf.text)}


def test_what_the_documents_do_not_have_is_not_found(assistant: PolicyAssistant) -> None:
    page = assistant.search("asdf qwer")
    assert (page.total, page.unknown_words) == (0, ("asdf", "qwer"))
    assert assistant.search("杭州 补贴").total == 0


def test_when_no_clause_holds_all_words_the_page_says_so(assistant: PolicyAssistant) -> None:
    page = assistant.search("租金 公寓 人才 火星")
    assert not page.all_words
    assert "火星" in page.unknown_words


# ── quotations ──


@pytest.mark.parametrize("query", ["创业基地 租金", '"营业收入"', "哪些条款由市口岸物流办负责", "專精特新"])
def test_texts_and_marks_are_the_sources_own_characters(assistant: PolicyAssistant, query: str) -> None:
    sources = {document.id: document.text for document in assistant.documents()}
    page = assistant.search(query, page_size=100)
    assert page.items
    for hit in page.items:
        assert sources[hit.document_id][hit.start : hit.end] == hit.text
        assert 0 <= hit.snippet.start < hit.snippet.end <= len(hit.text)
        ends = [0, *(edge for mark in hit.highlights for edge in (mark.start, mark.end))]
        assert ends == sorted(ends)
        assert ends[-1] <= len(hit.text)


def test_a_snippet_shows_what_matches(assistant: PolicyAssistant) -> None:
    for hit in assistant.search('"营业收入"', page_size=100).items:
        assert "营业收入" in squeezed(hit.text[hit.snippet.start : hit.snippet.end])


# ── document numbers, titles, regions ──


@pytest.mark.parametrize("number", ["成办发〔2020〕59号", "成办发[2020]59号", "成辦發（2020）59號", "〔2020〕59号"])
def test_a_document_number_chooses_the_document(assistant: PolicyAssistant, number: str) -> None:
    page = assistant.search(number)
    assert page.query.document == (CHENGDU_2020,)
    assert page.total == sum(leaf.document_id == CHENGDU_2020 for leaf in leaves(assistant))
    narrowed = assistant.search(f"{number} 贷款")
    assert 0 < narrowed.total < page.total
    assert {hit.document_id for hit in narrowed.items} == {CHENGDU_2020}


def test_the_number_of_another_document_is_looked_for_in_the_text(assistant: PolicyAssistant) -> None:
    page = assistant.search("川办发〔1999〕1号")
    assert (page.total, page.query.phrases) == (0, ("川办发〔1999〕1号",))


def test_a_region_in_the_text_becomes_a_filter(assistant: PolicyAssistant) -> None:
    page = assistant.search("三明 奖励", page_size=100)
    assert page.query.region == ("三明",)
    assert {hit.region for hit in page.items} == {"三明"}
    assert all("奖励" in squeezed(hit.text) for hit in page.items)


def test_a_title_in_brackets_chooses_its_plan(assistant: PolicyAssistant) -> None:
    title = "成都市制造业创新驱动行动计划"
    page = assistant.search(f"《{title}》 研发", page_size=100)
    assert page.query.part == (title,)
    assert {hit.part for hit in page.items} == {title}


# ── filters ──


def test_without_text_all_that_pass_the_filters_come_in_document_order(assistant: PolicyAssistant) -> None:
    page = assistant.search(document=CHENGDU_2020, kind="article")
    expected = [leaf.id for leaf in leaves(assistant) if leaf.document_id == CHENGDU_2020 and leaf.kind == "article"]
    assert ids(page) == expected[:10]
    assert page.total == len(expected)
    assert all(hit.found_by is FoundBy.FILTER for hit in page.items)


def test_money_splits_the_clauses_in_two(assistant: PolicyAssistant) -> None:
    everything = assistant.search(region="三明").total
    stating, others = assistant.search(region="三明", has_money=True), assistant.search(region="三明", has_money=False)
    assert 0 < stating.total < everything
    assert stating.total + others.total == everything
    assert all(hit.has_money and "元" in hit.text for hit in stating.items)


@pytest.mark.parametrize(("day", "in_force"), [("2022-12-31", True), ("2023-01-01", False)])
def test_a_day_leaves_out_what_is_not_in_force(assistant: PolicyAssistant, day: str, in_force: bool) -> None:
    page = assistant.search("成办发〔2020〕59号", in_force_on=day)
    assert (page.total > 0) is in_force
    assert page.on == date.fromisoformat(day)
    assert all(hit.in_force for hit in page.items)


def test_a_filter_may_name_several(assistant: PolicyAssistant) -> None:
    both = assistant.search("奖励", region=["成都", "三明市"])
    assert both.query.region == ("成都", "三明")
    counts = {facet.value: facet.count for facet in both.facets.region}
    assert set(counts) == {"成都", "三明"}
    assert sum(counts.values()) == both.total


@pytest.mark.parametrize("query", ["企业", '"产业链"', "哪些条款由市经信局负责", ""])
def test_a_facet_says_what_its_filter_would_leave(assistant: PolicyAssistant, query: str) -> None:
    page = assistant.search(query, page_size=1)
    facets = page.facets
    for facet in facets.region:
        assert assistant.search(page.query, region=facet.value).total == facet.count
    for facet in facets.kind:
        assert assistant.search(page.query, kind=facet.value).total == facet.count
    for facet in facets.document:
        assert assistant.search(page.query, document=facet.value).total == facet.count
    if not page.query.department:
        for facet in facets.department[:12]:
            assert assistant.search(page.query, department=facet.value).total == facet.count


# ── order ──


def test_clauses_are_sorted_by_document_or_date(assistant: PolicyAssistant) -> None:
    order = {leaf.id: number for number, leaf in enumerate(leaves(assistant))}
    by_document = assistant.search("产业链", sort="document", page_size=100)
    assert ids(by_document) == sorted(ids(by_document), key=order.__getitem__)
    days = [hit.issued for hit in assistant.search("产业链", sort=Sort.DATE, page_size=100).items]
    dated = [day for day in days if day is not None]
    assert dated == sorted(dated, reverse=True)
    assert days[: len(dated)] == dated


def test_the_same_query_gives_the_same_page(assistant: PolicyAssistant) -> None:
    page = assistant.search("贷款 企业")
    assert assistant.search("贷款 企业") == page
    assert assistant.search(SearchQuery(text="贷款 企业")) == page
    assert SearchPage.model_validate_json(page.model_dump_json()) == page


# ── wrong input ──


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        ({"region": "亚特兰蒂斯"}, ["亚特兰蒂斯", "成都"]),
        ({"document": "chengdu-2020"}, ["chengdu-2020", CHENGDU_2020]),
        ({"part": "养猪计划"}, ["养猪计划", "行动计划"]),
        ({"department": "市口岸管理局"}, ["市口岸管理局", "局"]),
        ({"kind": "chapter"}, ["chapter", "article"]),
        ({"sort": "size"}, ["size", "relevance"]),
    ],
)
def test_an_unknown_name_is_refused_with_those_near_it(
    assistant: PolicyAssistant, filters: dict[str, str], words: list[str]
) -> None:
    with pytest.raises(UnknownNameError) as caught:
        assistant.search("企业", **filters)  # type: ignore[arg-type]
    assert all(word in str(caught.value) for word in words)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "filters", [{"page": 0}, {"page": 999}, {"page_size": 0}, {"page_size": 101}, {"in_force_on": "20210401"}]
)
def test_a_value_that_cannot_be_is_refused_in_one_sentence(
    assistant: PolicyAssistant, filters: dict[str, int | str]
) -> None:
    with pytest.raises(InputError, match=r"\.$"):
        assistant.search("企业", **filters)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", ["???", "租金\x00", "长" * 2001, '"，。"'])
def test_a_text_that_is_no_search_is_refused(assistant: PolicyAssistant, text: str) -> None:
    with pytest.raises(InputError):
        assistant.search(text)


def test_a_query_is_strict_and_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        SearchQuery.model_validate({"text": "租金", "colour": "red"})
    query = SearchQuery.parse('"贷款" 成都')
    assert (query.text, query.phrases) == ("成都", ("贷款",))
    with pytest.raises(ValidationError):
        query.text = "x"  # type: ignore[misc]
