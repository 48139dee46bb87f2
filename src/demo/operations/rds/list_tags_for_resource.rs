//! `ListTagsForResource`.

use crate::demo::state::State;
use crate::demo::state::arn::Arn;
use crate::demo::wire::call::Call;
use crate::demo::wire::refusal::Refusal;
use crate::demo::wire::xml::Xml;

/// Answers the tags of an own resource of the region, named by its ARN.
pub(crate) fn answer(state: &State, call: &Call) -> Result<Xml, Refusal> {
    let arn = call.params.required("ResourceName")?;
    let resource = state.own_resource(call, arn).ok_or_else(|| no_resource(arn))?;
    let mut xml = Xml::new();
    xml.records("TagList", "Tag", resource.many("TagList"));
    Ok(xml)
}

/// What RDS says of an ARN that names nothing here.
pub(crate) fn no_resource(arn: &str) -> Refusal {
    let word = Arn::parse(arn).and_then(|arn| arn.resource.split_once(':')).map(|(word, _)| word);
    let code = match word {
        Some("snapshot") => "DBSnapshotNotFound",
        Some("cluster-snapshot") => "DBClusterSnapshotNotFoundFault",
        Some("db") => "DBInstanceNotFound",
        Some("cluster") => "DBClusterNotFoundFault",
        _ => return Refusal::invalid(format!("Invalid resource name: {arn}")),
    };
    Refusal::not_found(code, format!("The resource {arn} was not found."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::demo::trial::Trial;

    #[tokio::test]
    async fn tags_are_read_by_arn_from_snapshots_and_databases() {
        let tags = json!([{"Key": "env", "Value": "prod"}]);
        let trial = Trial::of(&json!({
            "DBSnapshots": [{"DBSnapshotIdentifier": "a", "TagList": tags}],
            "DBInstances": [{"DBInstanceIdentifier": "b", "TagList": tags}]}));
        for resource in ["snapshot:a", "db:b"] {
            let arn = format!("ResourceName=arn:aws:rds:us-east-1:111111111111:{resource}");
            assert_eq!(trial.rds("ListTagsForResource", &arn).await.texts("Value"), ["prod"], "{resource}");
        }
        for (resource, code) in [
            ("snapshot:z", "DBSnapshotNotFound"),
            ("db:z", "DBInstanceNotFound"),
            ("weather:z", "InvalidParameterValue"),
        ] {
            let arn = format!("ResourceName=arn:aws:rds:us-east-1:111111111111:{resource}");
            assert_eq!(trial.rds("ListTagsForResource", &arn).await.code(), code);
        }
    }
}
