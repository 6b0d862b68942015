"""年度自己的要点：新文件的文号、标题、印发日、全文和各规则引用的原文，存为年度设置，自某日起作数。

The rules' logic stays that of the rule set that the program ships; what a year has of its own is the
document that they quote. Kept as settings of the year it goes through undo, package and copy like
everything else.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

from models.domain.dated_settings import changed_since, name_and_day
from models.domain.rules import Origin, Rule, RuleSet, SettingSpec, Severity
from models.domain.year import Setting

NUMBER, TITLE, ISSUED_ON, YEAR = "document.number", "document.title", "document.issued_on", "document.year"
TEXT = "document.text."
CLAUSE, QUOTE, SEVERITY = "clause:", "quote:", "severity:"
FORMER = "former:"
"""The words that a rule had before, until somebody has decided whether its numbers still fit."""
PIECE = 15_000
"""Characters of the text in one setting."""
MOST_PIECES = 8
LONGEST_DOCUMENT = PIECE * MOST_PIECES
LARGEST_NUMBER = 500
NUMBER_OF = "number:"
"""The number that the document gives for a setting, in place of the one of the rule set."""
_PREFIXES = ("document.", CLAUSE, QUOTE, SEVERITY, FORMER, NUMBER_OF)


class OwnRule(NamedTuple):
    """What a rule quotes in the new document; ``is_hint``: the document asks for it no more.

    ``numbers``: what the document says for settings, taken from its words; they stay until a later one says others.
    ``former``: the words that are no longer in the document, where nobody has yet decided about the numbers.
    """

    code: str
    clause: str
    quote: str
    is_hint: bool = False
    former: str = ""
    numbers: tuple[tuple[str, int], ...] = ()


class OwnDocument(NamedTuple):
    """A document that was taken for ``year``, in place of the one of the rule set."""

    year: int
    number: str
    title: str
    issued_on: date
    text: str
    rules: tuple[OwnRule, ...]


def is_of_document(name: str) -> bool:
    """Whether the setting ``name`` belongs to a year's own document."""
    return name.startswith(_PREFIXES)


def former_name(code: str) -> str:
    """The words that the rule ``code`` had before, while it is not decided whether its numbers still fit."""
    return FORMER + code


def document_settings(
    document: OwnDocument, before: Collection[str] = (), since: date | None = None
) -> dict[str, Setting]:
    """The settings with which ``document`` holds from ``since`` on (None: from 1 January).

    ``before``: the settings that there are. An earlier document among them holds until then; from 1 January on
    it is taken away.
    """
    pieces = [document.text[n : n + PIECE] for n in range(0, len(document.text), PIECE)]
    earlier = {name_and_day(name)[0] for name in before if is_of_document(name)}
    stored = {name_and_day(name)[0] for name in before}
    starts_late = since is not None and since > date(document.year, 1, 1)
    values: dict[str, Setting] = {
        name: "" if starts_late else None
        for name in sorted(earlier)
        if not name.startswith((FORMER, NUMBER_OF))
    }
    values |= {
        NUMBER: document.number,
        TITLE: document.title,
        ISSUED_ON: document.issued_on.isoformat(),
        YEAR: document.year,
        **{f"{TEXT}{number}": piece for number, piece in enumerate(pieces, 1)},
    }
    for rule in document.rules:
        values |= {CLAUSE + rule.code: rule.clause, QUOTE + rule.code: rule.quote}
        for setting, number in rule.numbers:
            values[NUMBER_OF + setting] = number
            if setting in stored:  # what the office had set itself gives way to the document
                values[setting] = number
        if rule.is_hint:
            values[SEVERITY + rule.code] = Severity.HINT.value
    former: dict[str, Setting] = {
        former_name(rule.code): rule.former or None for rule in document.rules if rule.former or rule.is_hint
    }
    return changed_since(before, document.year, values, since) | former


def own_text(settings: Mapping[str, Setting]) -> str:
    """The whole text of the year's own document; "" where it has none."""
    return "".join(str(settings.get(f"{TEXT}{number}") or "") for number in range(1, MOST_PIECES + 1))


def with_own_document(ruleset: RuleSet, year: int, settings: Mapping[str, Setting]) -> RuleSet:
    """``ruleset`` as the document of the year words it; as it is where the year has none.

    A day or year that cannot be read counts as none: nothing else of the check depends on them.
    """
    number, issued_on = settings.get(NUMBER), _day(settings.get(ISSUED_ON))
    if not number or issued_on is None:
        return ruleset
    return ruleset._replace(
        document=str(number),
        title=str(settings.get(TITLE) or ruleset.title),
        issued_on=issued_on,
        rules=tuple(_with_numbers(_with_words(rule, settings), settings) for rule in ruleset.rules),
        settings=tuple(_with_default(spec, settings) for spec in ruleset.settings),
        carried_over=settings.get(YEAR) != year,
    )


def _number_of(setting: str | None, settings: Mapping[str, Setting]) -> int | None:
    value = settings.get(f"{NUMBER_OF}{setting}")
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= LARGEST_NUMBER else None


def _with_numbers(rule: Rule, settings: Mapping[str, Setting]) -> Rule:
    """``rule`` with the numbers that the document gives: they are its own words (原文)."""
    found = (
        one if number is None else one._replace(value=number, origin=Origin.TEXT)
        for one in rule.parameters
        for number in (_number_of(one.setting, settings),)
    )
    return rule._replace(parameters=tuple(found))


def _with_default(spec: SettingSpec, settings: Mapping[str, Setting]) -> SettingSpec:
    if (number := _number_of(spec.name, settings)) is None:
        return spec
    known = not spec.allowed or number in [value for value, _ in spec.allowed]
    allowed = spec.allowed if known else (*spec.allowed, (number, str(number)))
    return spec._replace(default=number, allowed=allowed)


def _with_words(rule: Rule, settings: Mapping[str, Setting]) -> Rule:
    known = rule.code if QUOTE + rule.code in settings else rule.part_of or rule.code
    quote, clause = settings.get(QUOTE + known), settings.get(CLAUSE + known)
    if quote and clause:
        rule = rule._replace(quote=str(quote), clause=str(clause))
    if settings.get(SEVERITY + known) == Severity.HINT.value:
        rule = rule._replace(severity=Severity.HINT)
    return rule._replace(former=str(settings.get(former_name(rule.code)) or ""))


def _day(value: Setting) -> date | None:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None
