//! The command line as clap reads it.
//!
//! Every command takes the global options too; an action takes them once more.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::domain::Action;
use crate::export::Format;
use crate::plan::RunId;
use crate::query::Order;

use super::globals::Globals;
use super::goal::GoalArguments;
use super::value;
use super::{PlanFormat, ReportFormat};

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

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Prints the inventory.
    List(ListArguments),
    /// Tells whether AWS would allow an action, why not, and what would; changes nothing.
    Check(Box<CheckArguments>),
    /// Prints the steps that reach a goal from where things stand; takes the actions and options of check, and changes nothing.
    Plan(Box<PlanArguments>),
    /// Carries a plan out, with progress; takes the actions and options of check, and asks first.
    Apply(Box<ApplyArguments>),
    /// Tells of the runs of this machine.
    Jobs(Box<JobsArguments>),
    /// Takes a run up again that was cut short: the one that is named, else the only one.
    Resume(ResumeArguments),
    /// Prints the rules that actions are judged by.
    Rules(RulesArguments),
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
#[command(
    subcommand_value_name = "ACTION",
    subcommand_help_heading = "Actions",
    disable_help_subcommand = true
)]
pub(super) struct CheckArguments {
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "table", global = true)]
    pub(super) format: ReportFormat,
    /// Prints what a rule says, as COPY-12, instead of judging an action.
    #[arg(long, value_name = "RULE", value_parser = value::rule)]
    pub(super) explain: Option<&'static str>,
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) goal: Option<GoalArguments>,
}

#[derive(Debug, Args)]
#[command(
    subcommand_value_name = "ACTION",
    subcommand_help_heading = "Actions",
    disable_help_subcommand = true
)]
pub(super) struct PlanArguments {
    /// The form of the output: a table, JSON, or a shell script of `aws` commands.
    #[arg(long, value_name = "FORMAT", default_value = "table", global = true)]
    pub(super) format: PlanFormat,
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) goal: GoalArguments,
}

#[derive(Debug, Args)]
#[command(
    subcommand_value_name = "ACTION",
    subcommand_help_heading = "Actions",
    disable_help_subcommand = true
)]
pub(super) struct ApplyArguments {
    /// The form of what happens: lines, the default on a terminal, or one JSON object a line, the default in a pipe.
    #[arg(long, value_name = "FORMAT", global = true)]
    pub(super) format: Option<ReportFormat>,
    /// Sends without asking first.
    #[arg(long, global = true)]
    pub(super) yes: bool,
    /// In the end takes back what was needed on the way only: the copy in between, its sharing, the change of a key.
    #[arg(long, global = true)]
    pub(super) clean_up: bool,
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) goal: GoalArguments,
}

#[derive(Debug, Args)]
pub(super) struct JobsArguments {
    /// The form of the output; an export is Markdown as a table, or JSON.
    #[arg(long, value_name = "FORMAT", default_value = "table", global = true)]
    pub(super) format: ReportFormat,
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) wanted: Option<JobsVerb>,
}

/// What is asked of the journal.
#[derive(Debug, Subcommand)]
pub(super) enum JobsVerb {
    /// Lists the runs, the newest first.
    List(Listed),
    /// Shows a run event by event.
    Show(OneRun),
    /// Writes a run down for others: who did what, when, and what AWS answered.
    Export(OneRun),
}

#[derive(Debug, Args)]
pub(super) struct Listed {
    #[command(flatten)]
    pub(super) globals: Globals,
}

#[derive(Debug, Args)]
pub(super) struct OneRun {
    /// The run, as `snapdeck jobs` names it.
    #[arg(value_name = "RUN")]
    pub(super) run: RunId,
    #[command(flatten)]
    pub(super) globals: Globals,
}

#[derive(Debug, Args)]
pub(super) struct ResumeArguments {
    /// The run, as `snapdeck jobs` names it.
    #[arg(value_name = "RUN")]
    pub(super) run: Option<RunId>,
    /// Takes in a run that `snapdeck jobs export RUN --format json` wrote on another machine, and resumes it here. Be
    /// sure that nobody drives it there any more.
    #[arg(long, value_name = "FILE", conflicts_with = "run")]
    pub(super) adopt: Option<PathBuf>,
    /// The form of what happens: lines, the default on a terminal, or one JSON object a line, the default in a pipe.
    #[arg(long, value_name = "FORMAT")]
    pub(super) format: Option<ReportFormat>,
    #[command(flatten)]
    pub(super) globals: Globals,
}

#[derive(Debug, Args)]
pub(super) struct RulesArguments {
    /// The form of the output.
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub(super) format: ReportFormat,
    /// Prints the rules of this action only.
    #[arg(long, value_name = "ACTION")]
    pub(super) action: Option<Action>,
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

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(self.name().into())
    }
}

impl ValueEnum for Action {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(self.name().into())
    }
}
