//! What a chord can mean, each with its name, its short label and its sentence.
//!
//! The name is what the settings write to remap it; the label stands in hints, the sentence in help.

/// One thing that the user can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// One up.
    Up,
    /// One down.
    Down,
    /// A page up.
    PageUp,
    /// A page down.
    PageDown,
    /// To the first.
    Top,
    /// To the last.
    Bottom,
    /// To the left in a table that is wider than its pane.
    ScrollLeft,
    /// To the right in a table that is wider than its pane.
    ScrollRight,
    /// The next pane.
    NextPane,
    /// The previous pane.
    PreviousPane,
    /// The pane to the left.
    PaneLeft,
    /// The pane to the right.
    PaneRight,
    /// View 1.
    ViewAll,
    /// View 2.
    ViewManual,
    /// View 3.
    ViewAutomated,
    /// View 4.
    ViewBackup,
    /// View 5.
    ViewSharedWithMe,
    /// View 6.
    ViewSharedOut,
    /// View 7.
    ViewPublic,
    /// View 8.
    ViewProblems,
    /// Opens the filter line.
    Filter,
    /// Opens the command line.
    Command,
    /// Opens the help.
    Help,
    /// Goes to the details of the row.
    Details,
    /// Opens what a node of the tree stands for.
    Open,
    /// Folds a node.
    Fold,
    /// Unfolds a node.
    Unfold,
    /// The next snapshot, seen from its details.
    NextSnapshot,
    /// The previous snapshot, seen from its details.
    PreviousSnapshot,
    /// The row as AWS gives it.
    Document,
    /// Marks the row, or takes the mark away.
    Mark,
    /// Marks all rows, or takes all marks away.
    MarkAll,
    /// Chooses the order.
    Sort,
    /// More columns.
    Wide,
    /// The focused pane alone.
    Zoom,
    /// Chooses accounts.
    Accounts,
    /// Chooses regions.
    Regions,
    /// Reads again.
    Refresh,
    /// Copies names.
    CopyId,
    /// Copies ARNs.
    CopyArn,
    /// Copies a command for the AWS CLI.
    CopyCommand,
    /// Opens the AWS console.
    Console,
    /// Saves the view.
    Save,
    /// Copies the whole text.
    CopyAll,
    /// Reads again what failed.
    Retry,
    /// Signs in to what waits for it.
    SignIn,
    /// Takes what was typed or chosen.
    Accept,
    /// Completes the word.
    Complete,
    /// The completion before.
    CompleteBack,
    /// The line before in history.
    Older,
    /// The line after in history.
    Newer,
    /// The choice above.
    ChoiceUp,
    /// The choice below.
    ChoiceDown,
    /// Takes a choice in or out.
    Toggle,
    /// Takes all choices in or out.
    ToggleAll,
    /// The next file format.
    NextFormat,
    /// A character to the left.
    CharLeft,
    /// A character to the right.
    CharRight,
    /// A word to the left.
    WordLeft,
    /// A word to the right.
    WordRight,
    /// The start of the line.
    LineStart,
    /// The end of the line.
    LineEnd,
    /// Deletes the character before.
    DeleteBack,
    /// Deletes the character under the cursor.
    DeleteForward,
    /// Deletes the word before.
    DeleteWord,
    /// Deletes everything before.
    ClearLine,
    /// Deletes everything after.
    DeleteToEnd,
    /// Opens the dialog that copies.
    CopySnapshot,
    /// Opens the dialog that changes who can read.
    ShareSnapshot,
    /// Opens the dialog that encrypts, or changes the key.
    EncryptSnapshot,
    /// Opens the dialog that restores.
    RestoreSnapshot,
    /// Opens the dialog that exports.
    ExportSnapshot,
    /// Opens the dialog that deletes.
    DeleteSnapshot,
    /// Opens the menu of what can be done.
    Menu,
    /// Opens the jobs.
    Jobs,
    /// Puts a job away.
    PutAway,
    /// Takes a job up again.
    Resume,
    /// Has a job pause.
    Pause,
    /// Gives a job up.
    GiveUp,
    /// Opens what takes back what a job has done.
    TakeBack,
    /// Shows what happened in a job, event by event.
    Events,
    /// Shows what a job has made, on the deck.
    Reveal,
    /// Has a plan take back in the end what it needed on the way only.
    CleanUp,
    /// The next field of a dialog.
    NextField,
    /// The field before.
    PreviousField,
    /// Chooses what a field holds.
    Choose,
    /// Takes the way out that is offered first.
    Fix,
    /// Takes every way out.
    FixAll,
    /// Takes the last change back.
    Undo,
    /// What will happen, with all the room there is.
    Plan,
    /// The snapshots that something holds for.
    Affected,
    /// Leaves out the snapshots that cannot be done.
    LeaveOut,
    /// Copies the plan as commands for the AWS CLI.
    CopyCommands,
    /// Saves the plan as a script.
    SaveScript,
    /// Goes to the last screen.
    Review,
    /// Sends what the last screen shows.
    Send,
    /// One step back.
    Back,
    /// Gives the mouse to the terminal, or takes it.
    Mouse,
    /// Leaves, at the top.
    Quit,
    /// Leaves from anywhere.
    QuitNow,
    /// Hands the terminal to the shell.
    Suspend,
}

impl Action {
    /// Whether it is about the row under the cursor.
    pub fn is_of_the_row(self) -> bool {
        matches!(
            self,
            Self::Details | Self::Document | Self::CopyCommand | Self::Console | Self::Mark | Self::MarkAll
        )
    }

    /// Whether it is about the marked rows, or the one under the cursor where none is marked.
    pub fn is_of_the_marked(self) -> bool {
        matches!(
            self,
            Self::CopyId
                | Self::CopyArn
                | Self::CopySnapshot
                | Self::ShareSnapshot
                | Self::EncryptSnapshot
                | Self::RestoreSnapshot
                | Self::ExportSnapshot
                | Self::DeleteSnapshot
                | Self::Menu
        )
    }
}

/// Name, label and sentence of every action, in the order of the enum.
macro_rules! actions {
    ($($action:ident $name:literal $label:literal $sentence:literal;)*) => {
        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$action),*];

            /// The name by which the settings remap it, as `copy-arn`.
            pub fn name(self) -> &'static str {
                match self { $(Self::$action => $name),* }
            }

            /// A word or two for a hint.
            pub fn label(self) -> &'static str {
                match self { $(Self::$action => $label),* }
            }

            /// A sentence for the help.
            pub fn sentence(self) -> &'static str {
                match self { $(Self::$action => $sentence),* }
            }
        }
    };
}

actions! {
    Up "up" "up" "One up.";
    Down "down" "down" "One down.";
    PageUp "page-up" "page up" "One page up.";
    PageDown "page-down" "page down" "One page down.";
    Top "top" "top" "To the first.";
    Bottom "bottom" "bottom" "To the last.";
    ScrollLeft "scroll-left" "left" "To the left, where the wide table is wider than its pane.";
    ScrollRight "scroll-right" "right" "To the right, where the wide table is wider than its pane.";
    NextPane "next-pane" "next pane" "To the next pane; a pane that has no room is shown alone.";
    PreviousPane "previous-pane" "previous pane" "To the previous pane.";
    PaneLeft "pane-left" "pane left" "To the pane on the left.";
    PaneRight "pane-right" "pane right" "To the pane on the right.";
    ViewAll "view-all" "all" "All snapshots.";
    ViewManual "view-manual" "manual" "Manual snapshots.";
    ViewAutomated "view-automated" "automated" "Automated snapshots.";
    ViewBackup "view-backup" "backup" "Snapshots of AWS Backup.";
    ViewSharedWithMe "view-shared-with-me" "shared with me" "Snapshots that other accounts share with yours.";
    ViewSharedOut "view-shared-out" "shared out" "Snapshots of yours that other accounts can read.";
    ViewPublic "view-public" "public" "Public snapshots.";
    ViewProblems "view-problems" "problems" "Snapshots with a problem: public, unencrypted, foreign accounts, keys out of use, failed.";
    Filter "filter" "filter" "Filters the table while you type.";
    Command "command" "command" "Takes a command by name.";
    Help "help" "help" "Every chord that works here, and everywhere else.";
    Details "details" "details" "Everything that is known of the snapshot.";
    Open "open" "open" "What is wrong with a failed account or region, else its snapshots.";
    Fold "fold" "fold" "Folds the account.";
    Unfold "unfold" "unfold" "Unfolds the account.";
    NextSnapshot "next-snapshot" "next" "The next snapshot of the table.";
    PreviousSnapshot "previous-snapshot" "previous" "The previous snapshot of the table.";
    Document "json" "JSON" "The snapshot as AWS gives it.";
    Mark "mark" "mark" "Marks the snapshot, or takes the mark away.";
    MarkAll "mark-all" "mark all" "Marks every snapshot of the table, or takes all marks away.";
    Sort "sort" "sort" "Chooses the order.";
    Wide "wide" "wide" "More columns, to be scrolled sideways.";
    Zoom "zoom" "zoom" "The focused pane alone, or all of them again.";
    Accounts "accounts" "accounts" "Chooses the accounts that are shown.";
    Regions "regions" "regions" "Chooses the regions that are shown.";
    Refresh "refresh" "refresh" "Reads again: everything, or the account or region that the tree is on.";
    CopyId "copy-id" "copy id" "Copies the name of the snapshot, or of the marked ones.";
    CopyArn "copy-arn" "copy ARN" "Copies the ARN of the snapshot, or of the marked ones.";
    CopyCommand "copy-command" "copy command" "Copies the AWS CLI command that describes the snapshot.";
    Console "console" "console" "Opens the snapshot in the AWS console.";
    Save "save" "save" "Saves the marked snapshots, or the table, to a file.";
    CopyAll "copy-all" "copy" "Copies the whole text.";
    Retry "retry" "read again" "Reads again what failed.";
    SignIn "sign-in" "sign in" "Signs in where that is waited for: runs the command that renews it, or asks for an MFA code.";
    Accept "accept" "take" "Takes what was typed or chosen.";
    Complete "complete" "complete" "Completes the word; again for the next proposal.";
    CompleteBack "complete-back" "previous proposal" "The proposal before.";
    Older "older" "history" "The line before this one.";
    Newer "newer" "newer" "The line after this one.";
    ChoiceUp "choice-up" "up" "One choice up.";
    ChoiceDown "choice-down" "down" "One choice down.";
    Toggle "toggle" "choose" "Takes the choice in or out.";
    ToggleAll "toggle-all" "all or none" "Takes all choices in, or all out.";
    NextFormat "next-format" "format" "The next file format.";
    CharLeft "char-left" "left" "One character to the left.";
    CharRight "char-right" "right" "One character to the right.";
    WordLeft "word-left" "word left" "One word to the left.";
    WordRight "word-right" "word right" "One word to the right.";
    LineStart "line-start" "start" "To the start of the line.";
    LineEnd "line-end" "end" "To the end of the line.";
    DeleteBack "delete-back" "delete" "Deletes the character before the cursor.";
    DeleteForward "delete-forward" "delete" "Deletes the character under the cursor.";
    DeleteWord "delete-word" "delete word" "Deletes the word before the cursor.";
    ClearLine "clear-line" "clear" "Deletes everything before the cursor.";
    DeleteToEnd "delete-to-end" "delete rest" "Deletes everything after the cursor.";
    CopySnapshot "copy-snapshot" "copy" "Copies the snapshot, or the marked ones: to a region, an account, under a key.";
    ShareSnapshot "share-snapshot" "share" "Changes who can read the snapshot, or the marked ones.";
    EncryptSnapshot "encrypt-snapshot" "encrypt" "Encrypts the snapshot, or the marked ones, or changes the key.";
    RestoreSnapshot "restore-snapshot" "restore" "Restores the snapshot, or the marked ones, to a new database each.";
    ExportSnapshot "export-snapshot" "export" "Exports the snapshot, or the marked ones, to a bucket of S3.";
    DeleteSnapshot "delete-snapshot" "delete" "Deletes the snapshot, or the marked ones.";
    Menu "actions" "actions" "Everything that can be done with the snapshot, and why some of it cannot.";
    Jobs "jobs" "jobs" "What is being carried out, and what was.";
    PutAway "put-away" "put away" "Puts a job away that came to its end.";
    Resume "resume" "go on" "Goes on with a job that pauses, was cut short, or failed without changing anything.";
    Pause "pause" "pause" "Has a job pause: nothing more is sent until it goes on.";
    GiveUp "give-up" "give up" "Gives a job up: nothing more of it is ever sent.";
    TakeBack "take-back" "take back" "What takes back what a job has done, or what it needed on the way only.";
    Events "events" "events" "What happened in a job, event by event, or its steps again.";
    Reveal "reveal" "show it" "Goes to the snapshot that a job has made.";
    CleanUp "clean-up" "clean up after" "Has the plan take back in the end what it needed on the way only, or leave it.";
    NextField "next-field" "next field" "To the next field.";
    PreviousField "previous-field" "previous field" "To the field before.";
    Choose "choose" "choose" "Chooses what the field holds, or turns it on and off.";
    Fix "fix" "fix" "Takes the way out that is offered for this field, else the first.";
    FixAll "fix-all" "fix all" "Takes every way out that is offered.";
    Undo "undo" "undo" "Takes the last change back.";
    Plan "plan" "plan" "What will happen, with all the room there is, or as it was.";
    Affected "affected" "which ones" "The snapshots one by one, with what is found about each.";
    LeaveOut "leave-out" "leave out" "Leaves out the snapshots that cannot be done.";
    CopyCommands "copy-commands" "aws commands" "Copies what will happen as commands for the AWS CLI.";
    SaveScript "save-script" "save script" "Saves what will happen as a bash script for the AWS CLI.";
    Review "review" "review" "Goes to the last screen, or to the first field that blocks.";
    Send "send" "send" "Sends what the last screen shows.";
    Back "back" "back" "One step back: closes what is open, then takes away the filter, the place in the tree, the marks, the zoom.";
    Mouse "mouse" "mouse" "Gives the mouse to the terminal, so that its own selection works, or takes it back.";
    Quit "quit" "quit" "Leaves snapdeck.";
    QuitNow "quit-now" "quit" "Leaves snapdeck from anywhere.";
    Suspend "suspend" "suspend" "Hands the terminal back to the shell for a while.";
}
