"""export json：姓名与电话默认遮住，--unmask 写全并记下；并回来时原有的姓名与电话不变。"""

from __future__ import annotations

import json

from models.domain.attendance import Delegate
from models.queries import year_snapshot
from models.store import open_store
from tests.headless.conftest import Office

NAME, PHONE = "欧阳标记", "13800001234"


def test_a_package_is_masked_unless_asked_and_what_was_asked_is_logged(office: Office) -> None:
    office.imported()
    masked, plain = office.folder / "masked.json", office.folder / "plain.json"
    assert office.run("export", "json", 2027, "-o", masked).code == 0
    text = masked.read_text(encoding="utf-8")
    assert (NAME in text, PHONE in text, "欧*" in text, "138****1234" in text) == (False, False, True, True)
    assert office.run("export", "json", 2027, "-o", plain, "--unmask").code == 0
    assert NAME in plain.read_text(encoding="utf-8")
    with open_store(office.data) as store:
        rows = store.rows("SELECT kind, name, unmasked FROM export_log")
    assert [tuple(row) for row in rows] == [("package", "plain.json", 1)]


def test_a_masked_package_leaves_known_names_and_phones_alone(office: Office) -> None:
    office.imported()
    masked = office.folder / "masked.json"
    office.run("export", "json", 2027, "-o", masked)
    assert "完全相同" in office.run("import", masked).err
    package = json.loads(masked.read_text(encoding="utf-8"))
    package["delegates"].insert(0, {"key": "p0", "name": "代表1"})
    package["delegates"][1]["group"] = "企业"
    masked.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
    assert office.run("import", masked, "--apply").code == 0
    with open_store(office.data) as store:
        after = year_snapshot(store, 2027).delegates
    assert after == (Delegate("p0", "代表1"), Delegate("p1", NAME, PHONE, "企业"))
