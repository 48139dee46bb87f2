//! The options of every command, before it or after it.
//!
//! A list begun before the command goes on after it; an option with one value has the last one.

use std::path::PathBuf;
use std::str::FromStr as _;

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use crate::domain::Theme;
use crate::query::Filter;

use super::value::{self, RegionItem};

/// The options of every command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Globals {
    /// Reads these accounts: names from the settings file, else AWS profiles.
    #[arg(long, value_name = "P", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    pub(super) profile: Vec<String>,

    /// Reads every profile of the AWS config files.
    #[arg(long)]
    pub(super) all_profiles: bool,

    /// Reads these regions; "all" is every one of the partition, "default" those that need no opt-in.
    #[arg(long, value_name = "R", value_delimiter = ',')]
    pub(super) region: Vec<RegionItem>,

    /// Asks this endpoint instead of AWS's own.
    #[arg(long, value_name = "URL", value_parser = value::endpoint)]
    pub(super) endpoint_url: Option<String>,

    /// Reads this settings file.
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Makes no change anywhere.
    #[arg(long)]
    pub(super) read_only: bool,

    /// Runs on a demo cloud inside the program: the built-in fleet, or one of a file.
    #[arg(long, value_name = "FLEET.json", num_args = 0..=1, require_equals = true, conflicts_with = "endpoint_url")]
    #[expect(clippy::option_option, reason = "clap's way to tell --demo from --demo=FILE and from neither")]
    pub(super) demo: Option<Option<PathBuf>>,

    /// Shows the snapshots that pass this filter, as "enc:none share:public age:>30d".
    #[arg(long, value_name = "QUERY", value_parser = Filter::parse)]
    pub(super) filter: Option<Filter>,

    /// Draws in this theme.
    #[arg(long, value_name = "NAME", value_parser = Theme::from_str)]
    pub(super) theme: Option<Theme>,

    /// Draws with ASCII only.
    #[arg(long)]
    pub(super) ascii: bool,

    /// Writes a log to this file.
    #[arg(long, value_name = "FILE")]
    pub(super) log: Option<PathBuf>,

    /// Keeps journal and cache in this folder.
    #[arg(long, value_name = "DIR")]
    pub(super) data_dir: Option<PathBuf>,
}

impl Globals {
    /// Joins what stood before the command with what stood after it.
    pub(super) fn then(mut self, after: Self) -> Self {
        self.profile.extend(after.profile);
        self.region.extend(after.region);
        Self {
            profile: self.profile,
            region: self.region,
            all_profiles: self.all_profiles || after.all_profiles,
            endpoint_url: after.endpoint_url.or(self.endpoint_url),
            config: after.config.or(self.config),
            read_only: self.read_only || after.read_only,
            demo: after.demo.or(self.demo),
            filter: after.filter.or(self.filter),
            theme: after.theme.or(self.theme),
            ascii: self.ascii || after.ascii,
            log: after.log.or(self.log),
            data_dir: after.data_dir.or(self.data_dir),
        }
    }
}
