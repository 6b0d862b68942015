"""选一份印发稿，落款就是它印发的那天；自己定的日子不动。"""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from exports.prints import PrintKind, PrintOptions, ReleaseMark, options_of
from gui.exporting.print_form import PrintChoice, PrintFacts, PrintForm
from gui.kit.choices import Choice

TODAY, THEN, OWN = date(2027, 6, 15), date(2027, 6, 1), date(2027, 5, 4)
MARK = ReleaseMark(1, "一稿", THEN, "a" * 64)


@pytest.mark.parametrize(
    ("set_to", "released", "draft"), [(TODAY, THEN, TODAY), (OWN, OWN, OWN), (None, None, None)]
)
def test_a_release_is_dated_with_its_own_day(
    qtbot: QtBot, themed: None, set_to: date | None, released: date | None, draft: date | None
) -> None:
    form = PrintForm(options_of(PrintKind.QUARTER), PrintFacts(2027, TODAY, (), (MARK,)))
    qtbot.addWidget(form)
    form.show_choice(PrintChoice(PrintOptions(quarter=3, issued_on=set_to)))
    (versions,) = (one for one in form.findChildren(Choice) if one.accessibleName() == "哪一稿")
    for wanted, day in ((MARK, released), (None, draft)):
        versions.choose(wanted)
        versions.activated.emit(versions.currentIndex())
        options = form.choice().options
        assert (options.release, options.issued_on) == (wanted, day)
