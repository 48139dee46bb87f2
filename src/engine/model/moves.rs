//! What can happen next in the model.

#![cfg(test)]

use super::world::STEPS;

/// Something that can happen, by run and by process where it is theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Move {
    /// A process takes the lock of a run, reads what is written of it, and begins to drive it.
    Take(usize, usize),
    /// A driver does what comes next, with this luck.
    Turn(usize, usize, Luck),
    /// The user has a driver pause its run.
    Pause(usize, usize),
    /// The user gives a run up that a driver drives.
    Cancel(usize, usize),
    /// The user gives a run up that nobody drives.
    GiveUp(usize),
    /// The user has a driver go on that waited for the sign-in.
    GoOn(usize, usize),
    /// An order leaves.
    Leave(usize, usize),
    /// This becomes of an order on its way.
    Fate(usize, usize, Fate),
    /// An answer arrives.
    Answer(usize, usize),
    /// An answer is lost.
    Unheard(usize, usize),
    /// The journal does not take what a driver says, or takes it and does not say so: that driver ends.
    Unwritten(usize, usize),
    /// A process ends, with all that it drives.
    Crash(usize),
    /// An order for whose answer nobody waits is carried out.
    Land(usize, u8),
    /// An order for whose answer nobody waits is lost.
    Vanish(usize, u8),
    /// What a step makes is there.
    Finish(usize, u8),
    /// What a step makes comes to nothing.
    Fail(usize, u8),
    /// The credentials expire.
    Expire,
    /// Somebody signs in.
    SignIn,
}

/// What a driver meets in its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Luck {
    /// All is as it is.
    Plain,
    /// What is there does not show yet; that happens to each thing once.
    Late,
    /// It cannot be read.
    Unread,
    /// What the step acts on is not as the plan saw it.
    Changed,
    /// The same, and what was sent before cannot be looked for.
    ChangedUnread,
    /// There is no room for what the step makes.
    Full,
}

/// What becomes of an order on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fate {
    /// It is carried out, unless what it makes is there, or nobody is signed in.
    Arrives,
    /// It arrives twice, and the second answer is heard.
    ArrivesTwice,
    /// It never arrives, and no answer comes.
    Lost,
    /// No answer comes, and it is still on its way.
    Late,
    /// It is refused.
    Denied,
    /// The same, and what was sent before cannot be looked for.
    DeniedUnread,
    /// It is refused for now.
    Throttled,
}

/// What is done wrong, to see that it is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mistake {
    /// Nothing.
    None,
    /// What nobody knows of is sent again without a look.
    ResendsUnsettled,
    /// The lock is not asked for.
    IgnoresTheLock,
    /// The lock is not asked for, and the journal does not count its events.
    IgnoresLockAndCount,
    /// An order leaves before that is written.
    CallsFirst,
    /// No answer is taken for a refusal.
    TakesSilenceForNo,
    /// The lock of a process that ended is not free.
    KeepsDeadLocks,
}

impl Move {
    /// Whether it is something that goes wrong: there is an end to these.
    pub(super) fn is_mishap(self) -> bool {
        match self {
            Self::Turn(_, _, luck) => luck != Luck::Plain,
            Self::Fate(_, _, fate) => fate != Fate::Arrives,
            Self::Unheard(..) | Self::Unwritten(..) | Self::Crash(_) | Self::Fail(..) | Self::Expire => true,
            Self::Take(..)
            | Self::Pause(..)
            | Self::Cancel(..)
            | Self::GiveUp(_)
            | Self::GoOn(..)
            | Self::Leave(..)
            | Self::Answer(..)
            | Self::Land(..)
            | Self::Vanish(..)
            | Self::Finish(..)
            | Self::SignIn => false,
        }
    }

    /// Whether it leads on: all that goes wrong, and what the user wants otherwise, left aside.
    pub(super) fn leads_on(self) -> bool {
        !self.is_mishap() && !matches!(self, Self::Pause(..) | Self::Cancel(..) | Self::GiveUp(_))
    }

    /// All moves that there are.
    pub(super) fn all() -> Vec<Self> {
        let mut all = vec![Self::Expire, Self::SignIn, Self::Crash(0), Self::Crash(1)];
        for run in 0..2 {
            all.push(Self::GiveUp(run));
            for process in 0..2 {
                let on = |make: fn(usize, usize) -> Self| make(run, process);
                let lucks =
                    [Luck::Plain, Luck::Late, Luck::Unread, Luck::Changed, Luck::ChangedUnread, Luck::Full];
                let fates = [
                    Fate::Arrives,
                    Fate::ArrivesTwice,
                    Fate::Lost,
                    Fate::Late,
                    Fate::Denied,
                    Fate::DeniedUnread,
                    Fate::Throttled,
                ];
                all.extend(lucks.map(|luck| Self::Turn(run, process, luck)));
                all.extend(fates.map(|fate| Self::Fate(run, process, fate)));
                all.extend(
                    [Self::Take, Self::Pause, Self::Cancel, Self::GoOn, Self::Leave, Self::Answer].map(on),
                );
                all.extend([Self::Unheard, Self::Unwritten].map(on));
            }
            for step in 0..u8::try_from(STEPS).expect("few steps") {
                let of = |make: fn(usize, u8) -> Self| make(run, step);
                all.extend([Self::Land, Self::Vanish, Self::Finish, Self::Fail].map(of));
            }
        }
        all
    }
}
