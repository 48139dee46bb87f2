//! Signing in from the deck: who waits for it, and what it takes.
//!
//! A code is asked for by itself once, where nothing else is open; whoever leaves the question is not asked again until
//! they say so.

use std::collections::BTreeMap;

use crate::domain::{AccountId, Code, Device, Fault, Remedy, Report, ScopeState, Shown, SignIn};
use crate::input::{Action, Context};
use crate::plan::Pause;

use super::App;
use super::deck::Deck;
use super::jobs::Jobs;
use super::layer::{CodeDialog, Layer};
use super::message::{Effect, Mishap, Notice};
use super::orders::Purpose;
use super::tree::Node;

/// The accounts that somebody has to sign in to, each with why; in the order of the tree.
pub(super) fn waiting(deck: &Deck) -> Vec<(&Shown, &Fault)> {
    let inventory = &deck.inventory;
    let mut of_scopes: BTreeMap<AccountId, &Fault> = BTreeMap::new();
    for (scope, entry) in inventory.scopes() {
        if let ScopeState::Failed(fault) = &entry.state
            && fault.class.needs_sign_in()
        {
            of_scopes.entry(scope.account).or_insert(fault);
        }
    }
    let all = inventory.accounts().iter().filter_map(|entry| {
        let fault = match &entry.sign_in {
            SignIn::Failed(fault) => Some(fault).filter(|fault| fault.class.needs_sign_in()),
            SignIn::In(identity) => of_scopes
                .get(&identity.account)
                .copied()
                .or_else(|| shut_out_of(&deck.jobs, identity.account)),
            SignIn::Waiting | SignIn::Same(_) => None,
        };
        Some((&entry.account.name, fault?))
    });
    all.collect()
}

/// Why a job waits until somebody signs in to an account, where one does.
fn shut_out_of(jobs: &Jobs, account: AccountId) -> Option<&Fault> {
    jobs.waiting_for(account).into_iter().find_map(|id| match jobs.get(id)?.run.pause() {
        Some(Pause::SignIn(fault)) => Some(fault),
        _ => None,
    })
}

/// The device whose code a report wants, and why.
pub(super) fn code_wanted(report: &Report) -> Option<(Device, Shown)> {
    let (Report::SignInFailed { fault, .. } | Report::Failed { fault, .. }) = report else { return None };
    match fault.remedy.as_deref() {
        Some(Remedy::Code(device)) => Some((device.clone(), fault.message.clone())),
        Some(Remedy::Command(_)) | None => None,
    }
}

impl App {
    /// Signs in to an account, or to the first that waits for it: by running a command, or by asking for a code.
    pub(super) fn sign_in(&mut self, account: Option<&Shown>) -> Vec<Effect> {
        let all = waiting(&self.deck);
        let one = all.iter().find(|(name, _)| account.is_none_or(|account| account == *name));
        let Some((name, fault)) = one.map(|(name, fault)| ((*name).clone(), (*fault).clone())) else {
            self.tell(Notice::good("nothing waits for a sign-in"));
            return Vec::new();
        };
        match fault.remedy.as_deref() {
            Some(remedy @ Remedy::Command(words)) => {
                let accounts = self.with_remedy(remedy);
                let ticket = self.tickets.issue(Purpose::SignIn(accounts));
                vec![Effect::Lend { ticket, command: words.clone() }]
            }
            Some(Remedy::Code(device)) => {
                self.ask_for_code(device.clone(), fault.message.clone());
                Vec::new()
            }
            None => {
                self.tell(Notice::bad(format!("signing in to {name} again. {}", fault.hint)));
                vec![Effect::SignIn { accounts: vec![name], code: None }]
            }
        }
    }

    /// The account that signing in is about: the one that the tree is on, if that has the focus.
    pub(super) fn account_here(&self) -> Option<Shown> {
        match self.deck.node() {
            Node::All => None,
            Node::Account(name) | Node::Region(name, _) => Some(name.clone()),
        }
    }

    /// Asks for a code that is wanted, if nothing else is open and nobody has left the question.
    pub(super) fn offer(&mut self, device: Device, why: Shown) {
        if self.layers.is_empty() && !self.left_shut.contains(&device) {
            self.ask_for_code(device, why);
        } else if !self.layers.iter().any(|layer| matches!(layer, Layer::Code(_))) {
            let chord = self.keymap.chord(Context::Table, Action::SignIn);
            let how = chord.map_or_else(String::new, |chord| format!(": {chord} asks for it"));
            self.tell(Notice::bad(format!("profile {} wants an MFA code{how}", device.profile)));
        }
    }

    /// Closes the question for a code that nobody waits for any more.
    pub(super) fn close_what_is_answered(&mut self) {
        let Some(Layer::Code(dialog)) = self.layers.last() else { return };
        if self.with_remedy(&Remedy::Code(dialog.device().clone())).is_empty() {
            self.close();
        }
    }

    /// Sends a code to AWS, by signing in to the accounts that wait for it.
    pub(super) fn take_code(&mut self, device: Device, code: Code, accounts: Vec<Shown>) -> Vec<Effect> {
        self.left_shut.remove(&device);
        self.tell(Notice::good("signing in"));
        self.offer_next(&device);
        vec![Effect::SignIn { accounts, code: Some((device, code)) }]
    }

    /// Takes note that a question was left.
    pub(super) fn leave_shut(&mut self, device: Device) {
        self.offer_next(&device);
        self.left_shut.insert(device);
    }

    /// Takes in how the command ended that was to renew the credentials of these accounts.
    pub(super) fn take_sign_in(&mut self, accounts: Vec<Shown>, ran: Result<(), Mishap>) -> Vec<Effect> {
        match ran {
            Ok(()) => {
                self.tell(Notice::good("signing in"));
                vec![Effect::SignIn { accounts, code: None }]
            }
            Err(Mishap(why)) => {
                self.tell(Notice::bad(format!("not signed in: {why}")));
                Vec::new()
            }
        }
    }

    /// The accounts that wait for the same.
    fn with_remedy(&self, remedy: &Remedy) -> Vec<Shown> {
        let all = waiting(&self.deck).into_iter();
        all.filter(|(_, fault)| fault.remedy.as_deref() == Some(remedy))
            .map(|(name, _)| name.clone())
            .collect()
    }

    fn ask_for_code(&mut self, device: Device, why: Shown) {
        let accounts = self.with_remedy(&Remedy::Code(device.clone()));
        self.open(Layer::Code(CodeDialog::new(device, accounts, why)));
    }

    /// Asks for the code of another device, where one is waited for and its question was not left.
    fn offer_next(&mut self, but: &Device) {
        let all = waiting(&self.deck).into_iter();
        let mut wanted = all.filter_map(|(_, fault)| match fault.remedy.as_deref() {
            Some(Remedy::Code(device)) => Some((device.clone(), fault.message.clone())),
            _ => None,
        });
        let next = wanted.find(|(device, _)| device != but && !self.left_shut.contains(device));
        if let Some((device, why)) = next.filter(|_| self.layers.is_empty()) {
            self.ask_for_code(device, why);
        }
    }
}
