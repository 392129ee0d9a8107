"""What the actions of the ledger's files, rates and controls are given."""

from decimal import Decimal

from program.ledger_file import read_ledger
from tests.program.acting_world import Case

MAPPING = {"columns": {"amount": "Value"}, "constants": {"kind": "actual"}, "decimal": ","}
FILE = read_ledger(
    "kind,line,date,amount,currency,document,row\n"
    "actual,Tools,2026-03-01,5,EUR,I-9,1\n"
    "actual,Nothing,2026-03-01,5,EUR,I-9,2\n"
    "actual,Tools,2026-03-01,IEH,EUR,I-9,3\n"
)
CASES: dict[str, Case] = {
    "ledger.import_entries": Case(
        "money.edit",
        lambda w: {"rows": FILE.rows, "rejected": FILE.rejected, "component_id": w.component_id},
    ),
    "ledger.save_mapping": Case("money.edit", lambda _: {"name": "Bank", "content": MAPPING}),
    "ledger.change_mapping": Case(
        "money.edit", lambda w: {"mapping_id": w.ledger_mapping_id, "version": 1, "content": MAPPING}
    ),
    "ledger.remove_mapping": Case("money.edit", lambda w: {"mapping_id": w.ledger_mapping_id, "version": 1}),
    "ledger.settle_row": Case(
        "money.edit", lambda w: {"row_id": w.unmatched_row_id, "version": 1, "how": "Booked by hand as I-7."}
    ),
    "rates.set_rate": Case("money.edit", lambda _: {"currency": "USD", "rate": Decimal("0.9"), "version": 1}),
    "rates.remove_rate": Case("money.edit", lambda w: {"rate_id": w.plan_rate_id, "version": 1}),
}  # fmt: skip
