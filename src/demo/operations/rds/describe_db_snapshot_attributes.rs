//! `DescribeDBSnapshotAttributes` and `DescribeDBClusterSnapshotAttributes`: whom a snapshot is shared with.

use crate::demo::state::State;
use crate::demo::state::snapshot::{Snapshot, SnapshotKind};
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers `DescribeDBSnapshotAttributes`.
pub(crate) fn instances(state: &State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Instance)
}

/// Answers `DescribeDBClusterSnapshotAttributes`.
pub(crate) fn clusters(state: &State, call: &Call) -> Result<Xml, Refusal> {
    answer(state, call, SnapshotKind::Cluster)
}

/// Only the owner is answered. An automated snapshot is too, with nobody in its list (SHARE-01).
fn answer(state: &State, call: &Call, kind: SnapshotKind) -> Result<Xml, Refusal> {
    let identifier = call.params.required(kind.id_field())?;
    let snapshot = state.own_snapshot(call, kind, identifier).ok_or_else(|| {
        Refusal::not_found(kind.not_found(), format!("{} {identifier} not found.", kind.member()))
    })?;
    let mut xml = Xml::new();
    write(&mut xml, snapshot, state.shared_with(snapshot.arn()));
    Ok(xml)
}

/// Writes the attributes of a snapshot, as these operations and those that modify them answer.
pub(crate) fn write(xml: &mut Xml, snapshot: &Snapshot, shared_with: &[String]) {
    let attribute = snapshot.kind.pick("DBSnapshotAttribute", "DBClusterSnapshotAttribute");
    xml.element(&format!("{attribute}sResult"), |xml| {
        xml.text(snapshot.kind.id_field(), snapshot.id());
        xml.element(&format!("{attribute}s"), |xml| {
            xml.element(attribute, |xml| {
                xml.text("AttributeName", "restore");
                xml.texts("AttributeValues", "AttributeValue", shared_with);
            });
        });
    });
}
