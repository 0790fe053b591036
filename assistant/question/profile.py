"""The enterprise profile: what a policy check-up is told, every field optional."""

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.language.decimals import MoneyInYuan
from assistant.language.lexicon import Lexicon
from assistant.language.unify import things_in
from assistant.question.situation import Fact
from assistant.validation import describe_fault
from corpus.errors import InputError
from corpus.script import fold

Yuan = MoneyInYuan
Words = Annotated[str, Field(min_length=1, max_length=200)]
MAX_PROJECTS = 100  # a large group files a few dozen in a year
MAX_SALES = 100  # named customers
MAX_NAMES = 50  # industries, or certificates and lists


class Size(StrEnum):
    """Size of an enterprise as the national classification names it."""

    LARGE = "大型"
    MEDIUM = "中型"
    SMALL = "小型"
    MICRO = "微型"


class _Input(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Sale(_Input):
    """Sales to one named customer or group of customers in a year."""

    customer: Words = Field(title="客户", description="who buys, for example 世界500强企业")
    amount: Yuan = Field(title="年销售额", description="yuan a year")


class Project(_Input):
    """One project: what it is and what goes into it."""

    name: Words = Field(title="项目名称", description="what the project is, for example 智能工厂改造")
    investment: Yuan | None = Field(title="项目实际投入", default=None, description="actual investment, yuan")
    fixed_assets: Yuan | None = Field(
        title="其中固定资产投入", default=None, description="part of it in fixed assets, yuan"
    )
    contracted_investment: Yuan | None = Field(
        title="协议投资", default=None, description="investment agreed by contract, yuan"
    )
    central_funds: Yuan | None = Field(
        title="国拨经费", default=None, description="funds allotted by the state for it, yuan"
    )


class Profile(_Input):
    """An enterprise as a policy check-up sees it; an unknown key is refused by name."""

    name: Words | None = Field(
        title="企业名称", default=None, description="name of the enterprise; only shown in the report"
    )
    region: Words | None = Field(
        title="所在地区", default=None, description="region of the documents that apply, for example 成都"
    )
    industry: tuple[Words, ...] = Field(
        title="行业和产品",
        default=(),
        max_length=MAX_NAMES,
        description="industries and products, for example 集成电路设备",
    )
    size: Size | None = Field(title="企业规模", default=None, description="size by the national classification")
    certificates: tuple[Words, ...] = Field(
        title="资质、名单、称号",
        default=(),
        max_length=MAX_NAMES,
        description="certificates, lists and levels held, for example 省级专精特新企业",
    )
    revenue: Yuan | None = Field(title="年营业收入", default=None, description="operating revenue of the year, yuan")
    energy_cost: Yuan | None = Field(
        title="年用能费用", default=None, description="electricity, gas and other energy in a year, yuan"
    )
    freight_cost: Yuan | None = Field(
        title="年物流费用", default=None, description="freight and logistics in a year, yuan"
    )
    rent: Yuan | None = Field(title="年场地租金", default=None, description="rent for premises in a year, yuan")
    equipment: Yuan | None = Field(title="设备购置", default=None, description="equipment bought in the period, yuan")
    fixed_assets: Yuan | None = Field(
        title="固定资产投入", default=None, description="investment in fixed assets in the period, yuan"
    )
    informatization: Yuan | None = Field(
        title="信息化投资", default=None, description="investment in information systems, yuan"
    )
    research: Yuan | None = Field(
        title="年研发投入", default=None, description="research and development spending in a year, yuan"
    )
    exports: Yuan | None = Field(title="年出口额", default=None, description="exports in a year, yuan")
    tax: Yuan | None = Field(title="年纳税额", default=None, description="tax paid in a year, yuan")
    headcount: int | None = Field(title="员工人数", default=None, ge=0, le=10**7, description="employees")
    workers_supplied: int | None = Field(
        title="输送劳动者人数", default=None, ge=0, le=10**7, description="workers placed with key enterprises"
    )
    sales: tuple[Sale, ...] = Field(
        title="对外配套、销售", default=(), max_length=MAX_SALES, description="sales to named customers"
    )
    projects: tuple[Project, ...] = Field(
        title="项目", default=(), max_length=MAX_PROJECTS, description="projects done or planned"
    )

    def words(self) -> str:
        """Everything the profile says in words, folded: what the enterprise is, holds and does."""
        parts = [*self.industry, *self.certificates, *(sale.customer for sale in self.sales)]
        parts += [project.name for project in self.projects]
        return fold(" ".join((*parts, *self.implied())))

    def implied(self) -> tuple[str, ...]:
        """What the fields that are filled in say by themselves: the classes of its size, that who pays rent rents premises."""
        size = _SIZE_WORDS[self.size].split() if self.size is not None else []
        return (*size, *(["租用场地"] if self.rent else []))

    def facts(self, lexicon: Lexicon) -> tuple[Fact, ...]:
        """The amounts of the profile as facts, each with the words that say what it measures."""
        return tuple(fact for _, fact in self.facts_by_subject(lexicon))

    def facts_by_subject(self, lexicon: Lexicon) -> Iterator[tuple[str, Fact]]:
        """Each fact with the project or customer it is about, folded; "" for one about the whole enterprise."""
        for subject, value, unit, measured, counted in self._amounts():
            folded = fold(f"{subject}{measured}")
            things = things_in(fold(measured))  # the field says what it is; a name (信息化车间) only what it is for
            yield fold(subject), Fact(value, unit, folded, lexicon.concepts_in(folded), things, 0, counted)

    def _amounts(self) -> Iterator[tuple[str, Decimal, str, str, str]]:
        """Subject, value, unit, what the field measures and what is counted."""
        for name, words in _FIELD_WORDS.items():
            value = getattr(self, name)
            if value is not None:
                yield "", Decimal(value), "yuan", words, ""
        if self.workers_supplied is not None:
            yield "", Decimal(self.workers_supplied), "person", "输送劳动者稳定就业", "人"
        for sale in self.sales:
            yield sale.customer, sale.amount, "yuan", "年度配套额 销售额", ""
        for project in self.projects:
            for name, words in _PROJECT_WORDS.items():
                value = getattr(project, name)
                if value is not None:
                    yield project.name, value, "yuan", words, ""


_SIZE_WORDS = {
    Size.LARGE: "大型企业 大中型企业",
    Size.MEDIUM: "中型企业 中小企业 中小微企业 大中型企业",
    Size.SMALL: "小型企业 小微企业 中小企业 中小微企业",
    Size.MICRO: "微型企业 小微企业 中小企业 中小微企业",
}
# The documents' usual words for what each field measures; the glossary knows their synonyms.
REVENUE = "年度营业收入"
_FIELD_WORDS = {
    "revenue": REVENUE,
    "energy_cost": "年度用能费用",
    "freight_cost": "年度物流费用",
    "rent": "场地租金实际支出",
    "equipment": "设备购置",
    "fixed_assets": "固定资产投入",
    "informatization": "信息化投资",
    "research": "研发投入",
    "exports": "年度出口额",
    "tax": "年度纳税额",
}
_PROJECT_WORDS = {
    "investment": "项目总投资 项目实际投入",  # all there is: of its fixed assets or equipment another field tells
    "fixed_assets": "固定资产投入",
    "contracted_investment": "协议投资",
    "central_funds": "国拨经费",
}


def load_profile(path: Path) -> Profile:
    """The profile in a JSON file; InputError names the file and the field that cannot be used."""
    try:
        return Profile.model_validate_json(path.read_text(encoding="utf-8-sig"))
    except ValidationError as error:
        raise InputError(f"The profile {path} cannot be used: {describe_fault(error)}.") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InputError(f"The profile {path} cannot be read: {reason}.") from None
