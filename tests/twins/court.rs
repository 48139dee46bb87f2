//! One fleet before both judges: the rules, which know it by asking, and the cloud, which is it.

use std::sync::Arc;

use serde_json::Value as Json;
use snapdeck::aws::{Aws, Link};
use snapdeck::demo::{Cloud, Fleet};
use snapdeck::domain::{Access, AccountId, Action, Draft, Field, RegionChoice, Setup, Value};
use snapdeck::engine::Inquiry;
use snapdeck::plan;
use snapdeck::rules::{Finding, Review, Severity, Verdict};

use crate::ours;

use super::sent::{Said, Sent};
use super::typed::{self, Unsaid};

/// A fleet, what is known of it, and a cloud of it that nothing has happened in yet.
pub(crate) struct Court {
    fleet: Fleet,
    facts: Inquiry,
    cloud: Cloud,
    /// How many plans there were.
    plans: usize,
}

/// What both judges said of a draft.
pub(crate) struct Hearing {
    pub(crate) ruling: Ruling,
    /// What they do not agree on.
    pub(crate) dispute: Option<String>,
}

/// What the rules said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ruling {
    /// By these rules, each once.
    Blocked(Vec<&'static str>),
    /// They say that they cannot tell.
    Doubted,
    /// It can be done.
    Cleared,
}

/// Warnings by which a rule says that it cannot tell whether AWS takes the draft: the rule, and what its sentence has.
///
/// Each is unknown by its nature: a role that acts or does not, a condition, somebody else's key or option group.
const DOUBTS: [(&str, &str); 18] = [
    ("COPY-07", "is not signed in here"),
    ("COPY-08", "is not known"),
    ("COPY-20", "is not known"),
    ("COPY-34", "cannot be looked at"),
    ("EXP-06", "is not known"),
    ("EXP-06", "only"),
    ("EXP-18", "is not known"),
    ("EXP-18", "only"),
    ("KMS-05", ""),
    ("KMS-07", "only"),
    ("KMS-08", ""),
    ("KMS-09", ""),
    ("KMS-10", ""),
    ("KMS-16", ""),
    ("REST-02", "is not signed in here"),
    ("REST-10", "cannot be looked at"),
    ("REST-13", "known here"),
    ("REST-25", "known here"),
];

/// Rules that block a share which AWS takes, since nobody could use what is shared (SHARE-07).
const OF_NO_USE: [&str; 2] = ["KMS-03", "SHARE-08"];

impl Court {
    pub(crate) async fn open(fleet: &Json) -> Self {
        let parsed =
            Fleet::parse(&fleet.to_string()).unwrap_or_else(|mistake| panic!("a sound fleet: {mistake}"));
        let cloud = Arc::new(Cloud::new(parsed.clone(), 1.0));
        let clock = {
            let cloud = Arc::clone(&cloud);
            Arc::new(move || cloud.now())
        };
        let wire = Arc::new(move |ask| {
            let cloud = Arc::clone(&cloud);
            Box::pin(async move { cloud.answer(ask).await }) as _
        });
        let access_key_id = format!("AKIA{}", fleet["caller"].as_str().expect("BUG: a caller"));
        let aws = Aws::new(setup(fleet), Link::InProcess { wire, access_key_id });
        let facts = Inquiry::open(Arc::new(aws), clock).await.expect("BUG: accounts are listed");
        Self { cloud: Cloud::new(parsed.clone(), 1.0), fleet: parsed, facts, plans: 0 }
    }

    /// Hears both about a draft.
    pub(crate) async fn hear(&mut self, draft: &Draft, fleet: &Json) -> Hearing {
        let review = self.facts.judge(draft).await;
        let ruling = ruling(&review.findings);
        let typed = typed::sent(draft, fleet);
        let answer = match &typed {
            Ok(sent) => Ok(self.send(sent).await),
            Err(unsaid) => Err(*unsaid),
        };
        let dispute = match (&ruling, &answer) {
            (Ruling::Blocked(rules), Ok(Said::Accepted)) => {
                let useless = rules.iter().all(|rule| OF_NO_USE.contains(rule));
                let proved =
                    useless && draft.action == Action::Share && !self.is_of_use(draft, typed.as_ref()).await;
                (!proved).then(|| format!("blocked by {} and accepted", rules.join(" ")))
            }
            (Ruling::Cleared, Ok(Said::Refused { code, message })) => {
                Some(format!("cleared and refused: {code} {message}"))
            }
            (Ruling::Cleared, Err(unsaid)) => Some(format!("cleared and cannot be said: {unsaid:?}")),
            (Ruling::Cleared, Ok(Said::Accepted)) => self.compare(&review, typed.as_ref().ok()).await,
            (Ruling::Blocked(_), _) if review.request.is_some() => Some("blocked, with a request".to_owned()),
            (Ruling::Doubted, _) if review.verdict() != Verdict::Warned => {
                Some("doubted without a warning".to_owned())
            }
            (Ruling::Blocked(_) | Ruling::Doubted, _) => None,
        };
        Hearing { ruling, dispute }
    }

    /// Whether everybody who is named can use what was shared: copy it, under a key of their own.
    async fn is_of_use(&mut self, draft: &Draft, share: Result<&Sent, &Unsaid>) -> bool {
        let reasons = ["The source snapshot KMS key", "Snapshots of RDS Custom"];
        let cloud = Cloud::new(self.fleet.clone(), 1.0);
        if share.expect("BUG: it was accepted").to(&cloud).await != Said::Accepted {
            return true;
        }
        for account in draft.list(Field::With) {
            let Ok(account) = account.parse::<AccountId>() else { continue };
            let copy = Draft::new(Action::Copy, draft.snapshot.clone(), account)
                .with(Field::Name, Value::Text("a-copy-of-what-was-shared".to_owned()))
                .with(Field::KmsKey, Value::Text("alias/dba".to_owned()));
            let copy = typed::sent(&copy, &Json::Null).expect("BUG: a copy can be said");
            if let Said::Refused { code, message } = copy.to(&cloud).await
                && (code == "InvalidClientTokenId"
                    || reasons.iter().any(|reason| message.starts_with(reason)))
            {
                return false;
            }
        }
        true
    }

    /// Whether what would be sent is what was typed, and the cloud takes it.
    async fn compare(&mut self, review: &Review, typed: Option<&Sent>) -> Option<String> {
        let (Some(request), Some(typed)) = (&review.request, typed) else {
            return Some("cleared without a request".to_owned());
        };
        let plan = plan::compile(request, self.facts.facts());
        let planned: Vec<Sent> = plan.steps.iter().map(|step| typed::of_call(&step.call)).collect();
        if let [planned] = &planned[..]
            && let Some(difference) = typed::differ(typed, planned)
        {
            return Some(format!("planned otherwise: {difference}"));
        }
        // A plan of one call that says the same is sent now and then only: a cloud for each takes its time.
        self.plans += 1;
        if planned.len() == 1 && !self.plans.is_multiple_of(4) {
            return None;
        }
        let cloud = Cloud::new(self.fleet.clone(), 1.0);
        for planned in planned {
            if let Said::Refused { code, message } = planned.to(&cloud).await {
                return Some(format!("planned and refused: {code} {message}"));
            }
        }
        None
    }

    /// Sends a call to a cloud in which nothing has happened.
    async fn send(&mut self, sent: &Sent) -> Said {
        let said = sent.to(&self.cloud).await;
        if said == Said::Accepted {
            self.cloud = Cloud::new(self.fleet.clone(), 1.0);
        }
        said
    }
}

fn ruling(findings: &[Finding]) -> Ruling {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let mut rules: Vec<&'static str> = errors.map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    if !rules.is_empty() {
        return Ruling::Blocked(rules);
    }
    let doubts = |finding: &Finding| {
        finding.severity == Severity::Warning
            && (finding.message.starts_with("Not known: ")
                || DOUBTS
                    .iter()
                    .any(|(rule, words)| finding.rule == *rule && finding.message.contains(words)))
    };
    if findings.iter().any(doubts) { Ruling::Doubted } else { Ruling::Cleared }
}

/// Signs in to every account that has a name, as `--demo` does.
fn setup(fleet: &Json) -> Setup {
    let accounts = fleet["accounts"].as_object().expect("BUG: accounts").iter();
    let named = accounts.filter_map(|(id, account)| Some((account["name"].as_str()?, id.as_str())));
    ours::setup(named, RegionChoice::Default, Access::ReadWrite)
}
