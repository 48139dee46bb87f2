//! Faults that a fleet asks for: an operation that fails, is slow, or answers with something broken.

use std::time::Duration;

use crate::demo::wire::refusal::Refusal;

/// One fault of a region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The operation's exact name, or `*` for all.
    pub(crate) operation: String,
    /// What it is refused with; without it the operation is carried out.
    pub(crate) refusal: Option<Refusal>,
    /// Only calls that are signed with this access key id are meant; without it, all.
    pub(crate) access_key: Option<String>,
    /// How many calls it still lets pass before it strikes.
    pub(crate) after: u32,
    /// How often it still strikes; without it, always.
    pub(crate) times: Option<u32>,
    pub(crate) delay: Duration,
    pub(crate) body: Option<Broken>,
}

/// How the body of an answer is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Broken {
    /// A shorter document, cut within its list, whose content length is that of what is sent.
    Half,
    /// Something that is neither XML nor JSON.
    Garbage,
    /// The connection breaks in transit; where there is none, the same as `Half`.
    Cut,
    /// The first page of a list is empty, and says where the next one begins.
    Empty,
    /// Every page of a list says that the next one begins where it began itself.
    Again,
}

/// What the faults of a region do to one call.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Strike {
    pub(crate) delay: Duration,
    pub(crate) refusal: Option<Refusal>,
    pub(crate) body: Option<Broken>,
}

/// What strikes a call of that operation, signed with that access key id: delays add up until a fault refuses or breaks
/// it.
pub(crate) fn strike(faults: &mut [Fault], operation: &str, access_key: &str) -> Strike {
    strike_those(faults, |fault| {
        (fault.operation == "*" || fault.operation == operation)
            && fault.access_key.as_deref().is_none_or(|key| key == access_key)
    })
}

/// What strikes somebody who wants to assume a role of the account whose faults these are: only what names that.
pub(crate) fn strike_at_the_door(faults: &mut [Fault]) -> Strike {
    strike_those(faults, |fault| fault.operation == "AssumeRole")
}

fn strike_those(faults: &mut [Fault], is_meant: impl Fn(&Fault) -> bool) -> Strike {
    let mut strike = Strike::default();
    for fault in faults {
        if !is_meant(fault) || fault.times == Some(0) {
            continue;
        }
        if fault.after > 0 {
            fault.after -= 1;
            continue;
        }
        fault.times = fault.times.map(|times| times - 1);
        strike.delay += fault.delay;
        strike.refusal.clone_from(&fault.refusal);
        strike.body = fault.body;
        if strike.refusal.is_some() || strike.body.is_some() {
            break;
        }
    }
    strike
}

/// The HTTP status that usually goes with a code.
pub(crate) fn usual_status(code: &str) -> u16 {
    match code {
        "AccessDenied"
        | "ExpiredToken"
        | "InvalidClientTokenId"
        | "OptInRequired"
        | "SignatureDoesNotMatch" => 403,
        "InternalFailure" | "InternalError" => 500,
        "ServiceUnavailable" => 503,
        _ => 400,
    }
}

/// What AWS says with a code, for a fault that does not say.
pub(crate) fn usual_message(code: &str) -> &'static str {
    match code {
        "Throttling" | "ThrottlingException" => "Rate exceeded",
        "ExpiredToken" | "ExpiredTokenException" => "The security token included in the request is expired",
        "InvalidClientTokenId" | "UnrecognizedClientException" => {
            "The security token included in the request is invalid."
        }
        "AccessDenied" | "AccessDeniedException" => "Access Denied",
        "ServiceUnavailable" => "Service is unable to handle request.",
        "InternalFailure" | "InternalError" => "An internal error has occurred.",
        _ => "The request failed.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(milliseconds: u64) -> Fault {
        let delay = Duration::from_millis(milliseconds);
        Fault {
            operation: "*".into(),
            refusal: None,
            access_key: None,
            after: 0,
            times: None,
            delay,
            body: None,
        }
    }

    #[test]
    fn a_fault_strikes_as_often_as_it_says() {
        let refusal = Some(Refusal::new("Throttling", "Rate exceeded"));
        let mut faults = [Fault {
            operation: "DescribeDBSnapshots".into(),
            refusal: refusal.clone(),
            times: Some(2),
            ..slow(0)
        }];
        assert_eq!(strike(&mut faults, "DescribeDBClusterSnapshots", "AKIA").refusal, None);
        assert_eq!(strike(&mut faults, "DescribeDBSnapshots", "AKIA").refusal, refusal);
        assert_eq!(strike(&mut faults, "DescribeDBSnapshots", "AKIA").refusal, refusal);
        assert_eq!(strike(&mut faults, "DescribeDBSnapshots", "AKIA"), Strike::default());
    }

    #[test]
    fn a_fault_waits_for_its_turn_and_knows_its_key() {
        let refusal = Some(Refusal::new("ExpiredToken", ""));
        let key = Some("ASIA1".to_owned());
        let mut faults = [Fault { refusal, access_key: key, after: 1, ..slow(0) }];
        let mut struck = |key: &str| strike(&mut faults, "Any", key).refusal.is_some();
        assert_eq!(
            ["ASIA1", "ASIA2", "ASIA1", "ASIA2", "ASIA1"].map(&mut struck),
            [false, false, true, false, true]
        );
    }

    #[test]
    fn only_what_names_it_stands_at_the_door_of_an_account() {
        let refusal = Some(Refusal::new("AccessDenied", ""));
        let any = Fault { refusal: refusal.clone(), ..slow(0) };
        assert_eq!(strike_at_the_door(&mut [any.clone()]), Strike::default());
        let named = Fault { operation: "AssumeRole".into(), ..any };
        assert_eq!(strike_at_the_door(&mut [named]).refusal, refusal);
    }

    #[test]
    fn delays_add_up_and_the_first_refusal_decides() {
        let refuse = |code| Fault { refusal: Some(Refusal::new(code, "")), times: Some(1), ..slow(1) };
        let mut faults = [slow(10), slow(20), refuse("First"), refuse("Second")];
        let first = strike(&mut faults, "Any", "AKIA");
        assert_eq!(
            (first.delay, first.refusal.map(|refusal| refusal.code)),
            (Duration::from_millis(31), Some("First".into()))
        );
        assert_eq!(
            strike(&mut faults, "Any", "AKIA").refusal.map(|refusal| refusal.code),
            Some("Second".into())
        );
        assert_eq!(strike(&mut faults, "Any", "AKIA").delay, Duration::from_millis(30));
    }
}
