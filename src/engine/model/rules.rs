//! What comes of the moves of the model.
//!
//! A driver does here what [`Driver`](crate::engine::drive::Driver) does: what comes next is told by `turn` and
//! `opening`, what an answer means by `sent`, `look` and `settle`, and only `run.apply` changes a run. A driver's read
//! and the record of what it showed are one move, since a read changes nothing: whatever else happens between them
//! could as well happen before or after both. What has an effect on the cloud, and what is written of it, are two.

#![cfg(test)]

use super::folds::{Folds, Known, Word};
use super::heard::{Heard, Reply, View};
use super::moves::{Fate, Luck, Mistake, Move};
use super::world::{At, Hand, There, World};
use crate::engine::turn::{Errand, Turn, after_all};
use crate::plan::{Happening, Pause, Standing, State};

/// What a driver says by itself.
pub(super) struct Words {
    sending: Word,
    not_found: Word,
    changed: Word,
    held: Word,
}

impl Words {
    pub(super) fn of(folds: &Folds) -> Self {
        Self {
            sending: folds.word(&Happening::Sending),
            not_found: folds.word(&Happening::NotFound),
            changed: folds.word(&Happening::Changed("another".into())),
            held: folds.word(&Happening::Held("full".into())),
        }
    }
}

/// What moves the world.
pub(super) struct Rules {
    pub(super) folds: Folds,
    pub(super) words: Words,
    /// What is heard of each step of each run.
    pub(super) heard: [Vec<Heard>; 2],
    pub(super) mistake: Mistake,
}

impl Rules {
    /// The world after a move; `None` where it cannot happen.
    pub(super) fn after(&self, world: &World, made: Move) -> Option<World> {
        let mut world = *world;
        if made.is_mishap() {
            world.mishaps = world.mishaps.checked_sub(1)?;
        }
        match made {
            Move::Take(run, process) => self.take(&mut world, run, process)?,
            Move::Turn(run, process, luck) => self.turn(&mut world, (run, process), luck)?,
            Move::Pause(run, process) => self.brake(&mut world, (run, process), |known| &known.pause)?,
            Move::Cancel(run, process) => self.brake(&mut world, (run, process), |known| &known.cancel)?,
            Move::GiveUp(run) => self.give_up(&mut world, run)?,
            Move::GoOn(run, process) => {
                let hand = hand(&mut world, run, process).filter(|hand| hand.at == At::Resting)?;
                hand.at = At::Turn;
                self.open(&mut world, run, process)?;
            }
            Move::Leave(run, process) => {
                let hand = hand(&mut world, run, process)?;
                let At::Leaving(step) = hand.at else { return None };
                hand.at = At::Out(step);
                world.thing(run, step).left += 1;
            }
            Move::Fate(run, process, fate) => self.fate(&mut world, (run, process), fate)?,
            Move::Answer(run, process) => {
                let At::Answered(step, reply) = hand(&mut world, run, process)?.at else { return None };
                self.answered(&mut world, (run, process), step, reply);
            }
            Move::Unheard(run, process) => {
                let At::Answered(step, _) = hand(&mut world, run, process)?.at else { return None };
                self.answered(&mut world, (run, process), step, Reply::Silence);
            }
            Move::Unwritten(run, process) => {
                // A record that is there though the journal did not say so is one that was made before.
                match hand(&mut world, run, process)?.at {
                    At::Turn | At::Leaving(_) | At::Answered(..) => world.hands[run][process] = None,
                    At::Out(_) | At::Resting | At::Dead => return None,
                }
            }
            Move::Crash(process) => self.crash(&mut world, process)?,
            Move::Land(run, step) => {
                self.orphan(&mut world, run, step)?;
                self.carry_out(&mut world, run, step);
            }
            Move::Vanish(run, step) => self.orphan(&mut world, run, step)?,
            Move::Finish(run, step) => finish(&mut world, run, step, There::Ready)?,
            Move::Fail(run, step) => finish(&mut world, run, step, There::Failed)?,
            Move::Expire => world.is_signed_in.then(|| world.is_signed_in = false)?,
            Move::SignIn => (!world.is_signed_in).then(|| world.is_signed_in = true)?,
        }
        Some(world.sorted())
    }

    /// As a crew takes a run up: the lock, what is written, and what is said when it goes on.
    fn take(&self, world: &mut World, run: usize, process: usize) -> Option<()> {
        let ignores = matches!(self.mistake, Mistake::IgnoresTheLock | Mistake::IgnoresLockAndCount);
        let is_free = world.hands[run][process].is_none() && (ignores || world.drivers(run) == 0);
        let written = world.jobs[run].written;
        let can = is_free && world.is_signed_in && self.folds.known(written).run.can_go_on();
        can.then_some(())?;
        world.hands[run][process] = Some(Hand { run: written, is_overtaken: false, at: At::Turn });
        self.open(world, run, process)
    }

    fn open(&self, world: &mut World, run: usize, process: usize) -> Option<()> {
        world.is_signed_in.then_some(())?;
        let known = self.folds.known(hand(world, run, process)?.run);
        if let Some((step, what)) = &known.opening {
            self.say(world, (run, process), *step, self.folds.word(what));
        }
        Some(())
    }

    fn turn(&self, world: &mut World, of: (usize, usize), luck: Luck) -> Option<()> {
        let (run, process) = of;
        let own = hand(world, run, process).filter(|hand| hand.at == At::Turn)?.run;
        let (step, said) = match &self.folds.known(own).on {
            Turn::Say(step, what) if luck == Luck::Plain => (*step, self.folds.word(what)),
            Turn::Rest | Turn::Say(..) => return None,
            Turn::Ask(Errand::Send(step)) if self.mistake == Mistake::CallsFirst && luck == Luck::Plain => {
                hand(world, run, process)?.at = At::Leaving(number(*step));
                return Some(());
            }
            Turn::Ask(Errand::Send(step)) => (*step, self.send(world, of, *step, luck)?),
            Turn::Ask(Errand::Look(step)) => {
                let view = view(world, run, number(*step), luck)?;
                (*step, self.heard[run][*step].looked(view))
            }
            Turn::Ask(Errand::Settle(step)) => (*step, self.settled(world, run, *step, luck)?),
        };
        self.say(world, of, step, said);
        // What was not written is not sent.
        if said == self.words.sending
            && let Some(hand) = hand(world, run, process)
        {
            hand.at = At::Leaving(number(step));
        }
        Some(())
    }

    /// What a driver says before it sends a step, or instead of that.
    fn send(&self, world: &mut World, of: (usize, usize), step: usize, luck: Luck) -> Option<Word> {
        let heard = &self.heard[of.0][step];
        match luck {
            Luck::Plain if !world.is_signed_in => Some(heard.sent(Reply::Expired)),
            Luck::Plain => Some(self.words.sending),
            Luck::Late | Luck::Unread => None,
            Luck::Changed | Luck::ChangedUnread | Luck::Full if !world.is_signed_in => None,
            Luck::Changed => self.after_all(world, of, step, (self.words.changed, Luck::Plain)),
            Luck::ChangedUnread => self.after_all(world, of, step, (self.words.changed, Luck::Unread)),
            Luck::Full if !heard.is_named => None,
            Luck::Full => self.after_all(world, of, step, (self.words.held, Luck::Plain)),
        }
    }

    /// What a driver says of a step that it does not send or that was refused: so, unless what was sent before shows.
    fn after_all(
        &self,
        world: &mut World,
        (run, process): (usize, usize),
        step: usize,
        (otherwise, luck): (Word, Luck),
    ) -> Option<Word> {
        let own = hand(world, run, process)?.run;
        let known = self.folds.known(own);
        let progress = &known.run.steps()[step];
        let before = progress.attempts - u32::from(progress.state == State::Sending);
        if before == 0 {
            return (luck == Luck::Plain).then_some(otherwise);
        }
        let looked = self.settled(world, run, step, luck)?;
        let what = after_all(self.folds.happening(otherwise), self.folds.happening(looked));
        Some(self.folds.word(&what))
    }

    /// What a look for a step shows that nobody is sure of.
    fn settled(&self, world: &mut World, run: usize, step: usize, luck: Luck) -> Option<Word> {
        if self.mistake == Mistake::ResendsUnsettled {
            return (luck == Luck::Plain).then_some(self.words.not_found);
        }
        let heard = &self.heard[run][step];
        // What has no name is carried out or lost before anybody can look, and shows at once: only so can it be told
        // whether it was carried out, and here it must be, since it is counted each time.
        let is_too_soon = luck == Luck::Late || world.thing(run, number(step)).orphans > 0;
        (heard.is_named || !is_too_soon).then_some(())?;
        let view = view(world, run, number(step), luck)?;
        Some(heard.settled(view))
    }

    fn brake(&self, world: &mut World, of: (usize, usize), wish: fn(&Known) -> &Turn) -> Option<()> {
        let own = hand(world, of.0, of.1).filter(|hand| hand.at == At::Turn)?.run;
        match wish(&self.folds.known(own)) {
            Turn::Say(step, what @ (Happening::Paused | Happening::Cancelled)) => {
                self.say(world, of, *step, self.folds.word(what));
                Some(())
            }
            _ => None,
        }
    }

    /// As a keeper gives a run up that nobody drives.
    fn give_up(&self, world: &mut World, run: usize) -> Option<()> {
        (world.drivers(run) == 0).then_some(())?;
        let written = world.jobs[run].written;
        let known = self.folds.known(written);
        let (Standing::UnderWay(step) | Standing::Paused(step)) = known.run.standing() else { return None };
        let given_up = self.folds.word(&Happening::Cancelled);
        let unsure = || match &known.cancel {
            Turn::Say(_, unsure) => self.folds.apply(written, step, self.folds.word(unsure)),
            _ => None,
        };
        let after = self.folds.apply(written, step, given_up);
        world.jobs[run].written = after.or_else(|| self.folds.apply(unsure()?, step, given_up))?;
        Some(())
    }

    fn fate(&self, world: &mut World, of: (usize, usize), fate: Fate) -> Option<()> {
        let (run, process) = of;
        let At::Out(step) = hand(world, run, process)?.at else { return None };
        let is_named = self.heard[run][usize::from(step)].is_named;
        let is_there = world.thing(run, step).there != There::Nothing;
        let reply = match fate {
            Fate::Arrives if !world.is_signed_in => Reply::Expired,
            Fate::Arrives => {
                self.carry_out(world, run, step);
                let reply = if is_named && is_there { Reply::Exists } else { Reply::Taken };
                hand(world, run, process)?.at = At::Answered(step, reply);
                return Some(());
            }
            Fate::ArrivesTwice => {
                (is_named && world.is_signed_in && !is_there).then_some(())?;
                self.carry_out(world, run, step);
                hand(world, run, process)?.at = At::Answered(step, Reply::Exists);
                return Some(());
            }
            Fate::Lost => Reply::Silence,
            Fate::Late => {
                is_named.then_some(())?;
                world.thing(run, step).orphans += 1;
                Reply::Silence
            }
            Fate::Denied | Fate::DeniedUnread | Fate::Throttled if !world.is_signed_in => return None,
            Fate::Denied => return self.denied(world, of, step, Luck::Plain),
            Fate::DeniedUnread => return self.denied(world, of, step, Luck::Unread),
            Fate::Throttled => Reply::Throttled,
        };
        self.answered(world, of, step, reply);
        Some(())
    }

    /// A driver takes an answer in.
    fn answered(&self, world: &mut World, of: (usize, usize), step: u8, reply: Reply) {
        let step = usize::from(step);
        self.before_answer(world, of, step);
        let is_misread = self.mistake == Mistake::TakesSilenceForNo && reply == Reply::Silence;
        let reply = if is_misread { Reply::Denied } else { reply };
        self.say(world, of, step, self.heard[of.0][step].sent(reply));
    }

    /// Writes what should have been written before.
    fn before_answer(&self, world: &mut World, of: (usize, usize), step: usize) {
        if self.mistake == Mistake::CallsFirst {
            self.say(world, of, step, self.words.sending);
        }
    }

    /// A driver takes a refusal in.
    fn denied(&self, world: &mut World, of: (usize, usize), step: u8, luck: Luck) -> Option<()> {
        let n = usize::from(step);
        let refused = self.heard[of.0][n].sent(Reply::Denied);
        let said = self.after_all(world, of, n, (refused, luck))?;
        self.before_answer(world, of, n);
        self.say(world, of, n, said);
        Some(())
    }

    fn crash(&self, world: &mut World, process: usize) -> Option<()> {
        let mut drove = false;
        for run in 0..2 {
            let hand = world.hands[run][process].take_if(|hand| hand.at != At::Dead);
            let Some(hand) = hand else { continue };
            drove = true;
            if let At::Out(step) = hand.at {
                world.thing(run, step).orphans += 1;
            }
            if self.mistake == Mistake::KeepsDeadLocks {
                world.hands[run][process] = Some(Hand { at: At::Dead, ..hand });
            }
        }
        drove.then_some(())
    }

    fn orphan(&self, world: &mut World, run: usize, step: u8) -> Option<()> {
        // What AWS carries out after a run has ended is in nobody's hands.
        let is_open = self.folds.known(world.jobs[run].written).run.standing().is_open();
        let thing = world.thing(run, step);
        thing.orphans = thing.orphans.checked_sub(1)?;
        is_open.then_some(())
    }

    /// The cloud carries an order out. What has a name is made once; all else is counted each time, though it would
    /// do no harm twice.
    fn carry_out(&self, world: &mut World, run: usize, step: u8) {
        let is_named = self.heard[run][usize::from(step)].is_named;
        let thing = world.thing(run, step);
        if is_named && thing.there != There::Nothing {
            return;
        }
        thing.there = if is_named { There::Working } else { There::Ready };
        thing.effects += 1;
    }

    /// A driver says what happened: it is written, then it is in its own run. Whoever has nothing to do after that
    /// lets go, but for who waits for the sign-in.
    fn say(&self, world: &mut World, (run, process): (usize, usize), step: usize, said: Word) {
        let Some(own) = world.hands[run][process] else { return };
        if own.is_overtaken && self.mistake != Mistake::IgnoresLockAndCount {
            world.hands[run][process] = None;
            return;
        }
        match self.folds.apply(world.jobs[run].written, step, said) {
            Some(written) => world.jobs[run].written = written,
            None => world.jobs[run].is_garbled = true,
        }
        if let Some(other) = &mut world.hands[run][1 - process] {
            other.is_overtaken = true;
        }
        let Some(next) = self.folds.apply(own.run, step, said) else {
            world.jobs[run].is_garbled = true;
            return;
        };
        let after = self.folds.known(next);
        let waits = matches!(after.run.standing(), Standing::Paused(_))
            && matches!(after.run.pause(), Some(Pause::SignIn(_)));
        let at = if waits { At::Resting } else { At::Turn };
        let stays = waits || after.on != Turn::Rest;
        world.hands[run][process] = stays.then_some(Hand { run: next, at, ..own });
    }
}

/// A step, as the states of the model count it.
fn number(step: usize) -> u8 {
    u8::try_from(step).expect("few steps")
}

fn hand(world: &mut World, run: usize, process: usize) -> Option<&mut Hand> {
    world.hands[run][process].as_mut()
}

fn finish(world: &mut World, run: usize, step: u8, how: There) -> Option<()> {
    let thing = world.thing(run, step);
    let is_at_work = thing.there == There::Working;
    is_at_work.then(|| thing.there = how)
}

/// How a read shows what a step makes.
fn view(world: &mut World, run: usize, step: u8, luck: Luck) -> Option<View> {
    let is_signed_in = world.is_signed_in;
    let thing = world.thing(run, step);
    let is_there = thing.there != There::Nothing;
    match luck {
        Luck::Plain if !is_signed_in => Some(View::Expired),
        Luck::Plain => {
            thing.is_shown |= is_there;
            Some(thing.there.view())
        }
        Luck::Late => {
            let can = is_signed_in && is_there && !thing.is_shown;
            thing.is_shown = true;
            can.then_some(View::Absent)
        }
        Luck::Unread => is_signed_in.then_some(View::Throttled),
        Luck::Changed | Luck::ChangedUnread | Luck::Full => None,
    }
}
