//! The command line as clap reads it.
//!
//! Global options are accepted before and after the command and are joined here, so that a list begun
//! before the command goes on after it; an option with one value has the last one.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::export::Format;
use crate::query::{Filter, Order};

use super::doctor::ReportFormat;
use super::value::{self, RegionItem};

/// What the long help and the manual page say after the options.
const AFTER: &str = "\
Without accounts and regions given, those of the settings file are read; without a settings file, the default \
credentials and every region of their partition that needs no opt-in. The SDK's own environment variables count \
(AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL and others).

Exit status: 0 done; 1 it failed; 2 usage; 3 done, but some scope could not be read; 4 blocked by a rule.

Files: $XDG_CONFIG_HOME/snapdeck/config.toml (settings), $XDG_DATA_HOME/snapdeck (journal and cache).";

/// A terminal deck for every RDS snapshot a team owns, across accounts and regions.
#[derive(Debug, Parser)]
#[command(name = "snapdeck", version, after_long_help = AFTER, infer_long_args = false)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) command: Option<Verb>,
}

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
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) theme: Option<String>,

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

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Prints the inventory.
    List(ListArguments),
    /// Tells what works and what does not: settings, credentials, accounts, regions, terminal.
    Doctor(DoctorArguments),
    /// Serves the demo cloud on a loopback address.
    Cloud(CloudArguments),
    /// Prints the completions of a shell.
    Completions(CompletionsArguments),
    /// Prints the manual page.
    Man(ManArguments),
}

#[derive(Debug, Args)]
pub(super) struct ListArguments {
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: Format,
    /// Asks who can read each snapshot, at one call each; without it, shares of manual ones are "unknown".
    #[arg(long)]
    pub(super) shares: bool,
    /// Sorts by a column, as "size:desc"; ndjson is unsorted, and printed as it is read, without this.
    #[arg(long, value_name = "COLUMN[:asc|desc]", value_parser = value::order)]
    pub(super) sort: Option<Order>,
    #[command(flatten)]
    pub(super) globals: Globals,
}

#[derive(Debug, Args)]
pub(super) struct DoctorArguments {
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,
    #[command(flatten)]
    pub(super) globals: Globals,
}

#[derive(Debug, Args)]
pub(super) struct CloudArguments {
    /// Listens on this loopback address; port 0 takes any that is free.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0", value_parser = value::loopback)]
    pub(super) listen: SocketAddr,
    /// Starts from the fleet of this file.
    #[arg(long, value_name = "FILE")]
    pub(super) fleet: Option<PathBuf>,
    /// How many seconds pass in the demo cloud for each of ours.
    #[arg(long, value_name = "N", default_value = "1", value_parser = value::speed)]
    pub(super) speed: f64,
    #[command(flatten)]
    pub(super) globals: Globals,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// The shell.
    pub(super) shell: Shell,
    #[command(flatten)]
    pub(super) globals: Globals,
}

#[derive(Debug, Args)]
pub(super) struct ManArguments {
    #[command(flatten)]
    pub(super) globals: Globals,
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

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        Some(self.name().into())
    }
}
