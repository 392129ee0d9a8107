"""The story of the sample: on which stage it plays, and what its people say, from the short writing of sample.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from data.sample.generate import go_live
from program.runs import GivenAnswer, GivenView
from program.values import Actor

WORDS = {"d": "dont_know", "n": "na"}


@dataclass(frozen=True)
class Stage:
    """Where the story plays: who makes it, for which program, and what day it is."""

    actor: Actor
    program_id: str
    today: date

    def day(self, offset: int | str) -> date:
        return go_live(self.today).at if offset == "go_live" else self.today + timedelta(days=int(offset))

    def at(self, offset: int) -> Actor:
        """Whoever makes the sample, on a day of the story."""
        return replace(self.actor, now=datetime.combine(self.day(offset), datetime.min.time(), UTC))


@dataclass(frozen=True)
class Cast:
    """Who and what a story is about: people and components by name, on their stage."""

    stage: Stage
    people: Mapping[str, str]
    components: Mapping[str, str]
    story: Mapping[str, Any]

    @property
    def program(self) -> dict[str, Any]:
        return {"program_id": self.stage.program_id}

    def whose(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """The component and the owner of something, None where nobody said."""
        component, owner = told.get("of"), told.get("owner")
        return {
            "component_id": self.components[component] if component else None,
            "owner_id": self.people[owner] if owner else None,
        }


def answers(run: Mapping[str, Any], place: int) -> list[GivenAnswer]:
    """Return what the respondent at a place of a run answers: a mark for each dimension's short-form statement."""
    marks = {dimension: row.split()[place] for dimension, row in run["answers"].items()}
    return [_answer(dimension, mark, run["reasons"]) for dimension, mark in marks.items()]


def views(story: Mapping[str, Any], cards: Mapping[str, str]) -> tuple[list[GivenView], list[GivenView]]:
    """Return what a respondent sees, as what was said first and what was said later; cards: by their letters."""
    said = list(_views(story, cards)) if story else []
    first = story.get("first", "P2")
    return [view for view in said if view.question_id == first], [view for view in said if view.question_id != first]


def _answer(dimension: str, mark: str, reasons: Mapping[str, str]) -> GivenAnswer:
    kind = WORDS.get(mark, "level")
    return GivenAnswer(
        statement_id=f"{dimension}-1",
        kind=kind,
        level=int(mark) if kind == "level" else None,
        reason=reasons[dimension] if kind == "na" else None,
    )


def _views(story: Mapping[str, Any], cards: Mapping[str, str]) -> Iterator[GivenView]:
    yield GivenView("P1", _named("position why", story["P1"]))
    yield GivenView("P2", {"text": story["P2"]})
    yield GivenView("P3", _named("gain loss fear", story["P3"]))
    yield GivenView("P4", {"order": _order(story["P4"], cards)})
    for function, (position, *order) in story["P5"].items():
        guess = {"position": position, "order": _order(order[0], cards) if order else None}
        yield GivenView("P5", guess, about=function)
    yield GivenView("P6", _named("function who", story["P6"]))
    yield GivenView("P7", {"aspect": story["P7"]})
    yield GivenView("OWN", _named("current future name mandated_on budget_line", story["OWN"]))


def _order(letters: str, cards: Mapping[str, str]) -> list[str]:
    return [cards[letter] for letter in letters.split()]


def _named(names: str, values: list[Any]) -> dict[str, Any]:
    return dict(zip(names.split(), values, strict=False))
