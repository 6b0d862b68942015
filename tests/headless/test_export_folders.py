"""export letters、invitations、change-files：一叠文件写进一个文件夹。"""

from __future__ import annotations

from pathlib import Path

import pytest

from exports.ical_reading import read_calendar
from models.export_log import recent_exports
from models.store import open_store
from tests.exports.office_reading import word_text
from tests.exports.pdf_reading import squeezed
from tests.headless.conftest import SMALL_YEAR, Office

FIRST, SECOND = SMALL_YEAR["events"]
NAME = "欧阳标记"
CASE = {
    "meetings": [
        {"key": "m1", "body": "区政府常务会议", "number": "第8次", "starts_at": "2027-04-22T09:30"},
    ],
    "decisions": [{"key": "d1", "title": "养老设施规划", "meeting": "m1", "unit": "sf"}],
    "delegates": [{"key": "p1", "name": NAME, "group": "居民"}, {"key": "p2", "name": "赵缺席"}],
    "invitations": [
        {
            "key": "i1",
            "decision": "d1",
            "delegate": "p1",
            "invited_on": "2027-04-12",
            "attendance": "present",
        },
        {"key": "i2", "decision": "d1", "delegate": "p2", "invited_on": "2027-04-12", "attendance": "absent"},
    ],
    "opinions": [
        {
            "key": "o1",
            "decision": "d1",
            "delegate": "p1",
            "text": "多设几处。",
            "outcome": "adopted",
            "decided_on": "2027-04-30",
        }
    ],
}
MAIL = {"calendar.organizer": "zwgk@example.org", "mail:sf": "sf@example.org"}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.mark.parametrize(("suffix", "read"), [("docx", word_text), ("pdf", squeezed)])
def test_letters_are_masked_unless_asked(office: Office, suffix: str, read) -> None:  # type: ignore[no-untyped-def]
    office.imported(**CASE)
    folder = office.folder / "函"
    run = ("export", "letters", 2027, "--decision", "养老设施规划", "--format", suffix, "-o", folder)
    answer = office.run(*run)
    assert answer == (0, "", f"已导出邀请函 2 份：{folder}\n")
    names = [f"邀请函-养老设施规划-{number:02d}.{suffix}" for number in (1, 2)]
    assert list(files(folder)) == names
    text = read(files(folder)[names[0]])
    assert (NAME in text, "欧*代表" in text, "列席会议邀请函" in text) == (False, True, True)
    answer = office.run(*run, "--feedback", "--unmask", "--date", "2027-05-06")
    assert (answer.code, NAME in answer.err) == (0, False)
    assert "没有写给赵*代表没有到会，没有可以反馈的意见。" in answer.err
    (name,) = set(files(folder)) - set(names)  # the absent one gets none
    assert name == f"反馈函-养老设施规划-01-{NAME}.{suffix}"
    assert f"{NAME}代表" in read(files(folder)[name])
    with open_store(office.data, read_only=True) as store:
        (logged,) = recent_exports(store, 2027, 9)
    assert (logged.kind, logged.name, logged.unmasked) == ("letters", "反馈函：养老设施规划（1 份）", True)


def test_a_feedback_letter_is_refused_with_the_reason_where_nothing_is_to_be_fed_back(office: Office) -> None:
    unrecorded, absent = ({**row} for row in CASE["invitations"])
    del unrecorded["attendance"]
    office.imported(**(CASE | {"invitations": [unrecorded, absent], "opinions": []}))
    run = ("export", "letters", 2027, "--decision", "d1", "--feedback", "-o", office.folder / "函")
    answer = office.run(*run)
    assert (answer.code, NAME in answer.err, (office.folder / "函").exists()) == (2, False, False)
    assert "欧*代表还没有登记是否到会，也没有登记意见；赵*代表没有到会" in answer.err
    office.imported(**(CASE | {"invitations": [unrecorded]}))
    answer = office.run(*run, "--date", "2027-04-29")  # the opinion was answered on the 30th
    assert (answer.code, "早于函里写到的意见办理日期（2027年4月30日）" in answer.err) == (2, True)
    assert not (office.folder / "函").exists()
    closing = ("--issuer", "区政务公开办", "--contact", "李明", "--phone", "56560000", "--seal")
    assert office.run(*run, "--date", "2027-05-06", *closing).code == 0
    (data,) = files(office.folder / "函").values()
    text = word_text(data)
    assert "感谢您列席" not in text
    assert "感谢您于" not in text
    assert (
        text.index("区政务公开办")
        < text.index("2027年5月6日")
        < text.index("（联系人：李明；电话：56560000）")
    )


def test_letters_without_a_known_decision_or_anybody_are_refused(office: Office) -> None:
    office.imported(decisions=[{"key": "d1", "title": "养老设施规划"}])
    for word, reason in (("d7", "没有决策事项“d7”"), ("d1", "还没有可以写给的代表")):
        answer = office.run("export", "letters", 2027, "--decision", word, "-o", office.folder / "函")
        assert (answer.code, reason in answer.err) == (2, True)
    assert not (office.folder / "函").exists()


def test_invitations_are_a_file_an_event_and_say_who_has_no_address(office: Office) -> None:
    office.imported(settings=MAIL, events=[FIRST, SECOND | {"lead_units": ["gc"]}])
    folder = office.folder / "邀请"
    answer = office.run("export", "invitations", 2027, "-o", folder)
    left = "注意：1 项没有写，有关单位都没有填邮箱：“普法宣传”"
    assert answer == (0, "", f"{left}\n已导出邀请文件：{folder}：写了 1 个\n")
    (data,) = files(folder).values()
    assert b"METHOD:REQUEST" in data
    answer = office.run("export", "invitations", 2027, "--campaign", "park", "-o", folder)
    assert (answer.code, "没有可以写出的邀请" in answer.err) == (2, True)


def test_change_files_are_a_calendar_a_unit_and_count_on(office: Office) -> None:
    office.imported()
    folder = office.folder / "变更"
    run = ("export", "change-files", 2027, "-o", folder)
    assert (office.run(*run).code, folder.exists()) == (2, False)  # nothing was released yet
    assert office.run("release", 2027).code == 0
    office.imported(events=[FIRST | {"starts_at": "2027-06-18T14:00", "ends_at": "2027-06-18T16:00"}, SECOND])
    answer = office.run(*run)
    assert answer == (0, "", f"已导出变更文件：{folder}：1 项改动，写了 1 个单位的文件\n")
    assert list(files(folder)) == ["2027年活动变更（区司法局）.ics"]
    (data,) = files(folder).values()
    (event,) = read_calendar(data).components
    assert (str(event.moment("DTSTART")), event.sequence) == ("2027-06-18 14:00:00", 1)


def test_a_meeting_that_moves_is_in_the_file_of_the_unit_that_has_to_go(office: Office) -> None:
    office.imported(**CASE)
    folder = office.folder / "变更"
    assert office.run("release", 2027).code == 0
    (meeting,), (decision,) = CASE["meetings"], CASE["decisions"]
    moved = {**meeting, "starts_at": "2027-04-29T14:00"}
    office.imported(**(CASE | {"meetings": [moved]}))
    answer = office.run("export", "change-files", 2027, "-o", folder)
    assert answer == (0, "", f"已导出变更文件：{folder}：1 项改动，写了 1 个单位的文件\n")
    ((name, data),) = files(folder).items()
    assert name == "2027年活动变更（区司法局）.ics"
    (sitting,) = read_calendar(data).components
    assert (sitting.value("SUMMARY"), str(sitting.moment("DTSTART"))) == (
        "公众代表列席：区政府常务会议第8次",
        "2027-04-29 14:00:00",
    )
    assert "列席事项：养老设施规划（区司法局）" in sitting.value("DESCRIPTION")
    assert NAME not in data.decode()

    office.imported(**(CASE | {"meetings": [moved], "decisions": [{**decision, "unit": "gc"}]}))
    assert office.run("export", "change-files", 2027, "-o", folder).code == 0
    (old,), (new,) = (
        read_calendar(files(folder)[f"2027年活动变更（{unit}）.ics"]).components
        for unit in ("区司法局", "顾村镇")
    )
    assert (old.value("STATUS"), new.value("STATUS")) == ("CANCELLED", "CONFIRMED")
    assert old.value("UID") == new.value("UID") == sitting.value("UID")
    assert old.sequence > sitting.sequence


def test_a_unit_whose_changes_are_in_no_calendar_is_named(office: Office) -> None:
    undated = {
        "key": "A003",
        "campaign": "park",
        "title": "科技园专场",
        "status": "planned",
        "lead_units": ["gc"],
    }
    office.imported()
    assert office.run("release", 2027).code == 0
    later = {**FIRST, "starts_at": "2027-06-18T14:00", "ends_at": "2027-06-18T16:00"}
    office.imported(events=[later, SECOND, undated])
    answer = office.run("export", "change-files", 2027, "-o", office.folder / "变更")
    assert answer.code == 0
    assert "1 项改动没有日期或还是草拟，不进日历" in answer.err
    assert "顾村镇的改动都不进日历，没有文件，请只凭变更通知告知" in answer.err


def test_a_folder_that_cannot_be_made_is_said(office: Office) -> None:
    office.imported(**CASE)
    target = office.folder / "没有" / "函"
    answer = office.run("export", "letters", 2027, "--decision", "d1", "-o", target)
    assert (answer.code, f"没有写入“{target}”" in answer.err) == (3, True)
