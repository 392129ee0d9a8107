"""The canonical schema: the one shape that every source is mapped to."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import pyarrow as pa

ColumnType = Literal["text", "int", "decimal", "bool", "date", "datetime", "json"]

CHANNEL = (
    "email", "phone", "chat", "web_form", "social_public", "social_private", "community", "sms", "in_person", "other",
)  # fmt: skip
NETWORK = ("facebook", "instagram", "linkedin", "x", "youtube", "tiktok", "reddit", "forum", "other")
INTERACTION_TYPE = ("message", "post", "comment", "reaction", "call", "meeting")
STATUS = ("open", "pending", "solved", "closed")
DIRECTION = ("in", "out")
PILLAR = ("marketing", "service", "sales", "innovation")
LIFECYCLE = ("lead", "prospect", "customer", "former", "other")
PURPOSE = ("service", "marketing", "research")
AUTHOR_KIND = ("customer", "agent", "other")
LINK_METHOD = ("asserted", "rule", "model", "person")
LINK_STATUS = ("proposed", "confirmed", "rejected")
TRANSACTION_KIND = ("order", "refund")
ADVOCACY_KIND = ("referral", "review", "ugc", "reference", "peer_answer", "upvote")
SURVEY_KIND = ("nps", "csat")

ARROW_TYPES: Mapping[ColumnType, pa.DataType] = MappingProxyType(
    {
        "text": pa.string(),
        "int": pa.int64(),
        "decimal": pa.decimal128(18, 4),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "datetime": pa.timestamp("us", tz="UTC"),
        "json": pa.string(),
    }
)


@dataclass(frozen=True)
class Column:
    """
    One column of a canonical table.

    references: the table whose source_id this column holds, within the same client and source_system.
    vocabulary: the words the column knows; what a source says besides them becomes `other` and is counted.
    """

    name: str
    type: ColumnType
    required: bool = False
    references: str | None = None
    vocabulary: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Table:
    """
    One canonical table.

    key: the column that names a row.
    unique: columns that together name a row a second time, when the table has such.
    """

    name: str
    key: str
    columns: tuple[Column, ...]
    unique: tuple[str, ...] = ()

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)


PROVENANCE = (
    Column("source_system", "text", required=True),
    Column("source_id", "text", required=True),
    Column("extracted_at", "datetime", required=True),
)


def arrow_schema(table: Table) -> pa.Schema:
    """Return the schema of a table's parquet files: its columns in order, then where each row came from."""
    return pa.schema([(column.name, ARROW_TYPES[column.type]) for column in (*table.columns, *PROVENANCE)])


def _text(name: str, vocabulary: tuple[str, ...] | None = None) -> Column:
    return Column(name, "text", vocabulary=vocabulary)


def _key(name: str) -> Column:
    return Column(name, "text", required=True)


def _to(table: str, name: str | None = None) -> Column:
    return Column(name or f"{table}_id", "text", references=table)


def _at(name: str, *, required: bool = False) -> Column:
    return Column(name, "datetime", required=required)


def _texts(*names: str) -> tuple[Column, ...]:
    return tuple(_text(name) for name in names)


def _ints(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name, "int") for name in names)


def _decision() -> tuple[Column, ...]:
    return (
        _text("method", LINK_METHOD),
        Column("probability", "decimal"),
        _text("status", LINK_STATUS),
        _text("decided_by"),
        _at("decided_at"),
        _text("model_version"),
    )


_PEOPLE = (
    Table(
        "account",
        "account_id",
        (_key("account_id"), *_texts("name", "domain", "industry", "segment"), _at("created_at")),
    ),
    Table(
        "contact",
        "contact_id",
        (
            _key("contact_id"),
            _to("account"),
            *_texts("full_name", "given_name", "surname", "email", "phone"),
            Column("birth_date", "date"),
            *_texts("city", "country", "employer", "website", "segment"),
            _text("lifecycle", LIFECYCLE),
            _at("created_at"),
            _at("deleted_at"),
        ),
    ),
    Table(
        "consent",
        "consent_id",
        (
            _key("consent_id"),
            _to("contact"),
            _text("network", NETWORK),
            _text("purpose", PURPOSE),
            Column("given", "bool"),
            _text("source"),
            _at("at"),
        ),
        unique=("contact_id", "network", "purpose"),
    ),
    Table(
        "contact_link",
        "link_id",
        (_key("link_id"), _to("contact", "left_contact_id"), _to("contact", "right_contact_id"), *_decision()),
    ),
    Table(
        "agent",
        "agent_id",
        (
            _key("agent_id"),
            *_texts("name", "team", "office", "manager"),
            _text("pillar", PILLAR),
            Column("is_bot", "bool"),
        ),
    ),
    Table(
        "social_profile",
        "profile_id",
        (
            _key("profile_id"),
            _text("network", NETWORK),
            *_texts("network_uid", "handle", "display_name", "location", "employer", "bio"),
            Column("links", "json"),
            *_texts("language", "url"),
            Column("followers", "int"),
            Column("blocked", "bool"),
        ),
        unique=("network", "network_uid"),
    ),
    Table(
        "identity_link",
        "link_id",
        (_key("link_id"), _to("contact"), _to("social_profile", "profile_id"), *_decision()),
    ),
)

_CONVERSATIONS = (
    Table(
        "interaction",
        "interaction_id",
        (
            _key("interaction_id"),
            _to("contact"),
            _to("social_profile", "profile_id"),
            _to("agent"),
            _text("channel", CHANNEL),
            _text("network", NETWORK),
            _text("direction", DIRECTION),
            _text("type", INTERACTION_TYPE),
            _text("pillar", PILLAR),
            _text("status", STATUS),
            *_texts("outcome", "subject", "body", "language"),
            _text("author_kind", AUTHOR_KIND),
            Column("sentiment", "decimal"),
            *_texts("sentiment_label", "thread_id"),
            _to("interaction", "in_reply_to"),
            Column("is_public", "bool"),
            Column("is_automated", "bool"),
            _to("case"),
            _to("opportunity"),
            _to("campaign"),
            _at("occurred_at", required=True),
        ),
    ),
    Table(
        "post",
        "post_id",
        (
            _key("post_id"),
            _to("social_profile", "profile_id"),
            Column("is_owned", "bool"),
            _text("body"),
            _to("campaign"),
            _at("published_at"),
            *_ints("impressions", "reach", "likes", "comments", "shares", "clicks"),
        ),
    ),
    Table(
        "case",
        "case_id",
        (
            _key("case_id"),
            _to("contact"),
            _text("channel", CHANNEL),
            _text("pillar", PILLAR),
            _text("status", STATUS),
            _text("priority"),
            *(_at(name) for name in ("opened_at", "first_response_at", "first_solved_at", "last_solved_at")),
            *_ints("reopen_count", "csat"),
        ),
    ),
    Table(
        "thread",
        "thread_id",
        (
            _key("thread_id"),
            _to("contact"),
            _at("asked_at"),
            *_texts("title", "body", "tags"),
            _to("answer", "accepted_answer_id"),
        ),
    ),
    Table(
        "answer",
        "answer_id",
        (
            _key("answer_id"),
            _to("thread"),
            _to("contact", "author_contact_id"),
            _to("agent"),
            _at("posted_at"),
            _text("body"),
            Column("score", "int"),
            Column("is_accepted", "bool"),
        ),
    ),
    Table(
        "advocacy_event",
        "event_id",
        (
            _key("event_id"),
            _to("contact"),
            _text("kind", ADVOCACY_KIND),
            _to("contact", "by_contact_id"),
            Column("weight", "decimal"),
            _at("occurred_at", required=True),
        ),
    ),
    Table(
        "survey_response",
        "response_id",
        (
            _key("response_id"),
            _to("contact"),
            _text("kind", SURVEY_KIND),
            Column("score", "int"),
            _at("responded_at"),
        ),
    ),
)

_BUSINESS = (
    Table(
        "product",
        "product_id",
        (_key("product_id"), *_texts("name", "series"), Column("list_price", "decimal"), _text("currency")),
    ),
    Table(
        "opportunity",
        "opportunity_id",
        (
            _key("opportunity_id"),
            *(_to(table) for table in ("account", "contact", "agent", "product", "campaign")),
            *_texts("lost_reason", "stage"),
            Column("amount", "decimal"),
            _text("currency"),
            Column("is_won", "bool"),
            Column("is_closed", "bool"),
            _at("created_at"),
            _at("closed_at"),
        ),
    ),
    Table(
        "transaction",
        "transaction_id",
        (
            _key("transaction_id"),
            _to("contact"),
            _to("account"),
            Column("amount", "decimal"),
            _text("currency"),
            _at("occurred_at", required=True),
            _text("kind", TRANSACTION_KIND),
        ),
    ),
    Table(
        "campaign",
        "campaign_id",
        (_key("campaign_id"), *_texts("component_id", "name"), Column("start", "date"), Column("end", "date")),
    ),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in (*_PEOPLE, *_CONVERSATIONS, *_BUSINESS)})
