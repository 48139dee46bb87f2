//! snapdeck: a terminal deck for every RDS snapshot a team owns, across accounts and regions.
//!
//! # The house
//!
//! ```text
//!  floor 4                 runtime          cli               the loop: one queue in, effects out · the same without a screen
//!                    ┌────────┼──────┬───────┤
//!  floor 3         view    engine   aws    disk    demo       eyes · hands · the SDK · files · an AWS in a box
//!                    │        └───┬───┴───────┘
//!  floor 2          app         ports                         the application as a value · what it asks of the outside
//!                ┌───┴────┐      │
//!  floor 1    query export rules plan                         which rows, in which order · rows as text that leaves · what AWS allows · the calls of a request
//!                └───┬────┴──────┘
//!  floor 0   input  domain                                    what a user can press · the nouns
//! ```
//!
//! Every arrow points down; `app`, `engine` and `cli` reach down to `rules`, and whatever shows, sends or keeps a plan
//! to `plan`. The lower three floors name no terminal, no SDK, no clock, no file and no runtime: time enters as a message, text from outside as
//! [`domain::Shown`]. `tests/architecture.rs` holds the drawing, arrow by arrow and crate by crate; a new arrow is a
//! commit of its own.
//!
//! # A snapshot's way to the screen
//!
//! 1. [`engine::Reader`] signs in to each account of the [`ports::Cloud`] and reads each scope (an account
//!    in a region) at the same time; nobody waits for anybody, and what fails is reported by name.
//! 2. [`aws`] turns the SDK's answers, page by page, into [`domain::Snapshot`]s. SDK types end there; each call
//!    is paced within what AWS grants an account and region, and an answer cut short is asked for again. The pages of
//!    all scopes go through one gate: as many are on their way as the processors can read meanwhile.
//! 3. What is learned travels as a [`domain::Report`]. The [`domain::Inventory`] is the fold over all of them:
//!    rows and whose keys they are under, and then who can read them. Unknown stays unknown.
//! 4. [`app::App::update`] takes reports, chords and the time in as messages and gives effects back; which rows
//!    are shown, and in which order, [`query::Listing`] keeps up to date without sorting anew.
//!    Reports that come between two frames are taken in together.
//! 5. [`view::draw`] draws the application: a function of it, built for the rows on the screen alone.
//! 6. [`runtime::run`] owns the only loop: it drains one queue, carries effects out in tasks of their own, and
//!    draws one frame a burst. `cli` does the same without a screen.
//!
//! # A sign-in's way
//!
//! A fault of the credentials says what makes it go away ([`domain::Remedy`]): a command that renews a session, which
//! [`runtime`] runs on the terminal while the deck is suspended, or the code of an MFA device, which [`app`] or `cli`
//! asks for and [`aws`] spends once. What it buys is kept in memory, for as long as it lasts. Then what was not read to
//! its end is read, and the jobs that waited go on.
//!
//! # Ideas that carry it
//!
//! - **What must stay true is a type or a test.** A draft that the rules have not cleared cannot become a
//!   [`domain::Request`]; an unknown share state has no way of being read as private.
//! - **Rules never fail.** [`rules::review`] answers with findings, with questions that must be asked first, and
//!   with a request only when nothing blocks. One rule is one file.
//! - **The demo cloud is the other judge.** [`demo`] answers bytes with bytes, keeps AWS's rules by its own
//!   reading, and shares no code with anything here, so that each can be held against the other.
//! - **Every question carries a ticket**, and an answer that nobody waits for any more is dropped in one place.
//! - **Four kinds of error never mix**: a finding (for the user), a [`domain::Fault`] (AWS said no), a broken
//!   invariant (`expect("BUG: ...")`), and a report (the program cannot even start).
//!
//! # A question's way to a verdict
//!
//! 1. `cli` reads an action and its options into a [`domain::Draft`], which holds what was typed, right or wrong.
//! 2. [`rules::review`] judges the draft by the [`domain::Facts`] that are known, and gives back what it must know besides.
//! 3. [`engine::Inquiry`] asks that of the [`ports::Cloud`], all at the same time, and the rules judge again, until no
//!    question is open. What could not be learned stays so, and is a finding.
//!
//! # A request's way to its calls
//!
//! [`plan::compile`] turns a cleared request into calls, each with its reason and what takes it back; the same can be
//! written as commands of the AWS CLI ([`plan::commands`]) or as a script ([`plan::script`]). Only a
//! [`plan::Order`] can be sent ([`ports::Cloud::send`]), and none can be made in an account that is read-only.
//!
//! # An action's way to AWS
//!
//! 1. A dialog of [`app`] holds a form: what was typed, field by field. At every change each snapshot gets a draft of
//!    its own from it, [`rules::review`] judges that, and what it must know besides leaves as an [`app::Effect::Ask`].
//! 2. What blocks is shown at its field with its way out; taking one is another change of the form, and can be taken back.
//! 3. A draft that nothing blocks is a request, and [`plan::compile`] makes its plan: what will happen is on the screen
//!    before anybody has decided anything. Where something has to be done first, a key brought back or a copy or an
//!    instance made on the way, each stage is judged as a draft of its own ([`domain::Request::After`]).
//! 4. A last screen shows the plans of the moment in which it opened, to the letter, a dialog's or those that take a job
//!    back. It is the only way out that sends a plan: [`plan::Orders`] are made there of one plan each, never in an
//!    account that is read-only, and leave as an [`app::Effect::Run`]. What they make is sent with a tag of ours besides
//!    ([`plan::STAMP`]), as the screen says.
//! 5. [`engine::Keeper`] sends the orders one by one, waits for what a step makes before the next one, and tells what
//!    happens as [`plan::Event`]s: before it sends, and nothing is sent that was not heard. Before each, what the step
//!    stands on ([`plan::Ground`]) is read again, and where a limit of AWS is full it waits. What got no answer is looked
//!    for, and sent again only where it is not there; expired credentials pause a job, and so does the user, who can also
//!    give it up ([`engine::Brake`]).
//! 6. [`plan::Run`] is the fold over these events; the application keeps one for each job, shows it, and has the scopes
//!    read again that a step has changed.
//!
//! # A run's way into the journal
//!
//! What is to be sent is written down first ([`ports::Journal`]): the plan when its run is begun, then each event when
//! it happens, exact and with the number of its shape ([`plan::Record`]), and on the disk before the next call leaves.
//! One program at a time has the [`ports::Hold`] of a run and may record. [`plan::History`] is what is read back, and
//! replays to the [`plan::Run`]. [`disk::Journal`] keeps it in a file to which rows are only ever added.
//!
//! [`engine::Keeper`] holds it all together: it begins runs, takes them up again, and drives them with the journal
//! listening, for `apply` and `resume` as for the deck, where [`engine::Crew`] knows them by their jobs. A run that
//! another program holds is watched by what that writes; one of another machine's journal is adopted whole. What its
//! driver does next with a run is told apart from the doing: `engine::turn` decides, and the exhaustive model of the
//! tests looks through the same decisions.

pub mod app;
pub mod aws;
pub mod cli;
pub mod demo;
pub mod disk;
pub mod domain;
pub mod engine;
pub mod export;
pub mod input;
pub mod plan;
pub mod ports;
pub mod query;
pub mod rules;
pub mod runtime;
pub mod view;
