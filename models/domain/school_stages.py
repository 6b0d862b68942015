"""学段：条文所说的小学、初中、高中，以及本单位另加的一贯制、中职。"""

from collections.abc import Iterable
from datetime import date

from models.domain.dated_settings import settings_on
from models.domain.events import SchoolStage
from models.domain.year import Year

STAGES_SETTING = "campus.stages"
BASIC_STAGES = (SchoolStage.PRIMARY, SchoolStage.JUNIOR, SchoolStage.SENIOR)
"""The stages that the document names (小、初、高)."""


def stages_named(words: str) -> tuple[SchoolStage, ...]:
    """The stages in a list such as 小学、初中; words that name none are left out.

    >>> [stage.label for stage in stages_named("小学、中职、大学")]
    ['小学', '中职']
    """
    named = {word.strip() for word in words.split("、")}
    return tuple(stage for stage in SchoolStage if stage.label in named)


def stages_of_year(year: Year) -> tuple[SchoolStage, ...]:
    """The stages that count in ``year``, at the end of it: as set, else the basic ones."""
    return (
        stages_named(str(settings_on(year.settings, date(year.year, 12, 31)).get(STAGES_SETTING) or ""))
        or BASIC_STAGES
    )


def with_stages(stages: Iterable[SchoolStage], more: Iterable[SchoolStage]) -> tuple[SchoolStage, ...]:
    """Both, in the usual order."""
    wanted = {*stages, *more}
    return tuple(stage for stage in SchoolStage if stage in wanted)
