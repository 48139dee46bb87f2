//! The operations of RDS, by name.

mod describe_db_snapshots;
mod filter;
mod page;

use super::Operation::{self, Read};
use crate::demo::wire::xml::Xml;

/// The operation of that name.
pub(crate) fn operation(name: &str) -> Option<Operation<Xml>> {
    Some(match name {
        "DescribeDBSnapshots" => Read(describe_db_snapshots::instances),
        "DescribeDBClusterSnapshots" => Read(describe_db_snapshots::clusters),
        _ => return None,
    })
}
