"""First replies: which message opens a conversation, and when a person of ours first answered it."""

from typing import Literal

import ibis
import ibis.expr.types as ir

from data.warehouse import Warehouse

Replies = Literal["direct", "thread"]
DIRECT: Replies = "direct"
NOT_A_MESSAGE = ("reaction", "call", "meeting")  # nobody waits for a written reply to these


def openings(warehouse: Warehouse, replies: Replies) -> ir.Table:
    """
    Return the opening messages of customers.

    replies: `direct` counts replies to the opening message itself, `thread` any message of ours in its thread.

    One row per opening message: the columns of an interaction, `at` its instant, `replied_at` the first public reply
    by a person and `automated_at` by a bot, each null when there is none.
    """
    messages = _messages(warehouse)
    opening = _opening(messages)
    first = _first_replies(opening, _ours(messages, warehouse), replies)
    known = opening.left_join(
        first, [opening.source_system == first.reply_system, opening.source_id == first.opening_id]
    )
    columns = warehouse.table("interaction").columns
    return known.select(*columns, at=opening.occurred_at, replied_at=first.replied_at, automated_at=first.automated_at)


def silent_cases(warehouse: Warehouse) -> ir.Table:
    """Return the opened cases that no interaction belongs to."""
    case, interaction = warehouse.table("case"), warehouse.table("interaction")
    opened = case.filter(case.opened_at.notnull())
    return opened.anti_join(
        interaction, [opened.source_system == interaction.source_system, opened.source_id == interaction.case_id]
    )


def _messages(warehouse: Warehouse) -> ir.Table:
    interaction = warehouse.table("interaction")
    by_direction = interaction.direction.cases(("in", "customer"), ("out", "agent"), else_="other")
    return interaction.mutate(
        author=ibis.coalesce(interaction.author_kind, by_direction),
        automated=interaction.is_automated.fill_null(False),
        conversation=ibis.coalesce(interaction.thread_id, interaction.in_reply_to, interaction.source_id),
    )


def _opening(messages: ir.Table) -> ir.Table:
    """Return the first message of each conversation that begins with a customer."""
    is_message = messages.type.isnull() | messages.type.notin(NOT_A_MESSAGE)
    candidates = messages.filter(is_message, ~messages.automated, messages.in_reply_to.isnull())
    place = ibis.row_number().over(
        group_by=[candidates.source_system, candidates.conversation],
        order_by=[candidates.occurred_at, candidates.source_id],
    )
    ranked = candidates.mutate(place=place)
    return ranked.filter(ranked.place == 0, ranked.author == "customer")


def _ours(messages: ir.Table, warehouse: Warehouse) -> ir.Table:
    """Return our public messages, `by_person` where neither the message nor its agent is automatic."""
    agent = warehouse.table("agent").select(
        agent_system="source_system", agent_source="source_id", agent_is_bot="is_bot"
    )
    ours = messages.filter(messages.author == "agent", messages.is_public.fill_null(True))
    known = ours.left_join(agent, [ours.source_system == agent.agent_system, ours.agent_id == agent.agent_source])
    return known.mutate(by_person=~(known.automated | known.agent_is_bot.fill_null(False)))


def _first_replies(opening: ir.Table, ours: ir.Table, replies: Replies) -> ir.Table:
    """Return one row per opening message that we answered: its key and the first instants."""
    asked = opening.select(
        reply_system="source_system", opening_id="source_id", opened_at="occurred_at", asked_in="conversation"
    )
    answered = ours.select("source_system", "in_reply_to", "conversation", "by_person", replied="occurred_at")
    same = answered.in_reply_to == asked.opening_id if replies == DIRECT else answered.conversation == asked.asked_in
    pairs = asked.inner_join(answered, [asked.reply_system == answered.source_system, same])
    later = pairs.filter(pairs.replied >= pairs.opened_at)
    return later.group_by("reply_system", "opening_id").aggregate(
        replied_at=later.replied.min(where=later.by_person), automated_at=later.replied.min(where=~later.by_person)
    )
