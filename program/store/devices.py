"""Who came by a run's link: found by the link's code, and by their device hashed with the run's secret."""

import hmac
from hashlib import sha256

from sqlalchemy import Select, select

from program.runs import check_device
from program.store.tables import AssessmentRun, Respondent


def key_of(secret: str, device: str) -> str:
    """Return what a respondent is found by. Nobody computes it, or a device from it, once the secret is gone."""
    return hmac.new(bytes.fromhex(secret), check_device(device).encode(), sha256).hexdigest()


def open_run_of(invite: str) -> Select[AssessmentRun]:
    """Return the query for the open run of a link; nothing is the link of a run that has none."""
    run = AssessmentRun
    return select(run).where(run.invite == (invite or ""), run.closed_at.is_(None))


def respondent_of(run_id: str, key: str) -> Select[Respondent]:
    """Return the query for the respondent of a device."""
    return select(Respondent).where(Respondent.run_id == run_id, Respondent.key == key)
