"""样式表：由主题的颜色与字号写成，一处。

Traps of Qt style sheets that this text avoids: a spin box keeps its default buttons; line edits inside spin
and date boxes are reset; the arrow of a combo box is supplied as a picture.
"""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import Protocol

from PySide6.QtGui import QColor

RESOURCES = Path(__file__).parent / "resources"


class SheetLook(Protocol):
    """What the style sheet is written from: the theme as it is now."""

    scale: float

    @property
    def dark(self) -> bool:
        """Whether the dark colours are used."""

    def color(self, name: str) -> QColor:
        """The colour called ``name`` in ``tokens.json``."""

    def size(self, name: str) -> int:
        """The size called ``name`` in ``tokens.json``, at 100 %."""


_COLORS = (
    "window", "surface", "surfaceAlt", "raised", "rail", "railInk", "railInkActive", "railActive", "ink", "ink2", "ink3",
    "border", "grid", "gridStrong", "controlBorder", "hover", "selected", "primary", "primaryFill", "primaryHover",
    "onPrimary", "focus", "success", "successBg", "successLine", "warning", "warningBg", "warningLine", "danger",
    "dangerBg", "dangerLine", "info", "infoBg", "infoLine", "hatch",
)  # fmt: skip

_TEXT = Template("""
* { outline: none; }
QWidget { color: $ink; font-family: "Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC"; font-size: ${s14}px; }
QMainWindow { background: $window; }
QDialog { background: $surface; }
QToolTip { background: $raised; color: $ink; border: 1px solid $controlBorder; padding: 6px 8px; }
QMenuBar { background: $surface; border-bottom: 1px solid $border; padding: 1px 14px; }
QMenuBar::item { padding: 4px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QMenu { background: $raised; border: 1px solid $controlBorder; padding: 4px; }
QMenu::item { padding: 5px 28px 5px 24px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $hatch; }
QMenu::separator { height: 1px; background: $border; margin: 4px 8px; }
QStatusBar { background: $surface; border-top: 1px solid $border; color: $ink2; }
QStatusBar::item { border: none; }
QStatusBar QLabel { font-size: ${s12}px; color: $ink2; padding: 0 10px; }
QStatusBar QLabel[mark="demo"] { color: $warning; font-weight: 700; }
QStatusBar QLabel[mark="bad"] { color: $danger; font-weight: 700; }

QPushButton { background: $surface; border: 1px solid $controlBorder; border-radius: 5px; padding: 0 13px;
    min-height: ${control}px; font-weight: 700; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selected; }
QPushButton:disabled { color: $hatch; border-color: $border; background: $surfaceAlt; }
QPushButton[kind="primary"] { background: $primaryFill; border-color: $primaryFill; color: $onPrimary; }
QPushButton[kind="primary"]:hover { background: $primaryHover; border-color: $primaryHover; }
QPushButton[kind="primary"]:disabled { background: $surfaceAlt; border-color: $border; color: $hatch; }
QPushButton[kind="danger"] { color: $danger; border-color: $dangerLine; }
QPushButton[kind="danger"]:disabled { color: $hatch; border-color: $border; }
QPushButton[kind="flat"] { border-color: transparent; background: transparent; color: $primary; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="segment"] { font-weight: 400; }
QPushButton[kind="segment"]:checked { background: $primaryFill; border-color: $primaryFill; color: $onPrimary;
    font-weight: 700; }
QPushButton[kind="segment"]:disabled { color: $hatch; }
QPushButton[kind="segment"]:checked:disabled { background: $controlBorder; border-color: $controlBorder; color: $surface; }
QPushButton[small="true"] { min-height: ${controlSmall}px; padding: 0 9px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 3px; }
QToolButton:hover { background: $hover; }

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QDateEdit, QTimeEdit, QSpinBox { background: $surface;
    border: 1px solid $controlBorder; border-radius: 5px; min-height: ${control}px; selection-background-color: $primaryFill;
    selection-color: $onPrimary; }
QLineEdit { padding: 0 8px; }
QPlainTextEdit, QTextEdit { padding: 4px; }
QComboBox { padding: 0 8px; }
QSpinBox, QDateEdit, QTimeEdit { padding: 0 0 0 5px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QDateEdit:focus, QTimeEdit:focus,
QSpinBox:focus { border: 2px solid $focus; }
QLineEdit:focus { padding: 0 7px; }
QComboBox:focus { padding: 0 7px; }
QLineEdit:disabled, QComboBox:disabled, QDateEdit:disabled, QTimeEdit:disabled, QSpinBox:disabled,
QPlainTextEdit:disabled { background: $surfaceAlt; color: $hatch; border-color: $border; }
QLineEdit[state="error"], QDateEdit[state="error"], QComboBox[state="error"], QPlainTextEdit[state="error"] {
    background: $dangerBg; border-color: $danger; }
QLineEdit[state="warning"], QComboBox[state="warning"] { background: $warningBg; border-color: $warningLine; }
QSpinBox QLineEdit, QDateEdit QLineEdit, QTimeEdit QLineEdit, QComboBox QLineEdit { border: none; background: transparent;
    min-height: 0; padding: 0 4px; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QDateEdit::drop-down { border: none; width: 26px; }
QSpinBox::up-button, QSpinBox::down-button, QTimeEdit::up-button, QTimeEdit::down-button { border: none; width: 20px;
    background: transparent; }
QSpinBox::up-arrow, QTimeEdit::up-arrow { image: url("$up"); width: 10px; height: 10px; }
QSpinBox::down-arrow, QTimeEdit::down-arrow { image: url("$arrow"); width: 10px; height: 10px; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $controlBorder; selection-background-color: $selected;
    selection-color: $ink; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QListView::indicator, QTableView#Ticks::indicator { width: 16px; height: 16px;
    border: 1px solid $controlBorder; border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTableView#Ticks::indicator:checked {
    background: $primaryFill; border-color: $primaryFill;
    image: url("$tick"); }
QCheckBox:disabled, QRadioButton:disabled { color: $hatch; }
QCheckBox::indicator:disabled { border-color: $border; background: $surfaceAlt; }
QCheckBox::indicator:checked:disabled { background: $controlBorder; border-color: $controlBorder; }
QRadioButton { spacing: 8px; }
QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid $controlBorder; border-radius: 9px;
    background: $surface; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 5px solid $primaryFill; background: $onPrimary; }
QRadioButton::indicator:disabled { border-color: $border; background: $surfaceAlt; }

QLabel[role="page"] { font-family: "Noto Serif SC"; font-size: ${s22}px; font-weight: 700; }
QLabel[role="panel"] { font-family: "Noto Serif SC"; font-size: ${s18}px; font-weight: 700; }
QLabel[role="heading"] { font-size: ${s16}px; font-weight: 700; }
QLabel[role="clause"] { font-family: "Noto Serif SC"; font-size: ${s16}px; font-weight: 400; }
QLabel[role="secondary"] { font-size: ${s13}px; color: $ink2; }
QLabel[role="caption"] { font-size: ${s12}px; color: $ink3; }
QLabel[role="strong"] { font-weight: 700; }
QLabel[role="count"] { font-size: ${s13}px; color: $success; }
QLabel[role="error"] { font-size: ${s12}px; color: $danger; }
QLabel[role="warning"] { font-size: ${s12}px; color: $warning; }
QLabel[role="good"] { font-size: ${s12}px; color: $success; }

QTableView, QListView, QTreeView { background: $surface; alternate-background-color: $surfaceAlt; gridline-color: $grid;
    border: 1px solid $border; selection-background-color: $selected; selection-color: $ink; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 2px solid $focus; }
QHeaderView::section { background: $surfaceAlt; color: $ink2; border: none; border-right: 1px solid $grid;
    border-bottom: 1px solid $gridStrong; padding: 5px 8px; font-weight: 700; }
QTableCornerButton::section { background: $surfaceAlt; border: none; }
QScrollArea { border: none; background: transparent; }
QScrollBar:vertical { background: $surfaceAlt; width: 12px; margin: 0; }
QScrollBar:horizontal { background: $surfaceAlt; height: 12px; margin: 0; }
QScrollBar::handle { background: $controlBorder; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { background: $grid; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: $primaryFill; border-radius: 3px; }
QCalendarWidget QToolButton { color: $ink; font-weight: 700; }
QCalendarWidget QAbstractItemView { border: none; min-height: 180px; selection-background-color: $primaryFill;
    selection-color: $onPrimary; }

QWidget#Rail { background: $rail; }
QFrame#Card { background: $surface; border: 1px solid $border; border-radius: 8px; }
QLabel#KeyCap { background: $surfaceAlt; border: 1px solid $border; border-radius: 4px; padding: 1px 7px; }
QPlainTextEdit#ClauseText { border: none; border-radius: 0; padding: 12px 24px; font-family: "Noto Serif SC"; font-size: ${s16}px; }
QFrame#Line { background: $grid; border: none; }
QFrame#RuleBox { background: $surfaceAlt; border-top: 1px solid $grid; }
QFrame#Footer { background: $surface; border-top: 1px solid $border; }
QFrame#Bar[kind="danger"] { background: $dangerBg; border: 1px solid $dangerLine; border-radius: 5px; }
QFrame#Bar[kind="warning"] { background: $warningBg; border: 1px solid $warningLine; border-radius: 5px; }
QFrame#Bar[kind="info"] { background: $infoBg; border: 1px solid $infoLine; border-radius: 5px; }
QFrame#Bar QLabel { color: $ink; background: transparent; }
QFrame#PageHeader, QFrame#FilterBar { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame#TodoPanel { background: $surfaceAlt; border: none; border-left: 1px solid $border; }
QFrame#CalendarPanel { background: $surfaceAlt; border: none; border-left: 1px solid $border; }
QWidget#CalendarPanelContent { background: $surfaceAlt; }
QListView#AgendaView, QListView#AgendaView:focus { border: none; background: $surface; }
QFrame#Drawer { background: $surfaceAlt; border: none; border-left: 1px solid $gridStrong; }
QWidget#EmptyState { background: $surface; }
QFrame#TodoPanel QWidget#EmptyState { background: transparent; }
QListView#TodoList, QListView#TodoList:focus { border: none; background: transparent; }
QWidget#FirstRun, QWidget#SettingsPage { background: $surface; }
QLineEdit#SearchLine, QLineEdit#SearchLine:focus { border: none; border-radius: 7px; background: transparent;
    min-height: ${search}px; padding: 0 10px; font-size: ${s16}px; }
QListView#SearchList, QListView#SearchList:focus { border: none; background: transparent; }
QWidget#NewYear { background: $window; }
QFrame#Card[chosen="true"] { border: 2px solid $primary; }
QTableView#StageTable, QTableView#StageTable:focus { border: none; border-bottom: 1px solid $border; }
QTableView#StageTable QHeaderView { background: $surfaceAlt; }
QTableView#StageTable QHeaderView::section { border: none; font-size: ${s13}px; font-weight: 700; color: $ink; padding: 0 6px; }
QTableView#StageTable QHeaderView::section:first { padding-left: 16px; }
QTableView#DetailTable, QTableView#DetailTable:focus { border: none; border-top: 1px solid $border; }
QTableView#DetailTable QHeaderView { background: $surfaceAlt; }
QTableView#DetailTable QHeaderView::section { border: none; font-size: ${s12}px; padding: 0 8px; }
QFrame#DetailPane { background: $surface; }
QTableView#Backups { border-radius: 5px; }
QTableView#Backups::item, QTableView#SummaryTable::item { padding: 0 8px; }
QDialog#Proposal { border: 1px solid $controlBorder; }
QFrame#ProposalHead { background: $surface; border: none; border-bottom: 1px solid $border; }
QFrame#ProposalBand { background: $surfaceAlt; border: none; border-bottom: 1px solid $border; }
QFrame#ProposalDetail { background: $surface; border: none; border-left: 1px solid $border; }
QFrame#ProposalFoot { background: $surfaceAlt; border: none; border-top: 1px solid $border; }
QFrame#OpenBox { background: $surfaceAlt; border: 1px solid $border; border-radius: 8px; }
QTableView#ProposalTable, QTableView#ProposalTable:focus { border: none; }
QTableView#ProposalTable QHeaderView { background: $surfaceAlt; }
QTableView#ProposalTable QHeaderView::section { background: $surfaceAlt; border: none; padding: 0; color: $ink2;
    font-size: ${s13}px; }
QTableView#ProposalTable QHeaderView::section:first { padding-left: 41px; }
QDialog#Proposal QPushButton { font-weight: 400; }
QDialog#Proposal QPushButton[kind="primary"] { font-weight: 700; }
QTreeView#Ledger, QTreeView#Ledger:focus { border: none; }
QTreeView#Ledger QHeaderView { background: $surfaceAlt; }
QTreeView#Ledger QHeaderView::section { font-size: ${s13}px; padding: 0 8px; }
QTreeView#Ledger QHeaderView::down-arrow, QTreeView#Ledger QHeaderView::up-arrow { width: 10px; height: 10px; }
QTreeView#Ledger QHeaderView::down-arrow { image: url("$arrow"); }
QTreeView#Ledger QHeaderView::up-arrow { image: url("$up"); }
QComboBox[set="true"] { background: $infoBg; border-color: $primary; }
QPushButton[kind="plain"], QFrame#Inspector QPushButton[kind="danger"] { font-weight: 400; }
QPushButton[kind="chip"] { font-weight: 400; border: none; padding: 0 4px; }
QFrame#EvidenceList { background: $surfaceAlt; border: 1px dashed $controlBorder; border-radius: 6px; }
QFrame#EvidenceList[over="true"] { background: $selected; border: 2px dashed $primary; }
QFrame#UnitChips { background: $surface; border: 1px solid $controlBorder; border-radius: 5px; }
QFrame#UnitChips[state="error"] { border-color: $danger; }
QFrame#UnitChips QLineEdit { border: none; min-height: ${controlSmall}px; }
QFrame#Inspector QLineEdit:disabled, QFrame#Inspector QComboBox:disabled, QFrame#Inspector QDateEdit:disabled,
QFrame#Inspector QTimeEdit:disabled { color: $ink2; }
QFrame#Inspector { background: $surface; border: none; border-left: 1px solid $border; }
QFrame#RulesClauses { background: $surface; border: none; border-right: 1px solid $border; }
QPushButton[kind="link"] { font-size: ${s12}px; font-weight: 400; border: none; background: transparent;
    color: $primary; padding: 0 2px; min-height: 0; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QFrame#ExportOptions { background: $surface; border: none; border-right: 1px solid $border; }
QFrame#RulesSide { background: $surface; border: none; border-left: 1px solid $border; }
QWidget#RulesSideContent { background: $surface; }
QScrollArea#FindingsPane, QWidget#FindingsContent { background: $window; }
QWidget#FindingsContent QWidget#EmptyState { border: 1px solid $border; border-radius: 8px; }
QFrame#FoldedBox { background: $surface; border: 1px solid $border; border-radius: 8px; }
QListView#ClauseList, QListView#ClauseList:focus, QListView#FlatList, QListView#FlatList:focus { border: none;
    background: transparent; }
QFrame#Toast { background: $toast; border-radius: 6px; }
QFrame#Toast QLabel { color: $onToast; }
QFrame#Toast QPushButton { background: transparent; border: 1px solid $toastLine; color: $toastLink; }
QFrame#Toast QPushButton:hover { background: $toastHover; }
""")


def stylesheet(theme: SheetLook) -> str:
    """The application's style sheet in the theme's present colours and text size."""
    values = {name: theme.color(name).name() for name in _COLORS}
    values |= {f"s{size}": str(round(size * theme.scale)) for size in (12, 13, 14, 16, 18, 22)}
    values["control"] = str(round((theme.size("control") - 2) * theme.scale))
    values["controlSmall"] = str(round((theme.size("controlSmall") - 2) * theme.scale))
    values["search"] = str(round(46 * theme.scale))
    suffix = "dark" if theme.dark else "light"
    values["arrow"] = (RESOURCES / f"arrow-{suffix}.svg").as_posix()
    values["up"] = (RESOURCES / f"arrow-up-{suffix}.svg").as_posix()
    values["tick"] = (RESOURCES / "tick.svg").as_posix()
    values |= {"toast": "#18212D", "onToast": "#FFFFFF", "toastLine": "#4A5A70", "toastLink": "#8DBBF2"}
    values["toastHover"] = "#2A3646"
    return _TEXT.substitute(values)
