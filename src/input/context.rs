//! Where a chord is pressed: contexts, and the groups of bindings that are in force there.
//!
//! A context looks its groups up in order; the first that binds a chord decides.

use super::Action;

/// Where the next chord goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// The table of snapshots.
    Table,
    /// The tree of accounts and regions.
    Tree,
    /// The details of the snapshot under the cursor.
    Details,
    /// The line that filters.
    FilterLine,
    /// The line that takes commands.
    CommandLine,
    /// The list of columns to sort by.
    SortPicker,
    /// The list of accounts or of regions to show.
    ScopePicker,
    /// The dialog that saves the view.
    SaveDialog,
    /// The dialog that takes the code of an MFA device.
    Code,
    /// The help.
    Help,
    /// The line that searches the help.
    HelpSearch,
    /// An address to be opened elsewhere.
    Link,
    /// A snapshot's raw JSON.
    Document,
    /// Why an account or a region could not be read.
    Failure,
    /// The menu of what can be done.
    Menu,
    /// A field of a dialog that is chosen or switched.
    Form,
    /// A field of a dialog that is typed in.
    FormText,
    /// A list that a field is chosen from.
    FormPicker,
    /// The snapshots of a dialog, one by one.
    Affected,
    /// The last screen before anything is sent.
    Last,
    /// The last screen, where a name has to be typed.
    LastTyped,
    /// The jobs.
    Jobs,
    /// The question before leaving.
    Leave,
    /// The question before a job is given up.
    GiveUp,
}

/// A set of bindings that belong together; help shows them so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// Moving up and down, wherever there are rows or lines.
    Move,
    /// The table's own.
    Table,
    /// The tree's own.
    Tree,
    /// The details' own.
    Details,
    /// Whatever pane has the focus.
    Deck,
    /// A prompt: the filter and the command line.
    Prompt,
    /// Typing in one line.
    Line,
    /// The list of columns.
    Sort,
    /// The lists of accounts and of regions.
    Pick,
    /// The save dialog's own.
    Save,
    /// The code dialog's own.
    Code,
    /// Texts on a layer of their own.
    Read,
    /// The help's own.
    Help,
    /// The line that searches the help.
    HelpSearch,
    /// The address's own.
    Link,
    /// The raw JSON's own.
    Document,
    /// The failure's own.
    Failure,
    /// The menu's own.
    Menu,
    /// A dialog, whatever field has the focus.
    Form,
    /// A dialog, where nothing is typed.
    FormChords,
    /// The snapshots of a dialog.
    Affected,
    /// The last screen.
    Last,
    /// The last screen, where nothing is typed.
    LastChords,
    /// The jobs.
    Jobs,
    /// The question before leaving.
    Leave,
    /// The question before a job is given up.
    GiveUp,
    /// Everywhere.
    Everywhere,
}

impl Context {
    /// All contexts.
    pub const ALL: [Self; 24] = [
        Self::Table,
        Self::Tree,
        Self::Details,
        Self::FilterLine,
        Self::CommandLine,
        Self::SortPicker,
        Self::ScopePicker,
        Self::SaveDialog,
        Self::Code,
        Self::Help,
        Self::HelpSearch,
        Self::Link,
        Self::Document,
        Self::Failure,
        Self::Menu,
        Self::Form,
        Self::FormText,
        Self::FormPicker,
        Self::Affected,
        Self::Last,
        Self::LastTyped,
        Self::Jobs,
        Self::Leave,
        Self::GiveUp,
    ];

    /// The groups in force, the deciding one first.
    pub fn groups(self) -> &'static [Group] {
        match self {
            Self::Table => &[Group::Table, Group::Move, Group::Deck, Group::Everywhere],
            Self::Tree => &[Group::Tree, Group::Move, Group::Deck, Group::Everywhere],
            Self::Details => &[Group::Details, Group::Move, Group::Deck, Group::Everywhere],
            Self::FilterLine | Self::CommandLine => &[Group::Prompt, Group::Line, Group::Everywhere],
            Self::SortPicker => &[Group::Sort, Group::Move, Group::Everywhere],
            Self::Menu => &[Group::Menu, Group::Move, Group::Everywhere],
            Self::Form => &[Group::Form, Group::FormChords, Group::Everywhere],
            Self::FormText => &[Group::Form, Group::Line, Group::Everywhere],
            Self::Affected => &[Group::Affected, Group::Read, Group::Move, Group::Everywhere],
            Self::Last => &[Group::Last, Group::LastChords, Group::Move, Group::Everywhere],
            Self::LastTyped => &[Group::Last, Group::Line, Group::Everywhere],
            Self::Jobs => &[Group::Jobs, Group::Move, Group::Everywhere],
            Self::Leave => &[Group::Leave, Group::Everywhere],
            Self::GiveUp => &[Group::GiveUp, Group::Move, Group::Everywhere],
            Self::ScopePicker | Self::FormPicker => &[Group::Pick, Group::Line, Group::Everywhere],
            Self::SaveDialog => &[Group::Save, Group::Line, Group::Everywhere],
            Self::Code => &[Group::Code, Group::Line, Group::Everywhere],
            Self::HelpSearch => &[Group::HelpSearch, Group::Line, Group::Everywhere],
            Self::Link => &[Group::Link, Group::Read, Group::Everywhere],
            Self::Help => &[Group::Help, Group::Read, Group::Move, Group::Everywhere],
            Self::Document => &[Group::Document, Group::Read, Group::Move, Group::Everywhere],
            Self::Failure => &[Group::Failure, Group::Read, Group::Move, Group::Everywhere],
        }
    }

    /// Whether plain characters are typed into a line here.
    pub fn is_typed_in(self) -> bool {
        self.groups().contains(&Group::Line)
    }

    /// What an action is called in a hint here, where the place says it better than the action does.
    pub fn label(self, action: Action) -> &'static str {
        match (self, action) {
            (Self::FilterLine | Self::HelpSearch, Action::Accept) => "keep it",
            (Self::Help, Action::Filter) => "search",
            (Self::HelpSearch, Action::Back) => "all of it",
            (Self::FilterLine, Action::Back) => "as it was",
            (Self::CommandLine, Action::Accept) => "do it",
            (Self::SortPicker, Action::Accept) => "sort, again to turn round",
            (Self::ScopePicker, Action::Accept) => "show",
            (Self::Menu | Self::Jobs, Action::Accept) => "open",
            (Self::FormText, Action::Choose) => "names in use",
            (Self::Leave, Action::Accept) => "leave",
            (Self::Leave, Action::Back) => "stay",
            (Self::GiveUp, Action::Accept) => "give it up",
            (Self::GiveUp, Action::Back) => "let it go on",
            (Self::SaveDialog, Action::Accept) => "save",
            (Self::Code, Action::Accept) => "sign in",
            (Self::Code, Action::Back) => "not now",
            (Self::Table | Self::Tree | Self::Details | Self::Last | Self::LastTyped, Action::Back) => "back",
            (_, Action::Back) => "close",
            (_, action) => action.label(),
        }
    }

    /// What is worth a hint here, the most useful first.
    pub fn hinted(self) -> &'static [Action] {
        use Action as A;
        match self {
            Self::Table => &[
                A::SignIn,
                A::CopySnapshot,
                A::ShareSnapshot,
                A::EncryptSnapshot,
                A::Menu,
                A::Filter,
                A::Details,
                A::Sort,
                A::Help,
                A::RestoreSnapshot,
                A::Mark,
                A::Regions,
                A::Accounts,
                A::Document,
                A::Command,
                A::CopyArn,
                A::Refresh,
                A::Wide,
                A::Save,
                A::Console,
                A::NextPane,
                A::Quit,
            ],
            Self::Tree => &[
                A::SignIn,
                A::Open,
                A::Unfold,
                A::Fold,
                A::NextPane,
                A::Help,
                A::Filter,
                A::Refresh,
                A::Accounts,
                A::Regions,
                A::Zoom,
                A::Quit,
            ],
            Self::Details => &[
                A::Back,
                A::Document,
                A::CopyId,
                A::CopyArn,
                A::CopyCommand,
                A::Console,
                A::Help,
                A::NextSnapshot,
                A::PreviousSnapshot,
                A::Zoom,
            ],
            Self::FilterLine | Self::CommandLine => {
                &[A::Accept, A::Complete, A::Older, A::ClearLine, A::Back]
            }
            Self::SortPicker | Self::Menu | Self::Leave | Self::GiveUp | Self::Code => &[A::Accept, A::Back],
            Self::ScopePicker | Self::FormPicker => &[A::Accept, A::Toggle, A::ToggleAll, A::Back],
            Self::SaveDialog => &[A::Accept, A::NextFormat, A::Back],
            Self::Help => &[A::Back, A::Filter, A::PageDown, A::PageUp],
            Self::HelpSearch => &[A::Accept, A::Back, A::PageDown, A::PageUp],
            Self::Link => &[A::CopyAll, A::Back],
            Self::Document => &[A::CopyAll, A::Back, A::PageDown, A::PageUp],
            Self::Failure => &[A::SignIn, A::Retry, A::CopyAll, A::Back],
            Self::Form | Self::FormText => &[
                A::Choose,
                A::Fix,
                A::FixAll,
                A::Review,
                A::NextField,
                A::Affected,
                A::LeaveOut,
                A::Back,
                A::Undo,
                A::Plan,
                A::CopyCommands,
                A::SaveScript,
                A::Help,
            ],
            Self::Jobs => &[
                A::Accept,
                A::Resume,
                A::Pause,
                A::GiveUp,
                A::TakeBack,
                A::Reveal,
                A::Events,
                A::PutAway,
                A::Back,
            ],
            Self::Affected => &[A::LeaveOut, A::Back, A::PageDown, A::PageUp],
            Self::Last | Self::LastTyped => {
                &[A::Send, A::Back, A::CleanUp, A::CopyCommands, A::SaveScript, A::PageDown, A::PageUp]
            }
        }
    }
}

impl Group {
    /// All groups, in the order in which help shows them.
    pub const ALL: [Self; 27] = [
        Self::Deck,
        Self::Table,
        Self::Move,
        Self::Tree,
        Self::Details,
        Self::Everywhere,
        Self::Menu,
        Self::Form,
        Self::FormChords,
        Self::Affected,
        Self::Last,
        Self::LastChords,
        Self::Jobs,
        Self::Leave,
        Self::GiveUp,
        Self::Prompt,
        Self::Line,
        Self::Sort,
        Self::Pick,
        Self::Save,
        Self::Code,
        Self::Read,
        Self::Document,
        Self::Failure,
        Self::Link,
        Self::Help,
        Self::HelpSearch,
    ];

    /// The heading that help gives it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Moving",
            Self::Table => "In the table",
            Self::Tree => "In the tree of accounts and regions",
            Self::Details => "In the details",
            Self::Deck => "On the deck",
            Self::Prompt => "In the filter and the command line",
            Self::Line => "Typing a line",
            Self::Sort => "Choosing the order",
            Self::Pick => "Choosing from a list",
            Self::Save => "Saving the view",
            Self::Code => "Where an MFA code is typed",
            Self::Read => "Reading a text",
            Self::Help => "In this help",
            Self::HelpSearch => "Searching this help",
            Self::Link => "Where an address is shown",
            Self::Document => "In the raw JSON",
            Self::Failure => "Where it says why something failed",
            Self::Menu => "In the menu of actions",
            Self::Form => "In a dialog",
            Self::FormChords => "In a dialog, where nothing is typed",
            Self::Affected => "Where the snapshots of a dialog are listed",
            Self::Last => "On the last screen",
            Self::LastChords => "On the last screen, where nothing is typed",
            Self::Jobs => "In the jobs",
            Self::Leave => "Before leaving",
            Self::GiveUp => "Before a job is given up",
            Self::Everywhere => "Everywhere",
        }
    }
}
