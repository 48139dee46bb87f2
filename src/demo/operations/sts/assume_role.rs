//! `AssumeRole`.

use jiff::{SignedDuration, Timestamp};

use crate::demo::state::State;
use crate::demo::state::arn::Arn;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers credentials whose access key id holds the digits of the role's account.
///
/// Any role of any account of the fleet can be assumed.
pub(crate) fn answer(state: &mut State, call: &Call) -> Result<Xml, Refusal> {
    let role_arn = call.params.required("RoleArn")?;
    let session = call.params.required("RoleSessionName")?;
    let seconds = call.params.whole("DurationSeconds")?.unwrap_or(3600);
    if !(900..=43_200).contains(&seconds) {
        return Err(Refusal::new(
            "ValidationError",
            format!("The requested DurationSeconds {seconds} is not between 900 and 43200."),
        ));
    }
    let role = Arn::parse(role_arn)
        .filter(|arn| arn.service == "iam" && arn.region.is_empty())
        .filter(|arn| state.accounts.get(arn.account).is_some_and(|account| account.listed))
        .and_then(|arn| Some((arn, arn.resource.strip_prefix("role/").filter(|name| !name.is_empty())?)));
    let Some((arn, path)) = role else {
        return Err(Refusal::denied(format!(
            "User: {} is not authorized to perform: sts:AssumeRole on resource: {role_arn}",
            state.principal(call)
        )));
    };
    let name = path.rsplit('/').next().unwrap_or(path);
    check_code(state, call, arn, name)?;
    let (partition, account) = (arn.partition, arn.account);
    let holder = format!("arn:{partition}:sts::{account}:assumed-role/{name}/{session}");
    let access_key = format!("ASIA{account}{:04X}", state.serial() % 0x1_0000);
    state.sessions.insert(access_key.clone(), holder.clone());
    // Whoever holds them compares with the real clock, whatever the time in the cloud.
    let expires = Timestamp::now().max(state.now()) + SignedDuration::from_secs(seconds);
    let mut xml = Xml::new();
    xml.element("AssumedRoleUser", |xml| {
        xml.text("AssumedRoleId", &format!("AROA{account}:{session}")).text("Arn", &holder);
    });
    xml.element("Credentials", |xml| {
        xml.text("AccessKeyId", &access_key)
            .text("SecretAccessKey", "not-checked-by-the-demo-cloud")
            .text("SessionToken", &format!("session-of-{access_key}"))
            .text("Expiration", &format!("{expires:.0}"));
    });
    Ok(xml)
}

/// Checks the code of an MFA device: one that is given has to be good, and some roles want one.
fn check_code(state: &State, call: &Call, role: Arn<'_>, name: &str) -> Result<(), Refusal> {
    let failed = |why| Err(Refusal::denied(format!("MultiFactorAuthentication failed{why}")));
    let of = |account: &str| state.accounts.get(account);
    match (call.params.text("SerialNumber"), call.params.text("TokenCode")) {
        (Some(serial), Some(code)) => {
            match of(&call.account).and_then(|own| own.mfa_devices.get(serial)).map(String::as_str) {
                Some(good) if good == code => Ok(()),
                Some(_) => failed(" with invalid MFA one time pass code."),
                None => failed(
                    ", unable to validate MFA code.  Please verify your MFA serial number is valid and associated with \
                     this user.",
                ),
            }
        }
        (Some(_), None) | (None, Some(_)) => {
            failed(", must provide both MFA serial number and one time pass code.")
        }
        (None, None) if of(role.account).is_some_and(|own| own.roles_with_mfa.contains(name)) => {
            Err(Refusal::denied(format!(
                "User: {} is not authorized to perform: sts:AssumeRole on resource: {}",
                state.principal(call),
                call.params.required("RoleArn")?
            )))
        }
        (None, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::trial::Trial;

    #[tokio::test]
    async fn an_assumed_role_calls_as_the_account_of_the_role() {
        let mut trial = Trial::of(&json!({}));
        let ask = "RoleArn=arn:aws:iam::222222222222:role/ops/dba&RoleSessionName=me";
        let said = trial.sts("AssumeRole", ask).await;
        trial.access_key = said.text("AccessKeyId");
        assert_eq!(trial.access_key.len(), 20);
        let said = trial.sts("GetCallerIdentity", "").await;
        assert_eq!(said.text("Account"), "222222222222");
        assert_eq!(said.text("Arn"), "arn:aws:sts::222222222222:assumed-role/dba/me");
    }

    #[tokio::test]
    async fn a_role_with_mfa_wants_the_code_of_a_device_of_the_caller() {
        let trial = Trial::new(&json!({"caller": "111111111111", "accounts": {
            "111111111111": {"MFADevices": [{"SerialNumber": "arn:aws:iam::111111111111:mfa/me", "Code": "123456"}]},
            "222222222222": {"roles_with_mfa": ["dba"]}}}));
        for (more, said) in [
            ("", "not authorized to perform: sts:AssumeRole"),
            ("&SerialNumber=arn:aws:iam::111111111111:mfa/me", "must provide both"),
            (
                "&SerialNumber=arn:aws:iam::111111111111:mfa/me&TokenCode=654321",
                "invalid MFA one time pass code",
            ),
            (
                "&SerialNumber=arn:aws:iam::111111111111:mfa/other&TokenCode=123456",
                "unable to validate MFA code",
            ),
        ] {
            let ask = format!("RoleArn=arn:aws:iam::222222222222:role/dba&RoleSessionName=me{more}");
            let refused = trial.sts("AssumeRole", &ask).await;
            assert_eq!((refused.status, refused.code().as_str()), (403, "AccessDenied"), "{more}");
            assert!(refused.text("Message").contains(said), "{}", refused.text("Message"));
        }
        let good = "RoleArn=arn:aws:iam::222222222222:role/dba&RoleSessionName=me\
            &SerialNumber=arn:aws:iam::111111111111:mfa/me&TokenCode=123456";
        assert_eq!(trial.sts("AssumeRole", good).await.status, 200);
        let other = "RoleArn=arn:aws:iam::222222222222:role/ro&RoleSessionName=me";
        assert_eq!(trial.sts("AssumeRole", other).await.status, 200);
    }

    #[tokio::test]
    async fn a_role_of_nowhere_is_denied() {
        let trial = Trial::of(&json!({}));
        for role in ["arn:aws:iam::333333333333:role/dba", "arn:aws:iam::222222222222:user/dba", "dba"] {
            let said = trial.sts("AssumeRole", &format!("RoleArn={role}&RoleSessionName=me")).await;
            assert_eq!((said.status, said.code().as_str()), (403, "AccessDenied"), "{role}");
            assert!(said.text("Message").contains(&format!("sts:AssumeRole on resource: {role}")));
        }
        assert_eq!(trial.sts("AssumeRole", "RoleSessionName=me").await.code(), "ValidationError");
    }
}
