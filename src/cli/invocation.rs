//! What the command line asks for, typed; nothing of the settings or the environment is merged in yet.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser as _};
use clap_complete::Shell;

use crate::disk::{Folders, NoHome, nearest};
use crate::domain::{Access, Action, Region, RegionChoice, Theme, catalogue};
use crate::engine::Shares;
use crate::export::Format;
use crate::query::{Filter, Order};

use super::arguments::{Arguments, CheckArguments, JobsVerb, Verb};
use super::globals::Globals;
use super::goal::Goal;
use super::jobs::Jobs;
use super::value::RegionItem;
use super::{PlanFormat, ReportFormat};
use crate::plan::RunId;

/// A command line that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Invocation {
    /// The options of every command.
    pub options: Options,
    /// What to do.
    pub command: Command,
}

/// The options of every command.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// `--profile`, `--all-profiles`.
    pub accounts: WhichAccounts,
    /// `--region`; `None` leaves it to the settings.
    pub regions: Option<RegionChoice>,
    /// `--endpoint-url`.
    pub endpoint: Option<String>,
    /// `--config`.
    pub config: Option<PathBuf>,
    /// `--read-only`; `None` leaves it to the settings.
    pub access: Option<Access>,
    /// `--demo`.
    pub demo: Option<Demo>,
    /// `--filter`.
    pub filter: Option<Filter>,
    /// `--theme`.
    pub theme: Option<Theme>,
    /// `--ascii`; `None` leaves it to the settings.
    pub ascii: Option<bool>,
    /// `--log`.
    pub log: Option<PathBuf>,
    /// `--data-dir`.
    pub data_dir: Option<PathBuf>,
}

/// Which accounts the command line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhichAccounts {
    /// It leaves that to the settings.
    Settings,
    /// `--profile`: these, by name.
    Named(Vec<String>),
    /// `--all-profiles`.
    AllProfiles,
}

/// The fleet that a demo starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demo {
    /// The built-in one.
    BuiltIn,
    /// The one of a file.
    Fleet(PathBuf),
}

/// What the command line asks to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// The terminal interface.
    Deck,
    /// `list`.
    List(List),
    /// `check`.
    Check(Check),
    /// `plan`.
    Plan(MakePlan),
    /// `apply`.
    Apply(ApplyPlan),
    /// `jobs`.
    Jobs(Jobs),
    /// `resume`.
    Resume(Resume),
    /// `check --explain`.
    Explain(Explain),
    /// `rules`.
    Rules(ListRules),
    /// `doctor`.
    Doctor(Doctor),
    /// `cloud`.
    Cloud(ServeCloud),
    /// `completions`.
    Completions(Shell),
    /// `man`.
    Man,
}

/// `list`: the inventory as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct List {
    /// `--format`.
    pub format: Format,
    /// `--shares`.
    pub shares: Shares,
    /// `--sort`; `None` is the default order, and for ndjson none at all.
    pub sort: Option<Order>,
}

/// `plan`: the steps that reach a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakePlan {
    /// The goal.
    pub goal: Goal,
    /// `--format`.
    pub format: PlanFormat,
}

/// `apply`: a plan carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplyPlan {
    /// The goal.
    pub goal: Goal,
    /// `--format`; `None` is lines on a terminal and JSON in a pipe.
    pub format: Option<ReportFormat>,
    /// `--yes`.
    pub assent: Assent,
    /// `--clean-up`.
    pub after: After,
}

/// What is done at the end with what was needed on the way only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// It stays.
    Leave,
    /// It is taken back.
    CleanUp,
}

/// Whether the user has agreed to what will be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assent {
    /// It has to be asked for.
    Ask,
    /// It was given on the command line.
    Given,
}

/// `resume`: a run taken up again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resume {
    /// The run; `None` is the only one that was cut short.
    pub run: Option<RunId>,
    /// `--adopt`: the file with a run of another machine.
    pub adopt: Option<PathBuf>,
    /// `--format`; `None` is lines on a terminal and JSON in a pipe.
    pub format: Option<ReportFormat>,
}

/// `check`: whether AWS would allow an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The action.
    pub goal: Goal,
    /// `--format`.
    pub format: ReportFormat,
}

/// `check --explain`: what a rule says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explain {
    /// The id of a rule that there is.
    pub rule: &'static str,
    /// `--format`.
    pub format: ReportFormat,
}

/// `rules`: what actions are judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListRules {
    /// `--action`; `None` lists the rules of all.
    pub action: Option<Action>,
    /// `--format`.
    pub format: ReportFormat,
}

/// `doctor`: what works and what does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doctor {
    /// `--format`.
    pub format: ReportFormat,
}

/// `cloud`: the demo cloud for other programs.
#[derive(Debug, Clone, PartialEq)]
pub struct ServeCloud {
    /// `--listen`: a loopback address.
    pub listen: SocketAddr,
    /// `--fleet`; `None` is the built-in one.
    pub fleet: Option<PathBuf>,
    /// `--speed`: seconds of the demo cloud for each of ours, above 0.
    pub speed: f64,
}

impl Invocation {
    /// Reads a command line, the program's name first; the error is a usage error, or the help that was asked for.
    pub fn read(
        arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    ) -> Result<Self, clap::Error> {
        let Arguments { globals, command } = Arguments::try_parse_from(arguments)?;
        let (after, command) = match command {
            None => (Globals::default(), Command::Deck),
            Some(Verb::List(list)) => {
                let shares = if list.shares { Shares::All } else { Shares::Never };
                (list.globals, Command::List(List { format: list.format, shares, sort: list.sort }))
            }
            Some(Verb::Check(check)) => read_check(*check)?,
            Some(Verb::Plan(plan)) => {
                let (goal, after) = plan.goal.read();
                (plan.globals.then(after), Command::Plan(MakePlan { goal, format: plan.format }))
            }
            Some(Verb::Apply(apply)) => {
                let (goal, after) = apply.goal.read();
                let assent = if apply.yes { Assent::Given } else { Assent::Ask };
                let in_the_end = if apply.clean_up { After::CleanUp } else { After::Leave };
                let apply_plan = ApplyPlan { goal, format: apply.format, assent, after: in_the_end };
                (apply.globals.then(after), Command::Apply(apply_plan))
            }
            Some(Verb::Jobs(jobs)) => {
                let (wanted, after) = match jobs.wanted {
                    None => (Jobs::List(jobs.format), None),
                    Some(JobsVerb::List(list)) => (Jobs::List(jobs.format), Some(list.globals)),
                    Some(JobsVerb::Show(one)) => (Jobs::Show(one.run), Some(one.globals)),
                    Some(JobsVerb::Export(one)) => (Jobs::Export(one.run, jobs.format), Some(one.globals)),
                };
                let globals = match after {
                    Some(after) => jobs.globals.then(after),
                    None => jobs.globals,
                };
                (globals, Command::Jobs(wanted))
            }
            Some(Verb::Resume(resume)) => (
                resume.globals,
                Command::Resume(Resume { run: resume.run, adopt: resume.adopt, format: resume.format }),
            ),
            Some(Verb::Rules(rules)) => {
                let list = ListRules { action: rules.action, format: rules.format };
                (rules.globals, Command::Rules(list))
            }
            Some(Verb::Doctor(doctor)) => (doctor.globals, Command::Doctor(Doctor { format: doctor.format })),
            Some(Verb::Cloud(cloud)) => {
                let serve = ServeCloud { listen: cloud.listen, fleet: cloud.fleet, speed: cloud.speed };
                (cloud.globals, Command::Cloud(serve))
            }
            Some(Verb::Completions(completions)) => {
                (completions.globals, Command::Completions(completions.shell))
            }
            Some(Verb::Man(man)) => (man.globals, Command::Man),
        };
        Ok(Self { options: Options::of(globals.then(after))?, command })
    }

    /// Where the settings and the data lie.
    pub fn folders(&self) -> Result<Folders, NoHome> {
        Folders::find(self.options.config.as_deref(), self.options.data_dir.as_deref())
    }

    /// What is odd about the command line but may be meant, one sentence each.
    pub fn doubts(&self) -> Vec<String> {
        let mut regions = match &self.options.regions {
            Some(RegionChoice::Named(regions)) => regions.clone(),
            _ => Vec::new(),
        };
        if let Command::Check(Check { goal, .. })
        | Command::Plan(MakePlan { goal, .. })
        | Command::Apply(ApplyPlan { goal, .. }) = &self.command
        {
            regions.extend(goal.region());
        }
        regions.iter().filter_map(doubt).collect()
    }
}

/// Reads `check`: an action, or the rule to explain.
fn read_check(check: CheckArguments) -> Result<(Globals, Command), clap::Error> {
    let CheckArguments { format, explain, globals, goal } = check;
    match (goal, explain) {
        (Some(goal), None) => {
            let (goal, after) = goal.read();
            Ok((globals.then(after), Command::Check(Check { goal, format })))
        }
        (None, Some(rule)) => Ok((globals, Command::Explain(Explain { rule, format }))),
        (Some(_), Some(_)) => Err(Arguments::command().error(
            ErrorKind::ArgumentConflict,
            "--explain prints a rule and judges no action: leave one out",
        )),
        (None, None) => {
            let actions = Action::ALL.map(Action::name).join(", ");
            let text = format!("check needs an action: {actions}; or --explain RULE");
            Err(Arguments::command().error(ErrorKind::MissingSubcommand, text))
        }
    }
}

/// Why a region may be a slip: this version does not know it.
fn doubt(region: &Region) -> Option<String> {
    if region.place().is_some() {
        return None;
    }
    let meant = nearest(region.name(), catalogue().iter().map(|place| place.name));
    let meant = meant.map(|meant| format!(": did you mean {meant}?")).unwrap_or_default();
    Some(format!("region {region} is not one that this version knows{meant}"))
}

impl Options {
    fn of(globals: Globals) -> Result<Self, clap::Error> {
        let conflict = |text| Err(Arguments::command().error(ErrorKind::ArgumentConflict, text));
        // Clap sees conflicts only on one side of the command.
        let accounts = match (globals.all_profiles, globals.profile) {
            (true, names) if !names.is_empty() => {
                return conflict("--profile and --all-profiles cannot be used together");
            }
            (true, _) => WhichAccounts::AllProfiles,
            (false, names) if names.is_empty() => WhichAccounts::Settings,
            (false, names) => WhichAccounts::Named(without_repeats(names)),
        };
        if globals.demo.is_some() && globals.endpoint_url.is_some() {
            return conflict(
                "--demo and --endpoint-url cannot be used together: the demo cloud is inside the program",
            );
        }
        Ok(Self {
            accounts,
            regions: choice_of(globals.region),
            endpoint: globals.endpoint_url,
            config: globals.config,
            access: globals.read_only.then_some(Access::ReadOnly),
            demo: globals.demo.map(|fleet| fleet.map_or(Demo::BuiltIn, Demo::Fleet)),
            filter: globals.filter,
            theme: globals.theme,
            ascii: globals.ascii.then_some(true),
            log: globals.log,
            data_dir: globals.data_dir,
        })
    }
}

/// Joins the items of `--region`: the widest word wins, since it holds the others.
fn choice_of(items: Vec<RegionItem>) -> Option<RegionChoice> {
    if items.is_empty() {
        return None;
    }
    if items.contains(&RegionItem::All) {
        return Some(RegionChoice::All);
    }
    if items.contains(&RegionItem::Default) {
        return Some(RegionChoice::Default);
    }
    let regions = items.into_iter().filter_map(|item| match item {
        RegionItem::Named(region) => Some(region),
        RegionItem::All | RegionItem::Default => None,
    });
    Some(RegionChoice::Named(without_repeats(regions.collect())))
}

fn without_repeats<T: PartialEq>(items: Vec<T>) -> Vec<T> {
    let mut kept: Vec<T> = Vec::with_capacity(items.len());
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Invocation, clap::Error> {
        Invocation::read(std::iter::once("snapdeck").chain(line.split_whitespace()))
    }

    fn options(line: &str) -> Options {
        read(line).expect(line).options
    }

    fn regions(names: &[&str]) -> RegionChoice {
        RegionChoice::Named(names.iter().map(|name| Region::new(*name)).collect())
    }

    #[test]
    fn global_options_stand_before_or_after_the_command_or_on_both_sides() {
        let whole =
            options("--profile a,b --region us-east-1 --config c.toml --read-only --theme light list");
        let after = options(
            "list --profile a --profile b --region us-east-1 --config c.toml --read-only --theme light",
        );
        let both = options(
            "--profile a --config x.toml list --profile b,a --region us-east-1 --config c.toml --read-only --theme light",
        );
        assert_eq!(whole, after);
        assert_eq!(whole, both);
        assert_eq!(whole.accounts, WhichAccounts::Named(vec!["a".into(), "b".into()]));
        assert_eq!((whole.regions, whole.access), (Some(regions(&["us-east-1"])), Some(Access::ReadOnly)));
    }

    #[test]
    fn nothing_given_is_the_deck_and_leaves_all_to_the_settings() {
        let Invocation { options, command } = read("").expect("the deck");
        assert_eq!(command, Command::Deck);
        assert_eq!((options.accounts, options.regions), (WhichAccounts::Settings, None));
        assert_eq!((options.access, options.ascii, options.demo), (None, None, None));
    }

    #[test]
    fn a_demos_fleet_needs_its_equals_sign() {
        assert_eq!(options("--demo").demo, Some(Demo::BuiltIn));
        assert_eq!(options("--demo list").demo, Some(Demo::BuiltIn));
        assert_eq!(options("list --demo=f.json").demo, Some(Demo::Fleet("f.json".into())));
        assert!(read("--demo f.json").is_err(), "f.json is no command");
    }

    #[test]
    fn regions_are_names_or_the_words_for_many() {
        assert_eq!(
            options("--region us-east-1,eu-west-1,us-east-1").regions,
            Some(regions(&["us-east-1", "eu-west-1"]))
        );
        assert_eq!(options("--region all").regions, Some(RegionChoice::All));
        assert_eq!(options("--region us-east-1,all").regions, Some(RegionChoice::All));
        assert_eq!(options("--region default").regions, Some(RegionChoice::Default));
        assert!(read("--region us_east_1").is_err());
        let doubts = read("--region us-esat-1,us-east-1").expect("regions").doubts();
        let doubt = "region us-esat-1 is not one that this version knows: did you mean us-east-1?";
        assert_eq!(doubts, [doubt]);
        let line = "check delete --snapshot arn:aws:rds:us-esat-1:111111111111:snapshot:x";
        assert_eq!(read(line).expect("an action").doubts(), [doubt]);
    }

    #[test]
    fn what_cannot_be_meant_together_is_refused_on_either_side_of_the_command() {
        for line in [
            "--profile a --all-profiles",
            "--profile a list --all-profiles",
            "--demo --endpoint-url http://127.0.0.1:1",
            "--endpoint-url http://127.0.0.1:1 list --demo",
        ] {
            let error = read(line).expect_err(line);
            assert_eq!((error.kind(), error.exit_code()), (ErrorKind::ArgumentConflict, 2), "{line}");
        }
    }

    #[test]
    fn a_usage_error_ends_with_two_and_help_with_zero() {
        for line in
            ["lisst", "list --format yaml", "--profile a,,b", "cloud --listen 0.0.0.0:80", "cloud --speed 0"]
        {
            assert_eq!(read(line).expect_err(line).exit_code(), 2, "{line}");
        }
        for line in ["--help", "--version", "list --help"] {
            assert_eq!(read(line).expect_err(line).exit_code(), 0, "{line}");
        }
    }

    #[test]
    fn each_command_has_its_own_options() {
        let Command::List(list) =
            read("list --format ndjson --shares --sort size:desc").expect("list").command
        else {
            panic!("list")
        };
        assert_eq!((list.format, list.shares), (Format::Ndjson, Shares::All));
        assert!(list.sort.is_some());
        let Command::Cloud(cloud) = read("cloud --listen 127.0.0.1:4566 --speed 60").expect("cloud").command
        else {
            panic!("cloud")
        };
        assert_eq!((cloud.listen.port(), cloud.speed.to_bits(), cloud.fleet), (4566, 60f64.to_bits(), None));
        assert_eq!(read("completions zsh").expect("a shell").command, Command::Completions(Shell::Zsh));
        assert_eq!(read("man").expect("man").command, Command::Man);
    }

    #[test]
    fn the_declaration_holds_together() {
        Arguments::command().debug_assert();
    }
}
