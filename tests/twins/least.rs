//! The least of a fleet and a draft that two judges still disagree about in the same way.

use serde_json::Value as Json;
use snapdeck::domain::Draft;

use super::court::Court;

/// What a dispute is about, whatever names stand in it.
pub(crate) fn gist(dispute: &str) -> String {
    let is_rule = |word: &str| {
        word.rsplit_once('-').is_some_and(|(section, number)| {
            section.bytes().all(|byte| byte.is_ascii_uppercase()) && number.len() == 2
        })
    };
    let is_name = |word: &str| word.contains(|c: char| c.is_ascii_digit() || c == '\'' || c == '"');
    let words = dispute.split_whitespace().filter(|word| is_rule(word) || !is_name(word));
    words.take(14).collect::<Vec<_>>().join(" ")
}

/// Drops fields of the draft and parts of the fleet while the dispute stays.
pub(crate) async fn least(fleet: &Json, draft: &Draft, dispute: &str) -> (Json, Draft) {
    let (mut fleet, mut draft) = (fleet.clone(), draft.clone());
    for field in draft.action.fields() {
        let mut smaller = draft.clone();
        smaller.clear(*field);
        if smaller != draft && stays(&fleet, &smaller, dispute).await {
            draft = smaller;
        }
    }
    let mut at = Vec::new();
    paths(&fleet, &mut Vec::new(), &mut at);
    for path in at {
        let mut smaller = fleet.clone();
        if remove(&mut smaller, &path) && stays(&smaller, &draft, dispute).await {
            fleet = smaller;
        }
    }
    (fleet, draft)
}

async fn stays(fleet: &Json, draft: &Draft, dispute: &str) -> bool {
    if snapdeck::demo::Fleet::parse(&fleet.to_string()).is_err() {
        return false;
    }
    let hearing = Court::open(fleet).await.hear(draft, fleet).await;
    hearing.dispute.is_some_and(|other| gist(&other) == gist(dispute))
}

/// A step into JSON.
#[derive(Clone)]
enum Step {
    Field(String),
    At(usize),
}

/// Every part, the largest first, and the last of a list before the first: removing one moves no other.
fn paths(json: &Json, here: &mut Vec<Step>, all: &mut Vec<Vec<Step>>) {
    let steps: Vec<Step> = match json {
        Json::Object(fields) => fields.keys().map(|name| Step::Field(name.clone())).collect(),
        Json::Array(items) => (0..items.len()).rev().map(Step::At).collect(),
        _ => return,
    };
    for step in steps {
        here.push(step.clone());
        // The fields of keys and policies say what they say together.
        if here.len() > 1 && here.len() < 10 {
            all.push(here.clone());
        }
        let inner = match &step {
            Step::Field(name) => &json[name.as_str()],
            Step::At(at) => &json[*at],
        };
        paths(inner, here, all);
        here.pop();
    }
}

/// Removes a part; false where it is gone with a larger one.
fn remove(json: &mut Json, path: &[Step]) -> bool {
    let (last, way) = path.split_last().expect("BUG: a way");
    let mut at = json;
    for step in way {
        let next = match step {
            Step::Field(name) => at.get_mut(name.as_str()),
            Step::At(n) => at.get_mut(*n),
        };
        match next {
            Some(inner) => at = inner,
            None => return false,
        }
    }
    match (last, at) {
        (Step::Field(name), Json::Object(fields)) => fields.shift_remove(name).is_some(),
        (Step::At(n), Json::Array(items)) if *n < items.len() => {
            items.remove(*n);
            true
        }
        _ => false,
    }
}
