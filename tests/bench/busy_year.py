"""忙的一年：12 项决策、40 名代表、46 场开放月、30 份政策文件，加在示例年度之上。"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models.domain.attendance import Attendance, Decision, Delegate, Invitation, Meeting, Opinion, Outcome
from models.domain.changes import RowChange
from models.domain.policies import PolicyDocument
from models.domain.snapshot import Item, ItemKind
from tests.factories import sample

DECISIONS, DELEGATES, POLICIES = 12, 40, 30
GROUPS = ("居民", "企业", "学生家长", "学校")


def more_of_everything() -> list[RowChange]:
    """What makes the sample (8 decisions, 8 delegates, 46 open-month events) the busy year."""
    made: list[tuple[ItemKind, Item]] = []
    for n in range(DECISIONS - 8):
        day = datetime(2027, 4, 5, 9, 30) + timedelta(days=14 * n)
        made.append((ItemKind.MEETING, Meeting(f"bm{n}", "区政府常务会议", f"第{30 + n}次", day)))
        title = f"城市更新与公共服务设施布局方案（第{n}项）"
        selected = day.date() - timedelta(days=14)
        made.append((ItemKind.DECISION, Decision(
            f"bd{n}", title, listed_on=date(2027, 1, 18), meeting=f"bm{n}", selected_on=selected,
        )))  # fmt: skip
    for n in range(DELEGATES - 8):
        decision = f"bd{n % (DECISIONS - 8)}"
        made.append(
            (ItemKind.DELEGATE, Delegate(f"bp{n}", f"王小明{n}", f"138{n:08d}", GROUPS[n % 4], "公开报名"))
        )
        made.append((ItemKind.INVITATION, Invitation(
            f"bi{n}", decision, f"bp{n}", date(2027, 3, 25), Attendance.PRESENT,
        )))  # fmt: skip
        text = f"建议第 {n} 条：同步落实接驳交通与无障碍设施"
        made.append(
            (ItemKind.OPINION, Opinion(f"bo{n}", decision, f"bp{n}", text, Outcome.ADOPTED, "已吸收"))
        )
    known = len(sample().policies)
    made += [
        (
            ItemKind.POLICY,
            PolicyDocument(f"by{n}", f"关于进一步做好第{n}项工作的通知", published_on=date(2027, 3, 1)),
        )
        for n in range(POLICIES - known)
    ]
    return [RowChange.of(None, item) for kind, item in made]
