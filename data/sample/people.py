"""The people of the sample: trade accounts, contacts, their consent, agents, social profiles and who they may be."""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import accumulate

from data.sample.world import Row, World

ACCOUNTS = 160
CONTACTS = 2_000
TRADE_SHARE = 0.14
PROFILES_OF_CONTACTS = 900
PROFILES_OF_STRANGERS = 260
NETWORKS: dict[str, float] = {"instagram": 34, "facebook": 30, "x": 12, "youtube": 8, "tiktok": 10, "forum": 6}
CONFIRMED, PROPOSED = 0.09, 0.84  # the rest was rejected by a person


@dataclass(frozen=True)
class People:
    tables: Mapping[str, list[Row]]
    joined: list[datetime]
    activity: list[float]
    profiles_of: Mapping[str, list[Row]]
    strangers: list[Row]

    def someone(self, world: World, at: datetime) -> Row:
        """Return a contact who was known by then; a few are far more active than the rest."""
        known = max(1, bisect_right(self.joined, at))
        place = bisect_right(self.activity, world.chance.random() * self.activity[known - 1], hi=known - 1)
        return self.tables["contact"][place]


def invent(world: World) -> People:
    accounts = [_account(world, number) for number in range(1, ACCOUNTS + 1)]
    joined = sorted(_joining(world) for _ in range(CONTACTS))
    contacts = [_contact(world, number, at, accounts) for number, at in enumerate(joined, start=1)]
    profiles, links = _profiles(world, contacts)
    strangers = profiles[PROFILES_OF_CONTACTS:]
    profiles_of: dict[str, list[Row]] = {}
    for profile, link in zip(profiles, links, strict=False):
        profiles_of.setdefault(link["contact_id"], []).append(profile)
    tables = {
        "account": accounts,
        "contact": contacts,
        "consent": _consents(world, contacts),
        "agent": [_agent(number, *entry) for number, entry in enumerate(world.company["agents"], start=1)],
        "social_profile": profiles,
        "identity_link": links,
    }
    activity = list(accumulate(world.chance.gammavariate(0.7, 1) + 0.02 for _ in contacts))
    return People(tables, joined, activity, profiles_of, strangers)


def _joining(world: World) -> datetime:
    if world.happens(0.68):
        day = world.start - timedelta(days=int(world.chance.expovariate(1 / 400)) + 1)
        return datetime.combine(day, time(18), tzinfo=UTC)
    return world.moment()


def _account(world: World, number: int) -> Row:
    name = f"{world.pick(world.company['company_words'])} {world.pick(world.company['company_kinds'])}"
    return {
        "account_id": f"A-{number:04}",
        "name": name,
        "domain": name.lower().replace(" ", "") + ".example",
        "industry": name.split()[-1].lower(),
        "segment": world.pick(world.company["trade_segments"]),
        "created_at": world.moment() if world.happens(0.4) else None,
    }


def _contact(world: World, number: int, joined: datetime, accounts: list[Row]) -> Row:
    given = world.pick(world.company["given_names"].split())
    surname = world.pick(world.company["surnames"].split())
    account = world.pick(accounts) if world.happens(TRADE_SHARE) else None
    return {
        "contact_id": f"C-{number:05}",
        "account_id": account["account_id"] if account else None,
        "full_name": f"{given} {surname}",
        "given_name": given,
        "surname": surname,
        "email": None if world.happens(0.08) else f"{given}.{surname}{number % 97}@example.com".lower(),
        "phone": f"+1503555{world.chance.randrange(10_000):04}" if world.happens(0.55) else None,
        "city": world.pick(world.company["cities"]) if world.happens(0.9) else None,
        "country": "US",
        "employer": account["name"] if account else None,
        "segment": account["segment"] if account else world.pick(world.company["segments"]),
        "lifecycle": world.weighted({"customer": 70, "prospect": 16, "lead": 8, "former": 6}),
        "created_at": joined,
    }


def _consents(world: World, contacts: list[Row]) -> list[Row]:
    purposes = ("service", "marketing", "research")
    given = ((contact, purpose) for contact in contacts for purpose in purposes if world.happens(0.45))
    return [
        {
            "consent_id": f"K-{number:05}",
            "contact_id": contact["contact_id"],
            "network": "other",
            "purpose": purpose,
            "given": world.happens(0.82 if purpose == "service" else 0.55),
            "source": world.pick(("web form", "shop", "phone")),
            "at": contact["created_at"],
        }
        for number, (contact, purpose) in enumerate(given, start=1)
    ]


def _agent(number: int, name: str, team: str, office: str, manager: str, pillar: str, is_bot: bool) -> Row:
    return {
        "agent_id": f"G-{number:02}",
        "name": name,
        "team": team,
        "office": office,
        "manager": manager,
        "pillar": pillar,
        "is_bot": is_bot,
    }


def _profiles(world: World, contacts: list[Row]) -> tuple[list[Row], list[Row]]:
    """Return the profiles, those of contacts first, and for each of these the link that was found."""
    owners = world.chance.sample(contacts, PROFILES_OF_CONTACTS)
    mine = [_profile(world, number, owner) for number, owner in enumerate(owners, start=1)]
    links = [_link(world, profile, owner) for profile, owner in zip(mine, owners, strict=True)]
    first = PROFILES_OF_CONTACTS + 1
    others = [_profile(world, number, None) for number in range(first, first + PROFILES_OF_STRANGERS)]
    return mine + others, links


def _profile(world: World, number: int, owner: Row | None) -> Row:
    given = owner["given_name"] if owner else world.pick(world.company["given_names"].split())
    surname = owner["surname"] if owner else world.pick(world.company["surnames"].split())
    handle = (
        f"{given}{world.pick(('', '_', '.'))}{world.pick((surname, surname[:1], 'grows', 'athome'))}{number}".lower()
    )
    network = world.weighted(NETWORKS)
    return {
        "profile_id": f"P-{number:05}",
        "network": network,
        "network_uid": f"{world.chance.randrange(10**17, 10**18)}",  # too long for a float: text it stays
        "handle": handle,
        "display_name": world.pick((f"{given} {surname}", given, f"{given} {surname[:1]}.")),
        "location": owner["city"] if owner and world.happens(0.5) else None,
        "bio": world.pick((None, None, "Small garden, big plans", "Plants, bread, bicycles", "New house, old shed")),
        "links": json.dumps([f"https://{handle}.example"]) if world.happens(0.1) else None,
        "language": "en",
        "url": f"https://{network}.example/{handle}",
        "followers": int(world.chance.lognormvariate(5, 1.4)),
        "blocked": world.happens(0.004),
    }


def _link(world: World, profile: Row, owner: Row) -> Row:
    fate = world.chance.random()
    status = "confirmed" if fate < CONFIRMED else "proposed" if fate < CONFIRMED + PROPOSED else "rejected"
    decided = status != "proposed"
    return {
        "link_id": f"L-{profile['profile_id'][2:]}",
        "contact_id": owner["contact_id"],
        "profile_id": profile["profile_id"],
        "method": world.pick(("asserted", "person")) if status == "confirmed" else "person" if decided else "model",
        "probability": None if decided else Decimal(world.chance.randrange(5_000, 9_990)).scaleb(-4),
        "status": status,
        "decided_by": "Nadia Haddad" if decided else None,
        "decided_at": world.moment() if decided else None,
        "model_version": None if decided else "1",
    }
