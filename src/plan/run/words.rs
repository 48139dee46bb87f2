//! What can happen to a run, in words for people and as the names that JSON writes.

use super::Happening;

impl Happening {
    /// It in a few words, harmless to show.
    pub fn words(&self) -> String {
        match self {
            Self::Sending => "sending".to_owned(),
            Self::Taken(receipt) => {
                let id = receipt.request_id.as_ref().map(|id| format!(" (request {id})")).unwrap_or_default();
                format!("taken{id}")
            }
            Self::Refused(refused) => format!("REFUSED: {}", refused.message),
            Self::Shut(refused) => format!("needs sign-in: {}", refused.message),
            Self::Unsure(refused) => format!("UNSURE, being looked for: {}", refused.message),
            Self::Found(_) => "found: it was carried out".to_owned(),
            Self::NotFound => "not found: it is sent again".to_owned(),
            Self::Unclear(why) | Self::Lost(why) => format!("FAILED: {why}"),
            Self::Held(why) => format!("waits: {why}"),
            Self::Changed(difference) => format!("NOT SENT, things have changed: {difference}"),
            Self::Paused => "paused".to_owned(),
            Self::Resumed => "goes on".to_owned(),
            Self::Cancelled => "given up".to_owned(),
            Self::Retried => "tried again".to_owned(),
            Self::Reached => "done".to_owned(),
            Self::Blind(refused) => format!("not seen just now: {}", refused.message),
            Self::Seen(sight) => match sight.percent {
                Some(percent) => format!("{} {percent} %", sight.status),
                None => sight.status.to_string(),
            },
            Self::Missed => "not there yet".to_owned(),
        }
    }

    /// Its name, as JSON writes it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Sending => "sending",
            Self::Taken(_) => "taken",
            Self::Refused(_) => "refused",
            Self::Shut(_) => "needs-sign-in",
            Self::Unsure(_) => "unsure",
            Self::Found(_) => "found",
            Self::NotFound => "not-found",
            Self::Unclear(_) => "unclear",
            Self::Held(_) => "held",
            Self::Changed(_) => "changed",
            Self::Paused => "paused",
            Self::Resumed => "resumed",
            Self::Cancelled => "cancelled",
            Self::Retried => "retried",
            Self::Seen(_) => "seen",
            Self::Missed => "missed",
            Self::Blind(_) => "not-seen",
            Self::Reached => "done",
            Self::Lost(_) => "lost",
        }
    }
}
