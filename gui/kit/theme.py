"""主题：``tokens.json`` → 调色板、样式表与绘图颜色；浅色、深色、跟随系统；文字大小。"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from gui.kit.stylesheet import stylesheet
from models.domain.events import Campaign

TOKENS = Path(__file__).parent / "resources" / "tokens.json"
FONTS = Path(__file__).parents[2] / "exports" / "fonts"
START_FONTS = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf", "NotoSerifSC-Bold.ttf")
CLAUSE_FONT = "NotoSerifSC-Regular.ttf"
UI_FAMILIES = ["Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC"]
SERIF_FAMILIES = ["Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC"]
MODES = ("system", "light", "dark")
SCALES = (1.0, 1.15, 1.3)
_TOKEN_NAMES = {
    Campaign.CAMPUS: "school",
    Campaign.TECH_FORUM: "inquiry",
    Campaign.HOST_MEETING: "inquiry",
    Campaign.OPEN_MONTH: "open",
}


class CampaignColors(NamedTuple):
    """Colours, tile shape and character of a campaign (§1.4: nothing by colour alone)."""

    tile: QColor
    on_tile: QColor
    tint: QColor
    text: QColor
    shape: str
    glyph: str


@lru_cache(maxsize=1)
def tokens() -> dict[str, Any]:
    """The design tokens."""
    read: dict[str, Any] = json.loads(TOKENS.read_text(encoding="utf-8"))
    return read


class ThemeFont(QFont):
    """A font of the theme, not to be changed. ``name`` tells it from the others; Qt makes its own key anew each time."""

    name = ""


class Theme(QObject):
    """The one theme of the application; ``changed`` is emitted when colours or text size are new."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode = "system"
        self._scale = 1.0
        self._dark = False
        self._fonts: dict[tuple[int, bool, bool], ThemeFont] = {}
        self._colors: dict[str, QColor] = {}
        self._campaigns: dict[str, CampaignColors] = {}

    @property
    def dark(self) -> bool:
        """Whether the dark colours are shown."""
        return self._dark

    @property
    def mode(self) -> str:
        """What was chosen: system, light or dark."""
        return self._mode

    @property
    def scale(self) -> float:
        """Text size: 1.0, 1.15 or 1.3."""
        return self._scale

    def choose(self, mode: str | None = None, scale: float | None = None) -> None:
        """Afterwards the chosen colours and text size are shown everywhere."""
        self._mode = mode if mode in MODES else self._mode
        self._scale = scale if scale in SCALES else self._scale
        self._dark = self._mode == "dark" or (self._mode == "system" and _system_is_dark())
        self._fonts.clear()
        self._colors.clear()
        self._campaigns.clear()
        self._apply()
        self.changed.emit()

    def follow_system(self) -> None:
        """Afterwards a change of the system's colours is followed while the mode is system."""
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)

    def _on_system_changed(self) -> None:
        if self._mode == "system":
            self.choose()

    def _apply(self) -> None:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        application.setPalette(self.palette())
        application.setFont(self.font(self.token("font.size.body")))
        application.setStyleSheet(stylesheet(self))

    def color(self, name: str) -> QColor:
        """The colour called ``name`` in the tokens; ``KeyError`` for a name that is not there."""
        if name not in self._colors:
            self._colors[name] = QColor(tokens()["color"]["dark" if self._dark else "light"][name])
        return self._colors[name]

    def campaign(self, campaign: Campaign | str) -> CampaignColors:
        """Colours and tile of a campaign; ``"attend"`` gives those of 公众列席."""
        name = str(_TOKEN_NAMES.get(campaign, campaign) if isinstance(campaign, Campaign) else campaign)
        if name not in self._campaigns:
            token = tokens()["campaign"][name]
            colors = token["dark" if self._dark else "light"]
            self._campaigns[name] = CampaignColors(
                *(QColor(colors[part]) for part in ("tile", "onTile", "tint", "text")),
                token["shape"],
                token["glyph"],
            )
        return self._campaigns[name]

    def font(self, size: int, bold: bool = False, serif: bool = False) -> ThemeFont:  # noqa: FBT001, FBT002
        """A font of ``size`` px at text size 1, weight 400 or 700 only."""
        key = (size, bold, serif)
        if key not in self._fonts:
            if serif and not bold:
                _load_clause_font()
            font = ThemeFont()
            font.setFamilies(SERIF_FAMILIES if serif else UI_FAMILIES)
            font.setPixelSize(round(size * self._scale))
            font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
            font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
            font.name = font.key()
            self._fonts[key] = font
        return self._fonts[key]

    def token(self, path: str) -> Any:
        """The token at a dotted path, e.g. ``size.board.rowHeader``."""
        value: Any = tokens()
        for part in path.split("."):
            value = value[part]
        return value

    def size(self, path: str) -> int:
        """The size token below ``size``, in px."""
        return int(self.token(f"size.{path}"))

    def palette(self) -> QPalette:
        """The application palette of the present colours."""
        role = QPalette.ColorRole
        palette = QPalette()
        for target, name in (
            (role.Window, "window"),
            (role.Base, "surface"),
            (role.AlternateBase, "surfaceAlt"),
            (role.Button, "surface"),
            (role.WindowText, "ink"),
            (role.Text, "ink"),
            (role.ButtonText, "ink"),
            (role.PlaceholderText, "ink3"),
            (role.Highlight, "primaryFill"),
            (role.HighlightedText, "onPrimary"),
            (role.ToolTipBase, "raised"),
            (role.ToolTipText, "ink"),
            (role.Link, "primary"),
            (role.Mid, "border"),
        ):
            palette.setColor(target, self.color(name))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.color("hatch"))
        return palette


def _system_is_dark() -> bool:
    hints = QGuiApplication.styleHints()
    return hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark


@lru_cache(maxsize=1)
def theme() -> Theme:
    """The theme of the application."""
    return Theme()


@lru_cache(maxsize=1)
def install_fonts() -> tuple[str, ...]:
    """Make the bundled fonts known to Qt; the families loaded. Needs a running application."""
    return tuple(family for name in START_FONTS for family in _load(name))


@lru_cache(maxsize=1)
def _load_clause_font() -> None:
    _load(CLAUSE_FONT)


def _load(name: str) -> list[str]:
    return list(QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(FONTS / name))))
