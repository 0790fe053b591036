"""Words of Chinese subsidy language, by what they do in a sentence. All are written as ``corpus.compaction`` leaves them."""

import re


def any_of(*words: str) -> str:
    """Alternation of whitespace-separated words, longest first so that the longer reading wins."""
    split = {word for group in words for word in group.split()}
    return "(?:" + "|".join(re.escape(word) for word in sorted(split, key=lambda word: (-len(word), word))) + ")"


# Verbs that hand over money whatever stands between them and the sum.
GRANT_VERBS = (
    "给予 给于 给与 予以 奖励 补助 补贴 资助 奖补 津贴 扶持 补偿 返还 发放 拨付 兑付 兑现 奖给 贴息 贴补 追补 核补 退还 报销 补给 "
    "奖励给 补助给 支付 激励 补足 补齐"
)
# Verbs that do so only when the sum follows at once.
WEAK_VERBS = "支持 享受 获得 领取 可获 获 提供 享有 获取 配套支持 鼓励"
# Nouns for what is handed over.
GRANT_NOUNS = (
    "奖励 补助 补贴 资助 支持 奖补 扶持 补偿 贴息 津贴 奖金 奖励金 补助金 补助费 资金 经费 安家费 资助金 补贴金 补偿金 扶持金 奖补资金 贴补 返还 "
    "红包 消费券 风险分担 风险补偿 代偿 购房券 创业金 引才费 一次性就业补助 减免 优惠 激励 后补助 券"
)
GRANT_WORD = any_of(GRANT_VERBS, GRANT_NOUNS, "支持 享受 领取 减免 免租 减半 免收 上浮 加倍 翻番 翻倍")

# What a rate or sum may be called between number and verb: 30%的比例给予, 1000元/人标准给予.
MEASURE_NOUNS = "比例 标准 幅度 额度 限额 金额 档次 数额 方式 总额 份额 部分 费率 系数"
RECIPIENTS = (
    "企业 单位 机构 项目 主体 平台 园区 基地 联盟 个人 人才 团队 农户 用人单位 主办方 承办方 运营方 运营机构 申报单位 中小企业 合作社 载体 银行 公司 协会 "
    "商会 学校 医院 法人 经营者 业主 服务商 服务机构 家庭 员工 职工 毕业生 劳动者 人员 部门 院校 高校 工厂 车间 产品 店铺 门店 经纪人 商户 社会组织 "
    "市场主体 承租户 租户 承租方 业户 用户 居民 村民 学员 个体工商户 家庭农场 大户"
)

# Figures next to these are loans, guarantees and the like, which are lent and not granted.
LENDING = "贷款 授信 融资 担保 借款 信用额度 信贷 保额 保险金额 纯信用 质押 风险保障 再贷款 续贷 借资"
LENDING_RELIEF = "贴息 利息 保费 担保费 保险费 补贴 补助 费用 风险补偿 奖励 补偿 担保费率"
TAX_WORDS = "税率 税前 加计扣除 抵扣 抵免 减按 征收 应纳税 免征 计征 税额 折旧 摊销 扣除"
# Money that is planned, pooled or raised.
BUDGET_VERBS = "安排 设立 统筹 筹集 列支 预算 下达 争取 筹措 整合 组建 成立 规模 募集 发行 出资 注资 设置 投放 增资"
# Past and plan: figures of a report or an aim.
REPORT_WORDS = (
    "力争 目标 预计 同比 已发放 已兑现 累计发放 累计兑现 兑现了 发放了 共发放 共兑现 共计 惠及 实现 超额完成 完成 到位 减负 降本 落实到位 获得奖金 共有 "
    "取得 拉动 带动 截至"
)

# Metrics: a number right behind one of these measures the applicant and is not granted.
METRICS = (
    "投资 投资额 投入 投入额 收入 产值 销售额 销售收入 营收 营业额 营业收入 纳税 纳税额 税收 贡献 利润 利润额 出口额 进口额 进出口额 出口 面积 注册资本 注册资金 资本 "
    "资产 到位资金 外资 融资额 融资金额 贷款额 贷款余额 贷款 交易额 采购额 配套额 合同额 成交额 合同金额 成本 费用 支出 增加值 工业总产值 总额 余额 规模 年限 经费 "
    "工资 年薪 薪酬 价格 单价 价值 估值 市值 市场份额 占有率 亩均税收 税额 入库税收 零售额 流水 票房 货值 交易量 结算额 引资额 到账 到账资金 实缴资本 总投资 技改投入 "
    "费率 利率 比重 占比 比例 增长 增幅 增速 增长率 提高 下降 持股 股权 评分 得分 营业总收入 实到资金 用电量 用能 能耗 年龄 学历 工龄 社保 人数 员工 从业人员 经营 运营 建筑面积"
)
GRANT_METRICS = "奖励 补助 补贴 资助 支持 奖补 扶持 补偿 贴息 奖金 津贴"

# Words that only say over what a ceiling is counted.
SCOPE = (
    "同一 单一 单个 单家 单户 单项 单台 单次 单笔 每家 每户 每个 每年 每人 每项 每台 每场 每次 每月 每届 总额 总金额 累计 合计 年度 全年 最高 上限 补助金额 奖励金额 补贴金额 资助金额 资助额 "
    "金额 额度 总计 总量 原则上 以上 上述 两项 各项 一年 当年 每 单 最多 所有"
)

ADDITION = (
    "基础上 额外 另外 另行 再给予 再奖励 再补助 再按 再予以 再分别 追加 叠加 另给予 另奖励 再补贴 再资助 再一次性 另再"
)
