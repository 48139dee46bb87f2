//! For tests of every floor: the plainest snapshot and the plainest account, to be altered where it matters.

use std::sync::Arc;

use proptest::prelude::*;

use super::{
    Access, Account, Encryption, Family, Fault, FaultClass, Kind, Moment, Origin, Region, Scope, Share,
    Snapshot, SnapshotArn, SnapshotType, Standing, Status, Unasked,
};

/// An available mysql instance snapshot of the scope's own, not encrypted, whose share state nobody has asked.
pub(crate) fn snapshot(scope: &Scope, name: &str) -> Snapshot {
    Snapshot {
        scope: scope.clone(),
        arn: SnapshotArn::new(&scope.region, scope.account, Kind::Instance, name),
        family: Family::Rds,
        engine: "mysql".into(),
        engine_version: "8.0.39".into(),
        source_db: "orders".into(),
        snapshot_type: SnapshotType::of("manual", name),
        origin: Origin::Own,
        status: Status::Available,
        progress: Some(100),
        created_at: Moment::UNKNOWN,
        data_at: Moment::UNKNOWN,
        size_gib: Some(100),
        encryption: Encryption::None,
        share: Share::Unknown(Unasked::NotYet),
        option_group: None,
        storage_type: None,
        source_snapshot: None,
        tags: Arc::new([]),
    }
}

/// An account that only has a name.
pub(crate) fn account(name: &str) -> Account {
    Account {
        name: name.into(),
        id: None,
        access: Access::ReadWrite,
        standing: Standing::Ordinary,
        tint: None,
    }
}

/// Account 111111111111 in us-east-1.
pub(crate) fn scope() -> Scope {
    Scope { account: "111111111111".parse().expect("an account id"), region: Region::new("us-east-1") }
}

/// A fault that says this and no more.
pub(crate) fn fault(class: FaultClass, message: &str) -> Fault {
    Fault {
        class,
        code: None,
        message: message.into(),
        action: None,
        denied_by: None,
        request_id: None,
        remedy: None,
        hint: "Ask somebody who may.".into(),
    }
}

/// Text as nobody wants it from outside: any of Unicode, and more often what steers, hides, reorders, piles up,
/// separates, or means something to a shell, a spreadsheet, a browser, or a reader of what is written out here.
pub(crate) fn hostile() -> impl Strategy<Value = String> {
    const PIECES: [&str; 56] = [
        "orders",
        "-prod",
        "注文",
        "é",
        "e\u{301}",
        "\u{301}\u{302}\u{303}\u{304}",
        "\u{20dd}",
        "لا",
        "שלום",
        "क्षि",
        "ក្ខ",
        "\u{1100}\u{1161}\u{11a8}",
        "\u{d7b0}",
        "👩\u{200d}🚀",
        "👍\u{1f3fd}",
        "🇩🇪",
        "1\u{fe0f}\u{20e3}",
        "✈\u{fe0e}",
        "\u{e0041}\u{e007f}",
        "\u{202e}",
        "\u{2066}",
        "\u{200b}",
        "\u{feff}",
        "\u{2028}",
        "\u{2029}",
        "\u{85}",
        "\u{9b}31m",
        "\u{1b}[2J",
        "\u{1b}]0;x\u{7}",
        "\u{1b}]52;c;eA==\u{1b}\\",
        "\u{1b}[201~",
        "\0",
        "\u{7f}",
        "\u{8}",
        "\r",
        "\n",
        "\r\n",
        "\t",
        " ",
        "  ",
        "\u{a0}",
        "\u{3000}",
        "=1+1",
        "@",
        "+",
        "-",
        ";",
        ",",
        "\"",
        "'",
        "|",
        "`",
        "$(id)",
        "\\",
        "\\u{1b}",
        "<b>&",
    ];
    let piece = prop_oneof![3 => proptest::sample::select(PIECES.to_vec()).prop_map(str::to_owned), 1 => any::<String>()];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}
