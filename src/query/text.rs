//! The text of a row that bare words are looked for in: folded, one line a value.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::domain::{Encryption, Inventory, Region, Row, catalogue};

use super::pattern::fold;

/// Everything of a row that a bare word can match.
pub(super) fn searchable(row: &Row, inventory: &Inventory) -> String {
    let snapshot = &row.snapshot;
    let mut text = Lines(String::with_capacity(160));
    text.add(snapshot.arn.exact_name());
    text.add(snapshot.source_db.exact());
    text.add(snapshot.engine.exact());
    text.add(snapshot.engine_version.exact());
    text.add(snapshot.scope.region.name());
    text.add(&short_of(&snapshot.scope.region));
    text.add(snapshot.snapshot_type.name());
    text.add(snapshot.status.exact());
    let others = snapshot.share.accounts().iter().copied();
    let owner = Some(snapshot.owner()).filter(|owner| *owner != snapshot.scope.account);
    for account in std::iter::once(snapshot.scope.account).chain(owner).chain(others) {
        text.add(&account.to_string());
        text.add(inventory.account_name(account).map_or("", |name| name.exact()));
    }
    if let Encryption::Kms(arn) = &snapshot.encryption {
        for alias in inventory.key(arn).iter().flat_map(|key| &key.aliases) {
            text.add(alias.exact());
        }
    }
    text.add(snapshot.option_group.as_ref().map_or("", |name| name.exact()));
    for tag in snapshot.tags.iter() {
        text.add(tag.key.exact());
        if !tag.value.is_empty() {
            text.0.pop();
            text.0.push('=');
            text.add(tag.value.exact());
        }
    }
    text.0
}

/// The short form of a region, without making it anew for those of the catalogue.
pub(super) fn short_of(region: &Region) -> Cow<'static, str> {
    static SHORT: LazyLock<HashMap<&'static str, String>> = LazyLock::new(|| {
        catalogue().iter().map(|place| (place.name, Region::new(place.name).short())).collect()
    });
    match SHORT.get(region.name()) {
        Some(short) => Cow::Borrowed(short),
        None => Cow::Owned(region.short()),
    }
}

/// Folded lines that are being gathered.
struct Lines(String);

impl Lines {
    fn add(&mut self, value: &str) {
        if value.is_empty() {
            return;
        }
        let start = self.0.len();
        if value.is_ascii() {
            self.0.push_str(value);
            self.0[start..].make_ascii_lowercase();
        } else {
            self.0.push_str(&fold(value));
        }
        self.0.push('\n');
    }
}
