"""豁免：已经结束的周期，数据包也不能补登；没有导入任何内容，话里说明是哪一段、改做什么。"""

from __future__ import annotations

from tests.headless.conftest import Office

JANUARY = {"rule": "lecture.monthly", "first": "2024-01-01", "last": "2024-01-31", "reason": "停办"}


def test_a_package_cannot_exempt_a_period_that_is_over(office: Office) -> None:
    office.imported(year=2024, events=[])
    late = office.package(
        "补登.json", year=2024, events=[], exemptions=[JANUARY], quarter_themes={"1": "新主题"}
    )
    answer = office.run("import", late, "--apply")
    assert answer.code != 0
    assert "2024-01-01 至 2024-01-31 这个周期已经结束，不能再登记豁免（停办）" in answer.err
    assert "请改为登记说明" in answer.err
    checked = office.run("check", 2024, "--today", "2024-06-15").out
    assert "公开讲堂：1月✗" in checked
