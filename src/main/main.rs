//! The binary: builds the parts and hands them to each other.

mod deck;
mod serve;
mod world;

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use color_eyre::eyre::{Report, WrapErr as _};
use jiff::tz::TimeZone;
use snapdeck::cli::{
    self, ApplyPlan, Command, Console, Environment, Exit, Ground, Hour, Invocation, Paint, Reach,
    ReportFormat, Resume,
};
use snapdeck::disk::{ReadSettings, Settings, SettingsError};
use tokio::runtime::Runtime;

use world::World;

#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// What is said after a panic.
const MISTAKE: &str =
    "This is a mistake of snapdeck. A run that was cut short goes on with `snapdeck resume`.";

fn main() -> ExitCode {
    let invocation = cli::parse();
    match run(&invocation) {
        Ok(code) => code,
        Err(report) => {
            complain(&format!("{report:#}"));
            Exit::Failed.into()
        }
    }
}

fn run(invocation: &Invocation) -> Result<ExitCode, Report> {
    color_eyre::config::HookBuilder::default().display_env_section(false).panic_section(MISTAKE).install()?;
    match &invocation.command {
        Command::Completions(shell) => {
            cli::completions(*shell, &mut std::io::stdout())?;
            return Ok(Exit::Done.into());
        }
        Command::Man => {
            cli::manual(&mut std::io::stdout())?;
            return Ok(Exit::Done.into());
        }
        Command::Rules(list) => return Ok(cli::rules(*list, console()).into()),
        Command::Explain(explain) => return Ok(cli::explain(*explain, console()).into()),
        Command::Deck
        | Command::List(_)
        | Command::Check(_)
        | Command::Plan(_)
        | Command::Apply(_)
        | Command::Jobs(_)
        | Command::Resume(_)
        | Command::Doctor(_)
        | Command::Cloud(_) => {}
    }
    if let Some(file) = &invocation.options.log {
        log_to(file)?;
    }
    let runtime = Runtime::new().wrap_err("the runtime cannot be started")?;
    let code = runtime.block_on(command(invocation));
    // A reader of the terminal or a call that hangs must not hold the program back.
    runtime.shutdown_background();
    code
}

async fn command(invocation: &Invocation) -> Result<ExitCode, Report> {
    if let Command::Cloud(serve) = &invocation.command {
        return serve::serve(serve).await;
    }
    let folders = invocation.folders()?;
    let ground =
        Ground { settings: folders.settings.read(), environment: Environment::of_process(), folders };
    if let Command::Doctor(doctor) = &invocation.command {
        return Ok(cli::doctor(
            &ground,
            doctors_cloud(invocation, &ground)?,
            doctor.format,
            Console::standard(),
        )
        .await
        .into());
    }
    if let Command::Jobs(wanted) = &invocation.command {
        let journal =
            snapdeck::disk::Journal::new(&ground.folders.data).wrap_err("the journal cannot be used")?;
        return Ok(cli::jobs(Arc::new(journal), *wanted, console()).await.into());
    }
    for doubt in invocation.doubts() {
        complain(&doubt);
    }
    let settings = match settings(ground.settings) {
        Ok(settings) => settings,
        Err(code) => return Ok(code),
    };
    let (world, preferences) = match World::of(invocation, &settings) {
        Ok(world) => (world, invocation.preferences(&settings)),
        Err(world::Unusable::Usage(usage)) => return Ok(misused(&usage)),
        Err(world::Unusable::Other(report)) => return Err(report),
    };
    let preferences = match preferences {
        Ok(preferences) => preferences,
        Err(usage) => return Ok(misused(&usage)),
    };
    match &invocation.command {
        Command::List(list) => {
            let now = (world.clock)();
            // The filter of the settings is the deck's: a script is never filtered in silence.
            let filter = invocation.options.filter.clone().unwrap_or_default();
            Ok(cli::list(world.cloud, *list, filter, console(), now).await.into())
        }
        Command::Check(check) => {
            let hour = Hour { clock: world.clock, zone: TimeZone::system() };
            Ok(cli::check(world.cloud, check, hour, console()).await.into())
        }
        Command::Apply(apply) => {
            let hour = Hour { clock: Arc::clone(&world.clock), zone: TimeZone::system() };
            let keeper = world.keeper(&ground.folders)?;
            let apply = ApplyPlan { format: Some(form(apply.format)), ..apply.clone() };
            Ok(cli::apply(world.cloud, keeper, &apply, hour, console()).await.into())
        }
        Command::Resume(resume) => {
            let hour = Hour { clock: Arc::clone(&world.clock), zone: TimeZone::system() };
            let keeper = world.keeper(&ground.folders)?;
            let resume = Resume { format: Some(form(resume.format)), ..resume.clone() };
            Ok(cli::resume(world.cloud, keeper, resume, hour, console()).await.into())
        }
        Command::Plan(plan) => {
            let hour = Hour { clock: world.clock, zone: TimeZone::system() };
            let reach = Reach { profiles: world.profiles, endpoint: world.endpoint };
            Ok(cli::plan(world.cloud, plan, reach, hour, console()).await.into())
        }
        _ if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() => {
            complain("the deck needs a terminal: try `snapdeck list`, or `snapdeck --help`");
            Ok(Exit::Usage.into())
        }
        _ if is_dumb() => {
            complain(
                "nothing can be drawn on this terminal (TERM=dumb): try `snapdeck list`, or `snapdeck --help`",
            );
            Ok(Exit::Usage.into())
        }
        _ => deck::run(world, preferences, settings.keymap, &ground.folders).await,
    }
}

/// The form of what happens: lines on a terminal, JSON in a pipe.
fn form(asked: Option<ReportFormat>) -> ReportFormat {
    asked.unwrap_or(if std::io::stdout().is_terminal() { ReportFormat::Table } else { ReportFormat::Json })
}

/// The process's own output and errors: as wide as the terminal where there is one, and coloured if that is wanted.
fn console() -> Console<std::io::BufWriter<std::io::Stdout>, std::io::Stderr> {
    let terminal = std::io::stdout().is_terminal();
    let width =
        terminal.then(snapdeck::runtime::size).and_then(Result::ok).map(|(width, _)| usize::from(width));
    let unwanted = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let paint = if terminal && !unwanted("NO_COLOR") && !is_dumb() { Paint::Ansi } else { Paint::None };
    Console::standard().within(width).painted(paint)
}

/// Whether the terminal says of itself that it can only write line after line.
fn is_dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// The cloud that `doctor` looks at; none when the settings cannot be used.
fn doctors_cloud(
    invocation: &Invocation,
    ground: &Ground,
) -> Result<Option<Arc<dyn snapdeck::ports::Cloud>>, Report> {
    let Ok(ReadSettings { settings, .. }) = &ground.settings else { return Ok(None) };
    match World::of(invocation, settings) {
        Ok(world) => Ok(Some(world.cloud)),
        Err(world::Unusable::Usage(usage)) => Err(Report::msg(usage.to_string())),
        Err(world::Unusable::Other(report)) => Err(report),
    }
}

/// The settings, their warnings told; or the mistakes told, and the status to end with.
fn settings(read: Result<ReadSettings, SettingsError>) -> Result<Settings, ExitCode> {
    match read {
        Ok(ReadSettings { settings, warnings }) => {
            for warning in warnings {
                complain(&warning.to_string());
            }
            Ok(settings)
        }
        Err(error) => {
            complain(&error.to_string());
            Err(Exit::Usage.into())
        }
    }
}

fn misused(usage: &dyn std::fmt::Display) -> ExitCode {
    complain(&usage.to_string());
    Exit::Usage.into()
}

/// Says something on the errors' side, one prefix a line, whatever it holds.
fn complain(text: &str) {
    let mut err = std::io::stderr().lock();
    for line in text.lines() {
        // Nobody is left to tell that errors cannot be written.
        let _ = writeln!(err, "snapdeck: {}", snapdeck::domain::harmless(line));
    }
}

/// Writes what happens to a file of the user's own; AWS's crates log access key ids below WARN.
fn log_to(file: &Path) -> Result<(), Report> {
    let log = snapdeck::disk::create_log(file)
        .wrap_err_with(|| format!("the log {} cannot be written", file.display()))?;
    let filter = tracing_subscriber::EnvFilter::new("warn,snapdeck=debug");
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(false)
        .with_writer(std::sync::Mutex::new(log))
        .init();
    Ok(())
}
