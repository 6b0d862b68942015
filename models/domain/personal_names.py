"""什么不是人名：群体、身份、单位写在姓名里时认得出来，不当作姓名去遮、去抹。

A name that nobody has would be hidden as 居* in every text that speaks of 居民.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from models.domain.units import School, Unit, Venue

_ORDINAL = r"第?[甲乙丙丁戊己庚辛壬癸一二三四五六七八九十0-9A-Za-z]{1,3}[号位]?$"
_COUNT = r"(?:共|约|各)?[0-9一二三四五六七八九十两几若干多]+余?[名位人家户个]|[等们]$"
_COUNTED = frozenset("名位人家户个等们")
_BETWEEN = r"[、，,；;。/／+＋（）()\[\]【】]|以及"
_GROUPS = [
    "居民",
    "村民",
    "市民",
    "农民",
    "网民",
    "网友",
    "公众",
    "群众",
    "民众",
    "代表",
    "家长",
    "学生",
    "师生",
    "教师",
    "教职工",
    "商户",
    "商家",
    "店主",
    "摊主",
    "业主",
    "住户",
    "租户",
    "租客",
    "户主",
    "企业",
    "企业家",
    "企业主",
    "单位",
    "部门",
    "机构",
    "组织",
    "职工",
    "员工",
    "工人",
    "党员",
    "团员",
    "干部",
    "志愿者",
    "委员",
    "专家",
    "学者",
    "律师",
    "媒体",
    "记者",
    "老人",
    "老年人",
    "青年",
    "妇女",
    "儿童",
    "未成年人",
    "残疾人",
    "群体",
    "人士",
    "人员",
    "负责人",
    "联系人",
    "工作人员",
    "经营者",
    "从业者",
    "消费者",
    "投资者",
    "纳税人",
    "当事人",
    "相关方",
    "工作者",
    "从业人员",
    "大学生",
    "中学生",
    "小学生",
    "青少年",
    "新市民",
    "民警",
    "司机",
    "乡贤",
    "老干部",
    "利害关系人",
    "服务对象",
    "经办人",
    "嘉宾",
    "观众",
    "听众",
    "读者",
    "访客",
    "主持人",
    "骑手",
    "快递员",
    "外卖员",
    "医生",
    "护士",
    "社工",
    "网格员",
    "楼组长",
]
"""Kinds of people; also the end of what a group is called (园区企业代表)."""
_ROLES = [
    "老师",
    "先生",
    "女士",
    "同志",
    "主任",
    "副主任",
    "书记",
    "副书记",
    "科长",
    "处长",
    "局长",
    "校长",
    "院长",
    "所长",
    "站长",
    "队长",
    "经理",
    "总经理",
    "董事长",
    "顾问",
    "待定",
    "未定",
    "不详",
    "匿名",
    "某某",
    "无",
    "其他",
]
"""What stands for a person only behind a surname (张老师 is somebody), or for nobody."""
_QUALIFIERS = [
    "某",
    "本",
    "各",
    "区",
    "市",
    "镇",
    "乡",
    "县",
    "街道",
    "街镇",
    "社区",
    "小区",
    "园区",
    "校区",
    "辖区",
    "本区",
    "全区",
    "本市",
    "人大",
    "政协",
    "工会",
    "残疾",
    "退休",
    "退役",
    "在校",
    "大学",
    "中学",
    "小学",
    "高校",
    "学校",
    "民营",
    "民企",
    "国企",
    "外企",
    "小微",
    "行业",
    "专业",
    "科技",
    "科研",
    "医疗",
    "教育",
    "法律",
    "社会",
    "基层",
    "一线",
    "普通",
    "个体",
    "商业",
    "物业",
    "商圈",
    "居委",
    "村委",
    "居委会",
    "村委会",
    "特邀",
    "受邀",
    "利益",
    "相关",
    "周边",
    "沿线",
    "附近",
    "参会",
    "列席",
    "旁听",
    "候补",
    "办事",
    "受影响",
    "新就业",
    "外卖",
    "快递",
    "货运",
    "养老",
    "育儿",
    "新闻",
    "人民",
    "群团",
]
_BODIES = [
    "居委会",
    "村委会",
    "委员会",
    "管委会",
    "居委",
    "村委",
    "业委会",
    "办事处",
    "公司",
    "集团",
    "银行",
    "医院",
    "学校",
    "小学",
    "中学",
    "大学",
    "高中",
    "初中",
    "幼儿园",
    "学院",
    "街道",
    "社区",
    "园区",
    "小区",
    "中心",
    "协会",
    "商会",
    "学会",
    "联合会",
    "工会",
    "研究院",
    "研究所",
    "事务所",
    "派出所",
    "办公室",
    "政府",
    "党委",
    "支部",
    "合作社",
    "服务站",
    "工作站",
    "图书馆",
    "文化馆",
    "博物馆",
    "体育馆",
    "检察院",
    "法院",
]
"""How an institution's name ends."""
_SHORT_BODIES = [
    "街镇",
    "律所",
    "区委",
    "区府",
    "区办",
    "团委",
    "团区委",
    "妇联",
    "残联",
    "科协",
    "侨联",
    "文联",
    "工商联",
    "红十字会",
    "公安",
    "城管",
    "交警",
    "消防",
    "税务",
    "海关",
]


_BEFORE = frozenset((*_QUALIFIERS, *_GROUPS))
_LAST = frozenset((*_GROUPS, *_ROLES, *_BODIES, *_SHORT_BODIES))
_AT_THE_END = frozenset((*_GROUPS, *_BODIES, "局", "区", "县"))
_OF_A_PLACE = ("区", "市", "镇", "县", "街道")
_BODY_ENDINGS = tuple("委办院会联所处科站队馆部厂社校")
SAID = "“{name}”是群体、身份或单位，不是姓名"
INSTEAD = "请写在“类别”里；不便写姓名的可写 代表1。"


@lru_cache(maxsize=4096)
def is_no_name(name: str) -> bool:
    """Whether ``name`` is what a group, a role or an institution is called, and no person.

    >>> [is_no_name(name) for name in ("居民代表", "区医保局", "居民20人", "张老师", "欧阳建国", "代表1")]
    [True, True, True, False, False, False]
    """
    name = "".join(name.split())
    # Most names are of letters alone: the expressions are made when they are needed, not at every start.
    parts = [name] if name.isalpha() and "以及" not in name else re.split(_BETWEEN, name)
    parts = [part if _COUNTED.isdisjoint(part) else re.sub(_COUNT, "", part) for part in parts]
    parts = [part for part in parts if part]
    return bool(parts) and all(_is_made_of_words(part) or _is_a_body(part) for part in parts)


def _is_made_of_words(part: str) -> bool:
    """Whether it is qualifiers and groups one behind the other (本区 企业 居民), the last a group, a role or a body."""
    reached = {0}
    for start in range(len(part)):
        if start in reached:
            if part[start:] in _LAST:
                return True
            reached |= {end for end in range(start + 1, len(part)) if part[start:end] in _BEFORE}
    return False


def _is_a_body(part: str) -> bool:
    """Whether it ends as groups and institutions do: 罗店镇居民, 区医保局, 街道办, 某某县."""
    if part.startswith(_OF_A_PLACE) and part.endswith(_BODY_ENDINGS):
        place = next(place for place in _OF_A_PLACE if part.startswith(place))
        if len(part) > len(place) + 1:
            return True
    return any(part[start:] in _AT_THE_END for start in range(2, len(part)))


def names_nobody(name: str) -> bool:
    """Whether nobody can be found by ``name``: a group, or one counted off (代表甲, 居民代表2, 家长A).

    >>> [names_nobody(name) for name in ("代表甲", "居民代表2", "居民代表", "张三")]
    [True, True, True, False]
    """
    return is_no_name(name) or is_no_name(re.sub(_ORDINAL, "", name.strip()))


def place_names(places: Iterable[Unit | Venue | School]) -> frozenset[str]:
    """What units, venues and schools are called; of their aliases those that are longer than a usual name of two."""
    found: set[str] = set()
    for place in places:
        found.add(place.name)
        if isinstance(place, Unit):
            found |= {alias for alias in place.aliases if len(alias) > 2}
    return frozenset("".join(name.split()) for name in found)


def refused_name(name: str, places: Collection[str]) -> str:
    """Why ``name`` cannot be that of a delegate, without a full stop; "" where it can."""
    is_place = "".join(name.split()) in places
    return SAID.format(name=name) if is_place or is_no_name(name) else ""
