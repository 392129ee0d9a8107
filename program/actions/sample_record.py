"""What the sample's people wrote down beside the plan: benefits, risks, decisions, gates, and who does what next."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from program.actions import benefits, changes, decisions, follow_ups, gates, risks
from program.decisions import Option
from program.queries.components import components as components_of
from program.sample_story import Cast


class SampleRecord(Cast):
    """The rest of the story, once the plan is told."""

    def tell(self) -> None:
        """Write it all down."""
        self._benefits()
        self._risks()
        self._decisions()
        self._gates()
        self._follow_ups()

    def _benefits(self) -> None:
        for told in self.story["benefits"]:
            nothing, everything = told.get("between", (None, None))
            benefits.add_benefit(
                self.stage.actor,
                **self.program,
                name=told["name"],
                **self.whose(told),
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
                **self.whose(told),
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
        text: dict[str, Any] = {"text": told["text"], "expires_on": expires, **self.whose(told)}
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
