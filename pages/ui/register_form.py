"""The forms of the register: somebody new in one go by keyboard, and everything about somebody who is on the map."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import engagement_steps, focus, forms, people, shell, states
from pages.ui.fields import Choice, Field, Part, Text
from pages.ui.register import CHOSEN, Register
from pages.ui.shell import Visit
from program import policy
from program.actions import stakeholders as actions
from program.stakeholders import Stakeholder
from program.values import Invalid

ADDING = "stakeholder.add"
LONGEST, HIGH = 10_000, 92
BEGIN = {"stance": "unaware", "wanted_stance": "supportive", "power": Decimal(5), "interest": Decimal(5)}


@dataclass(frozen=True)
class Degree:
    """A number from 0 to the end of the scale, typed; empty is `none`, which is never 0."""

    name: str
    label: str
    none: str = ""
    help: str | None = None

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        if value is not None and key not in st.session_state:
            st.session_state[key] = float(value)  # a field that begins with a value of its own cannot be emptied
        return place.number_input(
            self.label,
            0.0,
            float(policy.load().scale_end),
            None,
            0.5,
            format="%g",
            key=key,
            placeholder=self.none or "0 to 10",
            help=self.help,
        )

    def read(self, raw: Any) -> Decimal | None:
        if raw is None and not self.none:
            raise Invalid(self.name, f"{self.label} is empty. Enter a number from 0 to {policy.load().scale_end}.")
        return None if raw is None else Decimal(str(raw))


@dataclass(frozen=True)
class Paragraph:
    """A text of any number of lines that stands beside others."""

    name: str
    label: str

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        return place.text_area(self.label, value or "", height=HIGH, max_chars=LONGEST, key=key)

    def read(self, raw: Any) -> str | None:
        return str(raw or "").strip() or None


@dataclass(frozen=True)
class YesNo:
    """A box to tick."""

    name: str
    label: str

    def show(self, place: DeltaGenerator, key: str, value: Any) -> Any:
        return place.checkbox(self.label, bool(value), key=key)

    def read(self, raw: Any) -> bool:
        return bool(raw)


def _fields(*, long: bool) -> tuple[Field | Part, ...]:
    """In the order in which people are asked. long: paragraphs instead of lines, which Enter does not send."""

    def words(name: str, label: str) -> Field:
        return Paragraph(name, label) if long else Text(name, label, most=LONGEST)

    return (
        Text("name", "Name", required=True),
        Text("title", "Title", hint="Head of service"),
        Choice("function", "Function", people.FUNCTION_WORDS, none="Not known"),
        Text("contact", "Contact", most=320),
        YesNo("is_group", "A group, not one person"),
        Part("What is in it", 2, "In this order: their customers come first."),
        words("gain_customers", "For their customers"),
        words("gain_team", "For their team"),
        words("gain_own", "For them"),
        words("sees", "What they see in Social CRM"),
        Part(
            "How much say, how much at stake",
            4,
            "From 0 to 10. Legitimacy and urgency may stay empty: not known is an answer.",
        ),
        Degree("power", "Power", help="How much say they have"),
        Degree("interest", "Interest", help="How much it concerns them"),
        Degree("legitimacy", "Legitimacy", none="not known", help="Whether others find their claim rightful"),
        Degree("urgency", "Urgency", none="not known", help="How soon their claim must be answered"),
        *((Degree("wanted_power", "Power wanted", none="as it is"),) if long else ()),
        *((Degree("wanted_interest", "Interest wanted", none="as it is"),) if long else ()),
        Part("Where they stand", 2 if long else 4),
        Choice("stance", "Stance now", people.STANCE_WORDS),
        Choice("wanted_stance", "Stance wanted", people.STANCE_WORDS),
        words("wants", "What they want or ask"),
        *(() if long else (words("next_step", "Next step with them"),)),
    )


ADD_FIELDS, EDIT_FIELDS = _fields(long=False), _fields(long=True)


def add(visit: Visit, register: Register) -> None:
    """Draw the form for somebody new. After Enter the next empty one has the focus."""
    again = st.session_state.get(states.JUST_SAVED) == ADDING
    shell.note("The name is enough. Enter puts them on the map, and the next empty form is ready.")
    columns = 4 if register.people else 2  # beside the frame of the map to come there is less room
    sent = forms.ask(ADDING, ADD_FIELDS, begin=BEGIN, submit="Put on the map", columns=columns)
    opening = forms.key_of(ADDING)
    focus.on(f"{opening}.name", kind="input", once=opening, always=again, key="add")
    if sent:
        forms.add(sent, actions.add_stakeholder, visit.actor, program_id=visit.program_id)


def edit(visit: Visit, register: Register) -> None:
    """Draw everything about one of the people: the form, what comes next, who could stand in, the way off the map."""
    if st.session_state.get(CHOSEN) not in register.by_id:
        st.session_state.pop(CHOSEN, None)
    chosen = st.selectbox("Who", list(register.by_id), format_func=register.labels.__getitem__, key=CHOSEN, width=480)
    person = register.by_id[chosen]
    one = {"program_id": visit.program_id, "stakeholder_id": person.id}
    form, besides = st.columns([7, 4], gap="large")
    with form:
        if sent := forms.ask(f"stakeholder.{person.id}", EDIT_FIELDS, of=person, submit="Save"):
            forms.change(sent, actions.change_stakeholder, visit.actor, **one)
    with besides:
        _salience(person)
        engagement_steps.draw(visit, register, person)
        with st.popover("Remove from the map", type="tertiary"):
            st.caption("Their duties, ties, steps and history go too.")
            if st.button("Remove", key="stakeholder.remove"):
                forms.attempt(actions.remove_stakeholder, visit.actor, **one, version=person.version)


def _salience(person: Stakeholder) -> None:
    found = people.salience_of(person)
    if found is None:
        shell.title("Salience: not known", "It takes legitimacy and urgency beside power.")
    else:
        shell.title(f"Salience: {found.name.lower()}", found.sentence)
