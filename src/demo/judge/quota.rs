//! How many snapshots there may be, and how many copies may be under way.

use crate::demo::state::State;
use crate::demo::state::snapshot::SnapshotKind;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;

/// Refuses one more manual snapshot where the account has all it may (COPY-43).
pub(crate) fn room_for_snapshot(state: &State, call: &Call, kind: SnapshotKind) -> Result<(), Refusal> {
    let name = kind.pick("ManualSnapshots", "ManualClusterSnapshots");
    let quota = state.quota(&call.account, &call.region, name);
    if quota.used < quota.max {
        return Ok(());
    }
    let what = kind.pick("manual snapshots", "manual cluster snapshots");
    Err(exceeded(format!("Cannot create more than {} {what}", quota.max)))
}

/// Refuses one more copy where 20 instance snapshots, or 5 cluster snapshots, are being copied (COPY-40).
///
/// That the two are counted apart is how the two limits are documented, each in its own guide.
pub(crate) fn room_for_copy(state: &State, call: &Call, kind: SnapshotKind) -> Result<(), Refusal> {
    let most = kind.pick(20, 5);
    let running =
        state.here(call).shelf(kind).iter().filter(|snapshot| snapshot.status() == "copying").count();
    if running < most {
        return Ok(());
    }
    Err(exceeded(format!("Cannot have more than {most} snapshot copies in progress to {}", call.region)))
}

fn exceeded(message: String) -> Refusal {
    Refusal::new("SnapshotQuotaExceeded", message)
}
