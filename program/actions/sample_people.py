"""The people of the sample: where they stood and stand, who is tied to whom, and who owns what besides components."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from program.actions import influence, ownership, stakeholders
from program.queries import ownership as owned
from program.sample_story import Stage
from program.typed_ties import TypedTie

BEGIN = -238  # the day they are put on the map


@dataclass(frozen=True)
class SamplePeople:
    """The story of the sample's people."""

    stage: Stage
    story: dict[str, Any]

    @property
    def program(self) -> dict[str, Any]:
        return {"program_id": self.stage.program_id}

    def put_on_the_map(self) -> dict[str, str]:
        """Put everybody on the map, with their past, their steps and their ties; return their ids by name."""
        ids = dict(self._people())
        for who, what, by, due, *done in self.story["steps"]:
            self._step(ids[who], what, ids[by], due, done)
        for who, stand_in in self.story["stand_ins"]:
            stakeholders.set_stand_in(
                self.stage.actor, **self.program, stakeholder_id=ids[who], stand_in_id=ids[stand_in]
            )
        ties = [
            TypedTie(ids[source], ids[target], kind, weight, known_from, self.stage.day(on))
            for source, target, kind, weight, on, known_from in self.story["ties"]
        ]
        influence.import_ties(self.stage.actor, **self.program, ties=ties)
        return ids

    def own(self, ids: dict[str, str], components: dict[str, str]) -> None:
        """Say who owns capabilities and decisions, where components stand on the ladder, and what is handed over."""
        actor = self.stage.actor
        for item in self.story["items"]:
            given = {"kind": item["kind"], "name": item["name"], "scheme": item.get("scheme", "raci")}
            item_id = ownership.add_item(actor, **self.program, **given)
            for person, letters in item["duties"].items():
                cell = {"item_id": item_id, "stakeholder_id": ids[person], "letters": letters, "before": ""}
                ownership.set_item_duty(actor, **self.program, **cell)
        versions = {rung.component_id: rung.version for rung in owned.ladder(self.stage.program_id)}
        for each in self.story["components"]:
            if "ladder" in each:
                stage, wanted = each["ladder"]
                at: dict[str, Any] = {
                    "component_id": components[each["name"]],
                    "version": versions[components[each["name"]]],
                }
                ownership.set_ladder(actor, **self.program, **at, stage=stage, wanted=wanted)
        planned = self.story["handover"]
        ownership.hand_over(
            actor,
            **self.program,
            component_id=components[planned["component"]],
            to_id=ids[planned["to"]],
            on=self.stage.day(planned["day"]),
            note=planned["note"],
        )

    def _people(self) -> Iterator[tuple[str, str]]:
        for name, function, title, power, interest, stance, wanted, wants in self.story["people"]:
            about = {"function": function, "title": title, "wanted_stance": wanted, "wants": wants}
            legitimacy, urgency = self.story["salience"].get(name, (None, None))
            about |= {"legitimacy": _points(legitimacy), "urgency": _points(urgency)}
            gains = ("sees", "gain_customers", "gain_team", "gain_own")
            about |= dict(zip(gains, self.story["gains"].get(name, ()), strict=False))
            places = [*self.story["earlier"].get(name, ()), [power, interest, stance, None]]
            row_id = stakeholders.add_stakeholder(
                self.stage.at(BEGIN), **self.program, name=name, **about, **_place(*places[0][:3])
            )
            for version, (before, place) in enumerate(pairwise(places), start=1):
                one: dict[str, Any] = {"stakeholder_id": row_id, "version": version}
                stakeholders.change_stakeholder(self.stage.at(before[3]), **self.program, **one, **_place(*place[:3]))
            yield name, row_id

    def _step(self, who: str, what: str, by: str, due: int | None, done: list[int]) -> None:
        due_on = None if due is None else self.stage.day(due)
        step_id = stakeholders.add_step(
            self.stage.actor, **self.program, stakeholder_id=who, what=what, owner_id=by, due_on=due_on
        )
        for day in done:
            stakeholders.close_step(self.stage.at(day), **self.program, step_id=step_id, version=1)


def _place(power: float, interest: float, stance: str) -> dict[str, Any]:
    return {"power": _points(power), "interest": _points(interest), "stance": stance}


def _points(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))
