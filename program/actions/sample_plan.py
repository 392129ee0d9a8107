"""The plan of the sample: what its people agreed on, and how far they came since, from sample_plan.yaml."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from program.actions import baselines, components, links, planning, roadmap, strategy, vendors, versions
from program.queries.budget import lines
from program.queries.components import components as components_of
from program.queries.objectives import objectives
from program.sample_story import Cast
from program.schedule import parse_links
from program.scorecard import Mark, Weight


class SamplePlan(Cast):
    """The story of the sample's plan."""

    def tell(self) -> None:
        """Make the plan as it was agreed, keep it as a baseline, then do what was done since."""
        self._settings()
        self._serve()
        self._go_on(self._agree())

    def _settings(self) -> None:
        told = self.story["settings"]
        rules: dict[str, Any] = {name: Decimal(told[name]) for name in told if name != "holiday_country"}
        rules["holiday_country"] = told["holiday_country"]
        planning.set_settings(self.stage.actor, **self.program, version=None, **rules)
        for on, name in self.story["days_off"]:
            planning.add_day_off(self.stage.actor, **self.program, on=self.stage.day(on), name=name)

    def _serve(self) -> None:
        wanted = {each.title: each.id for each in objectives(self.stage.program_id)}
        for title, names in self.story["serves"].items():
            for name in names:
                served = {"component_id": self.components[name], "objective_id": wanted[title]}
                strategy.contribute(self.stage.actor, **self.program, **served)
        for canvas, cell, text, title, name in self.story["notes"]:
            strategy.add_note(
                self.stage.actor,
                **self.program,
                canvas=canvas,
                cell=cell,
                text=text,
                objective_id=next(id_ for full, id_ in wanted.items() if full.startswith(title)) if title else None,
                component_id=self.components[name],
            )
        weights = [Weight(capability, weight) for capability, weight in self.story["weights"].items()]
        vendors.weigh_capabilities(self.stage.actor, **self.program, weights=weights)
        for told in self.story["vendors"]:
            vendor = vendors.add_vendor(self.stage.actor, **self.program, name=told["name"], note=told["note"])
            marks = [Mark(capability, *mark) for capability, mark in told["marks"].items()]
            vendors.score_vendor(self.stage.actor, **self.program, vendor_id=vendor, marks=marks)

    def _agree(self) -> dict[str, str]:
        """The plan of the day on which it was agreed; the activities' ids by key."""
        then = self.stage.at(self.story["agreed"])
        ids: dict[str, str] = {}
        versions_now = {each.id: each.version for each in components_of(self.stage.program_id)}
        for name, rule in self.story["rules"].items():
            at: dict[str, Any] = {"component_id": self.components[name], "version": versions_now[self.components[name]]}
            components.change_component(then, **self.program, **at, progress_rule=rule)
        for told in self.story["activities"]:
            ids[told["key"]] = roadmap.add_activity(then, **self.program, **self._activity(told))
            for before, kind, lag in parse_links(told.get("after", "")):
                ends = {"predecessor_id": ids[before], "successor_id": ids[told["key"]]}
                links.link(then, **self.program, **ends, kind=kind, lag=Decimal(str(lag)))
        draft = versions.make_version(then, **self.program, name=self.story["budget"])
        spread = 1
        for line in lines(self.stage.program_id):
            over: dict[str, Any] = {"line_id": line.line_id, "total": line.planned}
            over |= zip(("start", "end"), map(self.stage.day, self.story["months"].get(line.name, ())), strict=False)
            spread = versions.spread_line(
                then, **self.program, version_id=draft, version=spread, recurrence="monthly", **over
            )
        versions.approve_version(then, **self.program, version_id=draft, version=spread, on=then.now.date())
        baselines.make_baseline(then, **self.program, name=self.story["baseline"])
        return ids

    def _activity(self, told: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "name": told["name"],
            "duration": Decimal(told["days"][0]),
            "component_id": self.components[told["of"]],
            "owner_id": self.people[told["owner"]],
            "not_before": self.stage.day(told["from"]) if "from" in told else None,
        }

    def _go_on(self, ids: Mapping[str, str]) -> None:
        for told in self.story["activities"]:
            low, high = told.get("range", (None, None))
            version = roadmap.change_activity(
                self.stage.actor,
                **self.program,
                activity_id=ids[told["key"]],
                version=1,
                duration=Decimal(told["days"][1]),
                optimistic=Decimal(low) if low else None,
                pessimistic=Decimal(high) if high else None,
            )
            percent, begun, ended = [*told.get("done", []), None, None, None][:3]
            if percent:
                roadmap.record_progress(
                    self.stage.actor,
                    **self.program,
                    activity_id=ids[told["key"]],
                    version=version,
                    percent=Decimal(percent),
                    started_on=self.stage.day(begun),
                    finished_on=self.stage.day(ended) if ended else None,
                )
