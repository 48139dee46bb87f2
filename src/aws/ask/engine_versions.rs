//! The engine versions that a region offers (DescribeDBEngineVersions).

use aws_sdk_rds::operation::describe_db_engine_versions::builders::DescribeDBEngineVersionsFluentBuilder;
use aws_sdk_rds::types::DbEngineVersion;

use super::super::action::Action;
use super::super::clients::Clients;
use super::super::listing::FULL;
use super::super::pages;
use super::absence::is_not_there;
use crate::domain::{EngineVersion, Fault};

const ACTION: Action = Action::DescribeDBEngineVersions;

/// A version of an engine, deprecated ones too. A major version alone means one of its minors, as
/// RDS takes it.
pub(super) async fn one(
    clients: &Clients,
    engine: &str,
    version: &str,
) -> Result<Option<EngineVersion>, Fault> {
    let request = clients.rds().describe_db_engine_versions().engine(engine).engine_version(version);
    let offered = listed(clients, &request.include_all(true)).await?;
    let is_it = |one: &&DbEngineVersion| one.engine_version() == Some(version);
    let is_of_it = |one: &&DbEngineVersion| one.major_engine_version() == Some(version);
    let found = offered.iter().find(is_it).or_else(|| offered.iter().rfind(is_of_it));
    Ok(found.map(|found| engine_version(clients, found)))
}

/// The version that a new database of an engine gets when none is named.
pub(super) async fn default(clients: &Clients, engine: &str) -> Result<Option<EngineVersion>, Fault> {
    let request = clients.rds().describe_db_engine_versions().engine(engine).default_only(true);
    let offered = listed(clients, &request).await?;
    let of_engine = offered.iter().find(|one| one.engine() == Some(engine));
    Ok(of_engine.map(|found| engine_version(clients, found)))
}

async fn listed(
    clients: &Clients,
    request: &DescribeDBEngineVersionsFluentBuilder,
) -> Result<Vec<DbEngineVersion>, Fault> {
    let versions = pages::all(clients, ACTION, |marker| {
        let request = request.clone().max_records(FULL).set_marker(marker);
        async move {
            let page = clients.ask(ACTION, || request.clone().send()).await?;
            Ok((page.db_engine_versions.unwrap_or_default(), page.marker))
        }
    });
    match versions.await {
        // An engine that the region does not know is not offered there.
        Err(fault) if is_not_there(&fault, &["InvalidParameterValue"]) => Ok(Vec::new()),
        versions => versions,
    }
}

fn engine_version(clients: &Clients, from: &DbEngineVersion) -> EngineVersion {
    let word = |text: Option<&str>| clients.words().word(text.unwrap_or_default());
    let major = from.major_engine_version().filter(|major| !major.is_empty());
    EngineVersion {
        version: word(from.engine_version()),
        major: major.map(|major| clients.words().word(major)),
        family: word(from.db_parameter_group_family()),
        available: from.status().is_none_or(|status| status == "available"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::script::{self, signed_in};
    use super::super::super::trial::{Trial, ours};
    use crate::domain::{Answer, Question};
    use crate::ports::Cloud as _;

    use super::*;

    #[tokio::test]
    async fn a_version_is_offered_deprecated_or_not_there() {
        let fleet = json!({"DBEngineVersions": [
            {"Engine": "mysql", "EngineVersion": "5.7.44", "DBParameterGroupFamily": "mysql5.7", "Status": "deprecated"},
            {"Engine": "mysql", "EngineVersion": "8.4.6", "DBParameterGroupFamily": "mysql8.4",
                "MajorEngineVersion": "8.4", "Status": "available"}]});
        let trial = Trial::of(&fleet, &json!({})).await;
        let one = async |engine: &str, version: &str| match trial
            .ask(Question::EngineVersion(ours(), engine.into(), version.into()))
            .await
        {
            Ok(Answer::EngineVersion(found)) => found,
            other => panic!("{other:?}"),
        };
        assert_eq!(one("mysql", "5.7.44").await.map(|found| found.available), Some(false));
        assert_eq!(one("mysql", "8.0.1").await, None);
        assert_eq!(one("postgres", "8.4.6").await, None);
        let newest = EngineVersion {
            version: "8.4.6".into(),
            major: Some("8.4".into()),
            family: "mysql8.4".into(),
            available: true,
        };
        assert_eq!(one("mysql", "8.4.6").await, Some(newest.clone()));
        assert!(trial.calls().iter().all(|call| call.get("IncludeAll") == "true"));
        let default = trial.ask(Question::DefaultVersion(ours(), "mysql".into())).await;
        assert_eq!(default, Ok(Answer::DefaultVersion(Some(newest))));
        let none = trial.ask(Question::DefaultVersion(ours(), "sybase".into())).await;
        assert_eq!(none, Ok(Answer::DefaultVersion(None)));
    }

    #[tokio::test]
    async fn an_engine_that_the_region_does_not_know_is_not_offered() {
        let (aws, _) = signed_in(|ask| {
            (ask.operation == "DescribeDBEngineVersions")
                .then(|| script::Answer::error("InvalidParameterValue", "Unrecognized engine name: sybase"))
        })
        .await;
        let answer = aws.ask(&Question::DefaultVersion(ours(), "sybase".into())).await;
        assert_eq!(answer, Ok(Answer::DefaultVersion(None)));
    }

    #[tokio::test]
    async fn a_major_version_means_one_of_its_minors() {
        let (aws, _) = signed_in(|ask| {
            (ask.operation == "DescribeDBEngineVersions").then(|| {
                let one = |version: &str| {
                    format!(
                        "<DBEngineVersion><Engine>postgres</Engine><EngineVersion>{version}</EngineVersion>\
                         <MajorEngineVersion>16</MajorEngineVersion><Status>available</Status></DBEngineVersion>"
                    )
                };
                let versions = [one("16.9"), one("16.10")].concat();
                script::Answer::xml(&ask.operation, &format!("<DBEngineVersions>{versions}</DBEngineVersions>"))
            })
        })
        .await;
        let answer = aws.ask(&Question::EngineVersion(ours(), "postgres".into(), "16".into())).await;
        let Ok(Answer::EngineVersion(Some(found))) = answer else { panic!("{answer:?}") };
        assert_eq!(found.version.exact(), "16.10");
    }
}
