"""The plan of the sample: what its people agreed on, and how far they came since, from sample_plan.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from program.actions import (
    baselines,
    benefits,
    changes,
    decisions,
    follow_ups,
    gates,
    links,
    planning,
    risks,
    roadmap,
    strategy,
    vendors,
    versions,
)
from program.decisions import Option
from program.queries.components import components as components_of
from program.queries.objectives import objectives
from program.sample_story import Stage
from program.schedule import parse_links
from program.scorecard import Mark, Weight

STORY = Path(__file__).with_name("sample_plan.yaml")


@dataclass(frozen=True)
class SamplePlan:
    """The story of the sample's plan. people, components: ids by name."""

    stage: Stage
    people: Mapping[str, str]
    components: Mapping[str, str]

    def tell(self) -> None:
        """Make the plan as it was agreed, keep it as a baseline, then do what was done since."""
        self._settings()
        self._serve()
        ids = self._agree()
        self._go_on(ids)
        self._benefits()
        self._risks()
        self._decisions()
        self._gates()
        self._follow_ups()

    @cached_property
    def story(self) -> dict[str, Any]:
        told: dict[str, Any] = yaml.safe_load(STORY.read_text(encoding="utf-8"))
        return told

    @property
    def program(self) -> dict[str, Any]:
        return {"program_id": self.stage.program_id}

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
        for told in self.story["activities"]:
            ids[told["key"]] = roadmap.add_activity(then, **self.program, **self._activity(told))
            for before, kind, lag in parse_links(told.get("after", "")):
                ends = {"predecessor_id": ids[before], "successor_id": ids[told["key"]]}
                links.link(then, **self.program, **ends, kind=kind, lag=Decimal(str(lag)))
        draft = versions.make_version(then, **self.program, name=self.story["budget"])
        spread = versions.spread_plans(then, **self.program, version_id=draft, version=1)
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

    def _benefits(self) -> None:
        for told in self.story["benefits"]:
            nothing, everything = told.get("between", (None, None))
            benefits.add_benefit(
                self.stage.actor,
                **self.program,
                name=told["name"],
                **self._whose(told),
                monthly=Decimal(told["monthly"]),
                starts_on=self.stage.day(told["from"]),
                ramp_months=told["ramp"],
                metric_id=told.get("metric"),
                metric_from=Decimal(nothing) if nothing else None,
                metric_to=Decimal(everything) if everything else None,
            )

    def _risks(self) -> None:
        for told in self.story["risks"]:
            left = told.get("left", (None, None))
            risks.add_risk(
                self.stage.actor,
                **self.program,
                title=told["title"],
                **self._whose(told),
                probability=told["chance"],
                impact=told["impact"],
                cost=Decimal(told["cost"]) if "cost" in told else None,
                days=Decimal(told["days"]) if "days" in told else None,
                response=told["response"],
                action=told.get("action"),
                trigger=told.get("trigger"),
                residual_probability=left[0],
                residual_impact=left[1],
            )

    def _decisions(self) -> None:
        for told in self.story["decisions"]:
            review = self.stage.day(told["review"]) if "review" in told else None
            made = decisions.add_decision(
                self.stage.actor,
                **self.program,
                question=told["question"],
                options=[Option(name) for name in told["options"]],
                component_id=self.components[told["of"]],
                decider_id=self.people[told["by"]],
                rests_on=told.get("rests_on"),
                review_on=review,
            )
            if "chosen" in told:
                more = {"dissent": told["dissent"], "review_on": review}
                on = self.stage.day(told["at"])
                decisions.decide(
                    self.stage.actor,
                    **self.program,
                    decision_id=made,
                    version=1,
                    chosen=told["chosen"],
                    decided_on=on,
                    **more,
                )
        for told in self.story["assumptions"]:
            self._assumption(told)
        for told in self.story["changes"]:
            self._change(told)

    def _assumption(self, told: Mapping[str, Any]) -> None:
        expires = self.stage.day(told["expires"])
        text: dict[str, Any] = {"text": told["text"], "expires_on": expires, **self._whose(told)}
        made = decisions.add_assumption(self.stage.actor, **self.program, **text)
        if "state" in told:
            state = {"assumption_id": made, "version": 1, "state": told["state"], "expires_on": expires}
            decisions.check_assumption(self.stage.actor, **self.program, **state)

    def _change(self, told: Mapping[str, Any]) -> None:
        changes.record_change(
            self.stage.actor,
            **self.program,
            what=told["what"],
            on=self.stage.day(told["at"]),
            why=told["why"],
            component_id=self.components[told["of"]],
            metric_id=told.get("metric"),
            metric_before=Decimal(told["before"]) if "before" in told else None,
            metric_after=Decimal(told["after"]) if "after" in told else None,
        )

    def _gates(self) -> None:
        versions_now = {each.id: each.version for each in components_of(self.stage.program_id)}
        for told in self.story["gates"]:
            at: dict[str, Any] = {**self.program, "component_id": self.components[told["of"]]}
            for criterion, note in told.get("shown", {}).items():
                gates.add_gate_evidence(self.stage.actor, **at, criterion=criterion, note=note)
            if "outcome" in told:
                gates.decide_gate(
                    self.stage.actor,
                    **at,
                    version=versions_now[at["component_id"]],
                    outcome=told["outcome"],
                    decider_id=self.people[told["by"]],
                    reason=told["why"],
                    dissent=told["dissent"],
                    decided_on=self.stage.day(told["at"]),
                    waived=told.get("waived", ()),
                    expires_on=self.stage.day(told["until"]) if "until" in told else None,
                )

    def _follow_ups(self) -> None:
        for title, owner, due, origin, *done in self.story["follow_ups"]:
            made = follow_ups.add_follow_up(
                self.stage.actor,
                **self.program,
                title=title,
                owner_id=self.people[owner],
                due_on=self.stage.day(due),
                origin=origin,
            )
            if done:
                follow_ups.complete_follow_up(self.stage.at(done[0]), **self.program, follow_up_id=made, version=1)

    def _whose(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """The component and the owner of something, None where nobody said."""
        component, owner = told.get("of"), told.get("owner")
        return {
            "component_id": self.components[component] if component else None,
            "owner_id": self.people[owner] if owner else None,
        }
