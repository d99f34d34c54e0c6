"""The files of a campaign, handed over to the archive in time after its end."""

from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import by_sla, running, set_deadline
from domain.calendar import local_day
from domain.deadlines import DeadlineKind
from domain.refusals import refuse
from intake.acts.campaign import ArchiveFiles
from store.plans import pack_of
from store.tables import Phase


def date_the_archiving(call: Call, last: Phase) -> None:
    """Set by when the files of a campaign that ends with a phase are to be archived.

    Law: NĐ 30/2020/NĐ-CP Điều 30 khoản 2 điểm b.
    """
    if limit := pack_of(call.session, last).archive:
        due_at = by_sla(call.deed, limit, call.day)
        set_deadline(call.deed, str(call.target), DeadlineKind.ARCHIVE, due_at)


@effect("archive_files")
def archive_files(call: Call, body: ArchiveFiles) -> Answer:
    """Write down that the files are in the archive now, and where."""
    campaign = call.campaign()
    if DeadlineKind.ARCHIVE not in running(call.session, str(call.target)):
        raise refuse("nothing_to_archive", "Hồ sơ của phong trào này đã nộp lưu trữ.")
    assert campaign.closed_at is not None  # noqa: S101 - what has closed has a day
    call.require_between(body.handed_over_on, local_day(campaign.closed_at))
    campaign.archived_on, campaign.archived_with = body.handed_over_on, body.place
    call.session.add(campaign)
    return {"archived_on": body.handed_over_on.isoformat()}
