//! The option groups of a scope (DescribeOptionGroups).

use super::super::action::Action;
use super::super::clients::Clients;
use super::super::listing::FULL;
use super::super::pages;
use crate::domain::{Fault, GroupOption, OptionGroup};

const ACTION: Action = Action::DescribeOptionGroups;

/// Lists them with their options.
pub(super) async fn option_groups(clients: &Clients) -> Result<Vec<OptionGroup>, Fault> {
    let groups = pages::all(clients, ACTION, |marker| {
        let request = clients.rds().describe_option_groups().max_records(FULL).set_marker(marker);
        async move {
            let page = clients.ask(ACTION, || request.clone().send()).await?;
            Ok((page.option_groups_list.unwrap_or_default(), page.marker))
        }
    });
    let word = |text: Option<&str>| clients.words().word(text.unwrap_or_default());
    let option = |option: &aws_sdk_rds::types::Option| GroupOption {
        name: word(option.option_name()),
        persistent: option.persistent().unwrap_or_default(),
        permanent: option.permanent().unwrap_or_default(),
    };
    let group = |group: aws_sdk_rds::types::OptionGroup| OptionGroup {
        name: word(group.option_group_name()),
        engine: word(group.engine_name()),
        major_version: word(group.major_engine_version()),
        vpc: group.vpc_id().filter(|vpc| !vpc.is_empty()).map(|vpc| clients.words().word(vpc)),
        options: group.options().iter().map(option).collect(),
    };
    Ok(groups.await?.into_iter().map(group).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::trial::{Trial, ours};
    use crate::domain::{Answer, Question};

    use super::*;

    #[tokio::test]
    async fn a_group_tells_its_options_and_whether_they_last() {
        let fleet = json!({"OptionGroups": [{"OptionGroupName": "tde", "EngineName": "oracle-ee",
            "MajorEngineVersion": "19", "VpcId": "vpc-1", "Options": [
                {"OptionName": "TDE", "Persistent": true, "Permanent": true}, {"OptionName": "OEM"}]}]});
        let trial = Trial::of(&fleet, &json!({})).await;
        let answer = trial.ask(Question::OptionGroups(ours())).await;
        let Ok(Answer::OptionGroups(groups)) = answer else { panic!("{answer:?}") };
        let option =
            |name: &str, lasts| GroupOption { name: name.into(), persistent: lasts, permanent: lasts };
        let wanted = OptionGroup {
            name: "tde".into(),
            engine: "oracle-ee".into(),
            major_version: "19".into(),
            vpc: Some("vpc-1".into()),
            options: vec![option("TDE", true), option("OEM", false)],
        };
        assert_eq!(groups, [wanted]);
    }
}
