//! The eight fixed views of the list, one digit each.

use crate::domain::{Inventory, Origin, Row, Share, SnapshotType};

use super::problem::problems;

/// A fixed view: the first choice of what a list shows, before any filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum View {
    /// Everything.
    #[default]
    All,
    /// Manual snapshots.
    Manual,
    /// Automated snapshots.
    Automated,
    /// Snapshots of AWS Backup.
    Backup,
    /// Snapshots of others that were shared with the account.
    SharedWithMe,
    /// Own snapshots that somebody else can read: shared with at least one account, or public.
    SharedOut,
    /// Public snapshots, own and of others.
    Public,
    /// Snapshots with at least one [`Problem`](super::Problem).
    Problems,
}

impl View {
    /// All views, in the order of their digits.
    pub const ALL: [Self; 8] = [
        Self::All,
        Self::Manual,
        Self::Automated,
        Self::Backup,
        Self::SharedWithMe,
        Self::SharedOut,
        Self::Public,
        Self::Problems,
    ];

    /// The digit that chooses it, `1` to `8`.
    pub fn digit(self) -> char {
        match self {
            Self::All => '1',
            Self::Manual => '2',
            Self::Automated => '3',
            Self::Backup => '4',
            Self::SharedWithMe => '5',
            Self::SharedOut => '6',
            Self::Public => '7',
            Self::Problems => '8',
        }
    }

    /// The view of a digit.
    pub fn of_digit(digit: char) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.digit() == digit)
    }

    /// The name, as settings write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Manual => "manual",
            Self::Automated => "automated",
            Self::Backup => "backup",
            Self::SharedWithMe => "shared-with-me",
            Self::SharedOut => "shared-out",
            Self::Public => "public",
            Self::Problems => "problems",
        }
    }

    /// The view of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }

    /// The name for the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::SharedWithMe => "shared with me",
            Self::SharedOut => "shared out",
            Self::All | Self::Manual | Self::Automated | Self::Backup | Self::Public | Self::Problems => {
                self.name()
            }
        }
    }

    /// Whether a row belongs to it; what is not known of a share is in none of the views of shares.
    pub fn admits(self, row: &Row, inventory: &Inventory) -> bool {
        let snapshot = &row.snapshot;
        match self {
            Self::All => true,
            Self::Manual => snapshot.snapshot_type == SnapshotType::Manual,
            Self::Automated => snapshot.snapshot_type == SnapshotType::Automated,
            Self::Backup => snapshot.snapshot_type == SnapshotType::AwsBackup,
            Self::SharedWithMe => snapshot.origin == Origin::Shared,
            Self::SharedOut => {
                snapshot.origin == Origin::Own
                    && matches!(snapshot.share, Share::Accounts(_) | Share::Public(_))
            }
            Self::Public => snapshot.origin == Origin::Public || matches!(snapshot.share, Share::Public(_)),
            Self::Problems => !problems(row, inventory).is_empty(),
        }
    }
}
