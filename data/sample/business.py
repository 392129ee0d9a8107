"""The business of the sample: products, campaigns, trade opportunities and what customers bought."""

from datetime import datetime, timedelta
from decimal import Decimal
from math import exp, log

from data.sample.people import People
from data.sample.world import Row, World

OPPORTUNITIES = 1_500
ORDERS = 5_760
REFUND_SHARE = 0.042
WIN_BY_OFFICE = {"Portland": 0.47, "Columbus": 0.41, "Austin": 0.44}
CYCLE_DAYS, CYCLE_SPREAD = 38, 0.6
DEAL_AMOUNT, DEAL_SPREAD = 4_800, 0.8
EARLIER_SHARE, EARLIER_DAYS = 0.10, 60  # the data begins with deals under way
MISSPELLED = "R-00"  # a product number of the old shop that joins nothing


def invent(world: World, people: People) -> dict[str, list[Row]]:
    products = [
        {
            "product_id": f"R-{number:02}",
            "name": name,
            "series": series,
            "list_price": Decimal(str(price)),
            "currency": world.company["currency"],
        }
        for number, (name, series, price) in enumerate(world.company["products"], start=1)
    ]
    return {
        "product": products,
        "campaign": _campaigns(world),
        "opportunity": [_opportunity(world, people, products, number) for number in range(1, OPPORTUNITIES + 1)],
        "transaction": _transactions(world, people, products),
    }


def _campaigns(world: World) -> list[Row]:
    campaigns = []
    for number, (name, first, length) in enumerate(world.company["campaigns"], start=1):
        start = world.start + timedelta(days=first)
        end = start + timedelta(days=length)
        campaigns.append({"campaign_id": f"M-{number:02}", "name": name, "start": start, "end": end})
    return campaigns


def _opportunity(world: World, people: People, products: list[Row], number: int) -> Row:
    seller = world.pick([agent for agent in people.tables["agent"] if agent["pillar"] == "sales"])
    created = world.moment() - (timedelta(days=EARLIER_DAYS) if world.happens(EARLIER_SHARE) else timedelta())
    closed = max(world.after(created, hours=CYCLE_DAYS * 24, spread=CYCLE_SPREAD), world.on(world.start))
    is_closed = closed <= world.now
    is_won = world.happens(WIN_BY_OFFICE[seller["office"]]) if is_closed else None
    account = world.pick(people.tables["account"])
    amount = Decimal(round(exp(world.chance.gauss(log(DEAL_AMOUNT), DEAL_SPREAD)), -1))
    return {
        "opportunity_id": f"O-{number:05}",
        "account_id": None if world.happens(0.06) else account["account_id"],
        "agent_id": seller["agent_id"],
        "product_id": MISSPELLED if world.happens(0.03) else world.pick(products)["product_id"],
        "lost_reason": world.pick(world.company["lost_reasons"]) if is_won is False and world.happens(0.8) else None,
        "stage": _stage(world, is_won),
        "amount": None if world.happens(0.02) else amount,
        "currency": world.company["currency"],
        "is_won": is_won,
        "is_closed": is_closed,
        "created_at": None if world.happens(0.01) else created,
        "closed_at": closed if is_closed else None,
    }


def _stage(world: World, is_won: bool | None) -> str:
    if is_won is None:
        return str(world.pick(world.company["stages"]))
    return "won" if is_won else "lost"


def _transactions(world: World, people: People, products: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for at in sorted(world.moment() for _ in range(ORDERS)):
        contact = people.someone(world, at)
        cheap_first = {place: 1 / float(product["list_price"]) ** 0.6 for place, product in enumerate(products)}
        amount = sum(
            (products[world.weighted(cheap_first)]["list_price"] for _ in range(world.pick((1, 1, 1, 2, 2, 3)))),
            Decimal(0),
        )
        rows.append(_transaction(len(rows) + 1, contact, amount, at, "order"))
        if world.happens(REFUND_SHARE):
            back = world.after(at, hours=24 * 9, spread=0.5)
            if back <= world.now:
                rows.append(_transaction(len(rows) + 1, contact, -amount, back, "refund"))
    return rows


def _transaction(number: int, contact: Row, amount: Decimal, at: datetime, kind: str) -> Row:
    return {
        "transaction_id": f"S-{number:05}",
        "contact_id": contact["contact_id"],
        "account_id": contact["account_id"],
        "amount": amount,
        "currency": "USD",
        "occurred_at": at,
        "kind": kind,
    }
