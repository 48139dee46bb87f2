//! The export tasks of a scope, finished ones too (DescribeExportTasks).

use super::super::action::Action;
use super::super::clients::Clients;
use super::super::listing::FULL;
use super::super::pages;
use crate::domain::{ExportTask, Fault};

const ACTION: Action = Action::DescribeExportTasks;

/// Lists them.
pub(super) async fn export_tasks(clients: &Clients) -> Result<Vec<ExportTask>, Fault> {
    let tasks = pages::all(clients, ACTION, |marker| {
        let request = clients.rds().describe_export_tasks().max_records(FULL).set_marker(marker);
        async move {
            let page = clients.ask(ACTION, || request.clone().send()).await?;
            Ok((page.export_tasks.unwrap_or_default(), page.marker))
        }
    });
    let word = |text: Option<&str>| clients.words().word(text.unwrap_or_default());
    let task = |task: aws_sdk_rds::types::ExportTask| ExportTask {
        id: word(task.export_task_identifier()),
        source: word(task.source_arn()),
        bucket: word(task.s3_bucket()),
        status: word(task.status()),
    };
    Ok(tasks.await?.into_iter().map(task).collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::super::trial::{Trial, ours};
    use crate::domain::{Answer, Question};

    use super::*;

    #[tokio::test]
    async fn finished_tasks_are_told_too() {
        let source = "arn:aws:rds:us-east-1:111111111111:snapshot:orders";
        let task = |id: &str, status: &str| json!({"ExportTaskIdentifier": id, "SourceArn": source, "S3Bucket": "lake", "Status": status});
        let fleet = json!({"ExportTasks": [task("a", "COMPLETE"), task("b", "IN_PROGRESS")]});
        let trial = Trial::of(&fleet, &json!({})).await;
        let answer = trial.ask(Question::ExportTasks(ours())).await;
        let Ok(Answer::ExportTasks(tasks)) = answer else { panic!("{answer:?}") };
        let task = |id: &str, status: &str| ExportTask {
            id: id.into(),
            source: source.into(),
            bucket: "lake".into(),
            status: status.into(),
        };
        assert_eq!(tasks, [task("a", "COMPLETE"), task("b", "IN_PROGRESS")]);
    }
}
