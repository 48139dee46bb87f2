//! Grants that are taken back by their names: which one that is, and what is told where it cannot be known.

use super::*;

const KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/k1";
const OTHER_KEY: &str = "arn:aws:kms:us-east-1:111111111111:key/k2";

/// The order that takes back the grant of this name.
fn revoke(name: &str) -> Order {
    let grant = ("GrantId", Argument::GrantNamed(name.into()));
    order(Operation::RevokeGrant, &[("KeyId", text(KEY)), grant])
}

/// The order that lets an account use a key, by a grant that is named after it.
fn create(key: &str, account: &str) -> Order {
    order(
        Operation::CreateGrant,
        &[
            ("KeyId", text(key)),
            ("GranteePrincipal", text(&format!("arn:aws:iam::{account}:root"))),
            ("Operations", list(&["Decrypt", "DescribeKey"])),
            ("Name", text(&format!("snapdeck-{account}"))),
        ],
    )
}

fn grant(id: &str, name: &str) -> Value {
    json!({"GrantId": id, "Name": name, "GranteePrincipal": "arn:aws:iam::222222222222:root",
        "Operations": ["Decrypt"]})
}

/// A cloud with two keys, the first with these grants.
async fn with_grants(grants: &[Value]) -> Trial {
    let keys = json!([{"KeyMetadata": {"KeyId": "k1"}, "Grants": grants}, {"KeyMetadata": {"KeyId": "k2"}}]);
    Trial::of(&json!({ "Keys": keys }), &json!({})).await
}

/// The ids and grantees of a key's grants.
async fn grants(trial: &Trial, key: &str) -> Vec<(String, String)> {
    let asked = trial.ask(Question::KeyPolicy(ours(), key.parse().expect("an ARN"))).await;
    trial.calls();
    let Ok(Answer::KeyPolicy(policies)) = asked else { panic!("{asked:?}") };
    let grants = policies.grants.expect("grants");
    grants.iter().map(|grant| (grant.id.exact().to_owned(), grant.grantee.exact().to_owned())).collect()
}

async fn done(trial: &Trial, order: &Order) -> Receipt {
    trial.aws.send(order).await.unwrap_or_else(|fault| panic!("{fault:?}"))
}

#[tokio::test]
async fn a_grant_is_found_by_its_name_on_whatever_page_it_is() {
    let all: Vec<Value> = (0..150).map(|n| grant(&format!("g{n:03}"), &format!("name-{n}"))).collect();
    for n in [0, 99, 100, 149] {
        let trial = with_grants(&all).await;
        assert!(done(&trial, &revoke(&format!("name-{n}"))).await.request_id.is_some());
        assert_eq!(trial.operations(), ["ListGrants", "ListGrants", "RevokeGrant"]);
        let left = grants(&trial, KEY).await;
        assert_eq!(left.len(), 149);
        assert!(left.iter().all(|(id, _)| *id != format!("g{n:03}")), "{n}");
    }
}

#[tokio::test]
async fn what_is_granted_to_one_account_is_taken_back_from_it_alone() {
    let trial = with_grants(&[]).await;
    for (key, account) in
        [(KEY, "222222222222"), (KEY, "333333333333"), (KEY, "444444444444"), (OTHER_KEY, "333333333333")]
    {
        done(&trial, &create(key, account)).await;
    }
    let before = grants(&trial, KEY).await;
    assert_eq!(before.len(), 3);
    done(&trial, &revoke("snapdeck-333333333333")).await;
    let mut wanted = before;
    wanted.retain(|(_, grantee)| !grantee.contains("333333333333"));
    assert_eq!(grants(&trial, KEY).await, wanted);
    assert_eq!(grants(&trial, OTHER_KEY).await.len(), 1, "the grants of another key are not touched");
}

#[tokio::test]
async fn a_grant_that_is_made_and_taken_back_leaves_nothing_and_can_be_made_again() {
    let trial = with_grants(&[]).await;
    let first = done(&trial, &create(KEY, "222222222222")).await.made;
    assert_eq!(done(&trial, &create(KEY, "222222222222")).await.made, first, "made once");
    done(&trial, &revoke("snapdeck-222222222222")).await;
    assert_eq!(grants(&trial, KEY).await, []);
    assert_ne!(done(&trial, &create(KEY, "222222222222")).await.made, first);
    assert_eq!(grants(&trial, KEY).await.len(), 1);
}

#[tokio::test]
async fn a_grant_that_is_gone_is_taken_back_already() {
    let trial = with_grants(&[grant("g1", "snapdeck-2222"), grant("g2", "of-somebody-else")]).await;
    let before = grants(&trial, KEY).await;
    assert_eq!(done(&trial, &revoke("snapdeck-222222222222")).await, Receipt::default());
    assert_eq!(trial.operations(), ["ListGrants"]);
    assert_eq!(grants(&trial, KEY).await, before);
    for said in [true, false] {
        assert_eq!(done(&trial, &revoke("of-somebody-else")).await.request_id.is_some(), said);
    }
}

#[tokio::test]
async fn which_of_two_grants_of_one_name_is_meant_is_not_guessed() {
    let trial = with_grants(&[grant("g1", "twice"), grant("g2", "once"), grant("g3", "twice")]).await;
    let fault = trial.aws.send(&revoke("twice")).await.expect_err("a fault");
    assert_eq!((fault.class, fault.code.expect("a code").exact()), (FaultClass::Other, NOT_SENT));
    assert!(fault.message.exact().contains("g1, g3"), "{}", fault.message);
    assert_eq!(trial.operations(), ["ListGrants"]);
    assert_eq!(grants(&trial, KEY).await.len(), 3);
}

/// Revokes before a cloud that answers so; its end, and how often it was asked to list and to revoke.
async fn end(
    listed: impl Fn() -> script::Answer + Send + Sync + 'static,
    revoked: impl Fn() -> script::Answer + Send + Sync + 'static,
) -> (Result<Receipt, Fault>, usize, usize) {
    let (aws, log) = signed_in(move |ask| match ask.operation.as_str() {
        "ListGrants" => Some(listed()),
        "RevokeGrant" => Some(revoked()),
        _ => None,
    })
    .await;
    let end = aws.send(&revoke("ours")).await;
    let log = log.lock().expect("a log");
    let asked = |name: &str| log.iter().filter(|ask| ask.operation == name).count();
    (end, asked("ListGrants"), asked("RevokeGrant"))
}

/// An answer to ListGrants.
type Listing = fn() -> script::Answer;

fn failed() -> script::Answer {
    script::Answer { status: 500, ..script::Answer::json_error("KMSInternalException", "oops") }
}

fn one_grant() -> script::Answer {
    script::Answer::body(r#"{"Grants": [{"GrantId": "g1", "Name": "ours"}], "Truncated": false}"#)
}

#[tokio::test(start_paused = true)]
async fn grants_that_cannot_be_listed_mean_that_nothing_was_sent() {
    let hung = || one_grant().after(Duration::from_secs(1_000_000));
    let denied = || script::Answer::json_error("AccessDeniedException", "no");
    let not_there = || script::Answer::json_error("NotFoundException", "no such key");
    let broken = || script::Answer::body("{\"Grants\": [");
    let answers: [(Listing, FaultClass, &str); 5] = [
        (hung, FaultClass::Unreachable, ""),
        (failed, FaultClass::Other, "KMSInternalException: oops"),
        (denied, FaultClass::AccessDenied, "AccessDeniedException: no"),
        (not_there, FaultClass::Other, "NotFoundException: no such key"),
        (broken, FaultClass::InvalidResponse, ""),
    ];
    for (answer, class, words) in answers {
        let (end, _, revoked) = end(answer, || panic!("nothing is sent")).await;
        let fault = end.expect_err("a fault");
        assert_eq!((fault.class, revoked), (class, 0), "{fault:?}");
        assert_eq!(fault.code.expect("a code").exact(), NOT_SENT);
        assert_eq!(fault.action.expect("an action").exact(), "kms:ListGrants");
        assert!(fault.message.exact().contains(words), "{}", fault.message);
        assert!(fault.hint.exact().starts_with("Nothing was sent."), "{}", fault.hint);
    }
}

#[tokio::test(start_paused = true)]
async fn listing_is_tried_again_and_revoking_is_not() {
    let listings = std::sync::atomic::AtomicUsize::new(0);
    let listed = move || match listings.fetch_add(1, std::sync::atomic::Ordering::SeqCst) {
        0 => failed(),
        _ => one_grant(),
    };
    let (end, listed, revoked) = end(listed, failed).await;
    let fault = end.expect_err("a fault");
    assert_eq!((fault.class, listed, revoked), (FaultClass::Unreachable, 2, 1));
    assert_ne!(fault.code.expect("a code").exact(), NOT_SENT);
    assert!(fault.hint.exact().contains("not known"), "{}", fault.hint);
}

#[tokio::test(start_paused = true)]
async fn a_grant_that_is_still_listed_and_no_longer_there_is_taken_back_already() {
    let (taken, ..) =
        end(one_grant, || script::Answer::json_error("NotFoundException", "no such grant")).await;
    assert_eq!(taken, Ok(Receipt::default()));
    let (refused, ..) =
        end(one_grant, || script::Answer::json_error("KMSInvalidStateException", "dying")).await;
    assert_eq!(refused.expect_err("a fault").code.expect("a code").exact(), "KMSInvalidStateException");
}
