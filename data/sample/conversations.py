"""The conversations of the sample: what customers wrote, who answered and how long it took."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from math import exp
from typing import Any

from data.sample.people import NETWORKS, People
from data.sample.world import Row, World

THREADS = 6_000
NEWSLETTERS, REACTIONS, CALLS = 1_900, 1_700, 900
CASES_OF_THE_OLD_DESK = 60  # opened in the first weeks; their messages were never carried over
WAIT_BEFORE, WAIT_AFTER, DAYS_TO_LEARN = 9.3, 5.3, 25  # hours of a median reply on a channel of speed 1
REPLY_SPREAD = 0.75
UNANSWERED_BEFORE, UNANSWERED_AFTER = 0.10, 0.05
UNASSIGNED_BEFORE, UNASSIGNED_AFTER = 0.19, 0.07  # the desk brought routing rules with it
CHANNELS: dict[str, float] = {
    "email": 26,
    "web_form": 14,
    "chat": 7,
    "social_public": 24,
    "social_private": 16,
    "community": 9,
    "sms": 4,
}
SPEED = {"email": 1.15, "web_form": 1.1, "chat": 0.25, "community": 1.3, "sms": 0.7}
SOCIAL = ("social_public", "social_private")
NOBODY = "C-99999"  # a contact of a shop system that was switched off


class Conversations:
    """
    Everything said, in the order it was invented.

    interactions, cases: rows of the canonical tables.
    """

    def __init__(self, world: World, people: People) -> None:
        self.world = world
        self.people = people
        self.interactions: list[Row] = []
        self.cases: list[Row] = []
        self.desk: dict[str, list[str]] = {}
        for agent in people.tables["agent"]:
            if not agent["is_bot"]:
                self.desk.setdefault(agent["pillar"], []).append(agent["agent_id"])
        self.bot = next(agent["agent_id"] for agent in people.tables["agent"] if agent["is_bot"])

    def add(self, at: datetime, **columns: Any) -> Row:
        """Add an interaction that had happened by the end of the data; return it either way."""
        row = {"interaction_id": f"I-{len(self.interactions) + 1:06}", "language": "en", **columns, "occurred_at": at}
        if at <= self.world.now:
            self.interactions.append(row)
        return row


def invent(world: World, people: People) -> dict[str, list[Row]]:
    said = Conversations(world, people)
    for number in range(1, THREADS + 1):
        _thread(said, f"T-{number:05}", world.moment())
    for row in (*_newsletters(said), *_reactions(said), *_calls(said)):
        said.add(row.pop("at"), **row)
    for _ in range(CASES_OF_THE_OLD_DESK):
        _case(said, world.on(world.start + timedelta(days=world.chance.randrange(45))), None)
    return {"interaction": said.interactions, "case": said.cases}


def median_wait(world: World, at: datetime) -> float:
    """Return the median hours to a reply: steady until the go-live, then learned away within weeks."""
    noise = 1 + 0.045 * (((at.year * 12 + at.month) * 7919 % 100) / 50 - 1)
    if not world.is_after_go_live(at):
        return WAIT_BEFORE * noise
    days = (at.date() - world.go_live.at).days
    return (WAIT_AFTER + (WAIT_BEFORE - WAIT_AFTER) * exp(-days / DAYS_TO_LEARN)) * noise


def _thread(said: Conversations, thread: str, at: datetime) -> None:
    world, after = said.world, said.world.is_after_go_live(at)
    topic = world.weighted({name: entry["weight"] for name, entry in world.messages["topics"].items()})
    entry = world.messages["topics"][topic]
    unassigned = world.happens(UNASSIGNED_AFTER if after else UNASSIGNED_BEFORE)
    channel = "social_public" if topic == "mention" else world.weighted(CHANNELS)
    common = _writer(said, at, channel) | {
        "channel": channel,
        "thread_id": thread,
        "pillar": None if unassigned else entry["pillar"],
        "type": _type(channel),
    }
    fill = _filling(said, common)
    if entry["pillar"] == "service" and world.happens(0.2):
        common["case_id"] = _case(said, at, common)["case_id"]
    question, answer = world.pick(entry["talks"])
    text = " ".join(filter(None, (world.pick(world.messages["greetings"]), question, _closing(world))))
    subject = entry["subject"].format(**fill) if entry["subject"] and channel in ("email", "web_form") else None
    opening = said.add(
        at,
        **common,
        **_by_customer(world, entry["mood"]),
        subject=subject,
        body=_sentence(text.format(**fill)),
        status="solved",
    )
    if (after and world.happens(0.3)) or (channel == "chat" and world.happens(0.5)):
        _automatic(said, opening, common)
    if world.happens(UNANSWERED_AFTER if after else UNANSWERED_BEFORE):
        opening["status"] = "open" if after else "closed"
        return
    _answer(said, opening, common, mood=entry["mood"], text=answer.format(**fill), name=fill["name"])


def _answer(said: Conversations, opening: Row, common: Row, *, mood: float, text: str, name: str) -> None:
    world, at = said.world, opening["occurred_at"]
    person = world.pick(said.desk[common["pillar"] or "marketing"])
    wait = median_wait(world, at) * SPEED.get(common["channel"], 1.0)
    if world.happens(0.05):
        note = world.after(at, hours=wait / 2, spread=0.3)
        body = world.pick(world.messages["notes"])
        said.add(note, **common, **_by_agent(person), is_public=False, in_reply_to=opening["interaction_id"], body=body)
    reply = said.add(
        world.after(at, hours=wait, spread=REPLY_SPREAD),
        **common,
        **_by_agent(person),
        is_public=True,
        in_reply_to=opening["interaction_id"],
        body=text,
    )
    if reply["occurred_at"] > world.now:
        opening["status"] = "open"
        return
    while world.happens(0.3) and reply["occurred_at"] <= world.now:
        back = said.add(
            world.after(reply["occurred_at"], hours=5, spread=0.9),
            **common,
            **_by_customer(world, mood + 0.3),
            in_reply_to=reply["interaction_id"],
            body=world.pick(world.messages["follow_ups"]),
        )
        if back["occurred_at"] > world.now or world.happens(0.35):
            return
        reply = said.add(
            world.after(back["occurred_at"], hours=wait * 0.7, spread=REPLY_SPREAD),
            **common,
            **_by_agent(person),
            is_public=True,
            in_reply_to=back["interaction_id"],
            body=world.pick(world.messages["second_replies"]).format(name=name),
        )


def _writer(said: Conversations, at: datetime, channel: str) -> Row:
    """Return who wrote: a contact, on social networks often only a profile, sometimes a contact nobody knows."""
    world = said.world
    if channel in SOCIAL and world.happens(0.35):
        profile = world.pick(said.people.strangers)
        return {"profile_id": profile["profile_id"], "network": profile["network"]}
    contact = said.people.someone(world, at)
    writer: Row = {"contact_id": NOBODY if world.happens(0.008) else contact["contact_id"]}
    if channel in SOCIAL:
        profiles = said.people.profiles_of.get(contact["contact_id"], [])
        profile = world.pick(profiles) if profiles else None
        network = profile["network"] if profile else world.weighted(NETWORKS)
        writer |= {"profile_id": profile["profile_id"] if profile else None, "network": network}
    return writer


def _type(channel: str) -> str:
    return {"social_public": "comment", "community": "post"}.get(channel, "message")


def _by_customer(world: World, mood: float) -> Row:
    if world.happens(0.3):
        return {"direction": "in", "author_kind": "customer", "is_automated": False, "is_public": True}
    sentiment = max(-1.0, min(1.0, world.chance.gauss(mood, 0.3)))
    label = "negative" if sentiment < -0.2 else "positive" if sentiment > 0.2 else "neutral"
    return {
        "direction": "in",
        "author_kind": "customer",
        "is_automated": False,
        "is_public": True,
        "sentiment": Decimal(round(sentiment * 1000)).scaleb(-3),
        "sentiment_label": label,
    }


def _by_agent(agent_id: str) -> Row:
    return {"direction": "out", "author_kind": "agent", "agent_id": agent_id, "is_automated": False}


def _automatic(said: Conversations, opening: Row, common: Row) -> None:
    said.add(
        opening["occurred_at"] + timedelta(seconds=said.world.chance.randrange(5, 90)),
        **common,
        **(_by_agent(said.bot) | {"is_automated": True}),
        is_public=True,
        in_reply_to=opening["interaction_id"],
        body=said.world.pick(said.world.messages["automatic"]),
    )


def _case(said: Conversations, at: datetime, common: Row | None) -> Row:
    world = said.world
    responded = world.after(at, hours=median_wait(world, at), spread=REPLY_SPREAD)
    solved = world.after(responded, hours=30, spread=0.9)
    is_solved = solved <= world.now
    case = {
        "case_id": f"E-{len(said.cases) + 1:05}",
        "contact_id": common.get("contact_id") if common else said.people.someone(world, at)["contact_id"],
        "channel": common["channel"] if common else "email",
        "pillar": "service",
        "status": "solved" if is_solved else "open",
        "priority": world.pick(("low", "normal", "normal", "high")),
        "opened_at": at,
        "first_response_at": responded if responded <= world.now else None,
        "first_solved_at": solved if is_solved else None,
        "last_solved_at": solved if is_solved else None,
        "reopen_count": 0,
        "csat": world.pick((2, 3, 4, 4, 5, 5)) if is_solved and world.happens(0.4) else None,
    }
    said.cases.append(case)
    return case


def _newsletters(said: Conversations) -> Iterator[Row]:
    for _ in range(NEWSLETTERS):
        at = said.world.moment()
        yield {
            "at": at,
            "contact_id": said.people.someone(said.world, at)["contact_id"],
            "channel": "email",
            "type": "message",
            "pillar": "marketing",
            **_by_agent(said.world.pick(said.desk["marketing"])),
            "is_automated": True,
            "is_public": True,
            "body": said.world.pick(said.world.messages["newsletters"]),
        }


def _reactions(said: Conversations) -> Iterator[Row]:
    for _ in range(REACTIONS):
        at = said.world.moment()
        yield {
            "at": at,
            **_writer(said, at, "social_public"),
            "channel": "social_public",
            "type": "reaction",
            "pillar": "marketing" if said.world.happens(0.7) else None,
            "direction": "in",
            "author_kind": "customer",
            "outcome": said.world.pick(said.world.messages["reactions"]),
        }


def _calls(said: Conversations) -> Iterator[Row]:
    for _ in range(CALLS):
        at = said.world.moment()
        pillar = said.world.weighted({"service": 7, "sales": 3})
        yield {
            "at": at,
            "contact_id": said.people.someone(said.world, at)["contact_id"],
            "agent_id": said.world.pick(said.desk[pillar]),
            "channel": "phone",
            "type": "call",
            "pillar": pillar,
            "direction": "in",
            "author_kind": "customer",
            "outcome": said.world.pick(("answered", "answered", "call back", "voice mail")),
        }


def _filling(said: Conversations, common: Row) -> Row:
    world = said.world
    contact_id = common.get("contact_id")
    contacts = said.people.tables["contact"]
    known = contacts[int(contact_id[2:]) - 1] if contact_id and contact_id != NOBODY else None
    return {
        "product": world.pick(world.company["products"])[0].lower(),
        "days": world.chance.randrange(3, 21),
        "order": f"{world.chance.randrange(100_000, 999_999)}",
        "name": known["given_name"] if known else world.pick(world.company["given_names"].split()),
    }


def _closing(world: World) -> str:
    return str(world.pick(world.messages["closings"]))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
