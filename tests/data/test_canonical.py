from data.canonical import ARROW_TYPES, PROVENANCE, TABLES, arrow_schema


def test_every_table_of_the_schema_is_there() -> None:
    assert set(TABLES) == {
        "account", "contact", "consent", "contact_link", "product", "agent", "social_profile", "identity_link",
        "interaction", "post", "case", "opportunity", "transaction", "campaign", "thread", "answer", "advocacy_event",
        "survey_response",
    }  # fmt: skip


def test_keys_and_references_lead_somewhere() -> None:
    for table in TABLES.values():
        names = [column.name for column in table.columns]
        assert names[0] == table.key
        assert len(set(names)) == len(names)
        assert set(table.unique) <= set(names)
        assert not set(names) & {column.name for column in PROVENANCE}
        assert all(column.references in TABLES for column in table.columns if column.references)


def test_a_foreign_key_is_never_required() -> None:
    assert not [
        column for table in TABLES.values() for column in table.columns if column.references and column.required
    ]


def test_files_hold_the_columns_in_order_and_where_rows_came_from() -> None:
    schema = arrow_schema(TABLES["transaction"])

    assert schema.names == [
        "transaction_id", "contact_id", "account_id", "amount", "currency", "occurred_at", "kind",
        "source_system", "source_id", "extracted_at",
    ]  # fmt: skip
    assert schema.field("amount").type == ARROW_TYPES["decimal"]
