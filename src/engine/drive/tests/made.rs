//! What is taken for ours, and what of it is taken back.

#![cfg(test)]

use super::*;

/// A database that is there.
fn database(kind: Kind, name: &str, tags: Vec<Tag>) -> Database {
    Database {
        kind,
        name: name.into(),
        status: "available".into(),
        engine: "mysql".into(),
        class: None,
        subnet_group: None,
        parameter_group: None,
        vpc: None,
        tags,
    }
}

/// What became of the one step of a line whose answer was lost, when it is asked what is there then.
async fn after_a_lost_answer(line: &str, question: fn(Scope) -> Question, there: Answer) -> State {
    let lost = Err(fixture::fault(FaultClass::Unreachable, "no answer"));
    let (script, orders) = answering(line, vec![Ok(None)], vec![lost]);
    let orders = orders.stamped(RUN.parse().expect("an id"));
    let step = orders.steps().next().expect("a step").clone();
    if step.grounds.iter().any(|ground| matches!(ground, Ground::FreeDatabase(..))) {
        script.doubt(question(step.call.scope.clone()), Ok(Answer::Databases(vec![])));
    }
    for _ in 0..2 {
        script.doubt(question(step.call.scope.clone()), Ok(there.clone()));
    }
    let (run, sent, _) = driven((script, orders)).await;
    assert_eq!(sent.len(), 1, "nothing is made twice: {run:?}");
    run.steps()[0].state.clone()
}

#[tokio::test(start_paused = true)]
async fn a_restored_database_is_adopted_by_its_stamp_alone() {
    for (line, kind) in [("restore db=x", Kind::Instance), ("restore clu db=x", Kind::Cluster)] {
        let database = |kind, tags| Answer::Databases(vec![database(kind, "x", tags)]);
        let stamped = |by: &str| database(kind, vec![Tag { key: STAMP.into(), value: by.into() }]);
        let state = after_a_lost_answer(line, Question::Databases, stamped("261124-031502-k3f/1")).await;
        assert_eq!(state, State::Done, "{line}");
        for (strange, why) in [
            (database(kind, vec![]), "not made by this run"),
            (stamped("261124-031502-k3f/2"), "made by run 261124-031502-k3f/2"),
            (stamped("261101-000000-aaa/1"), "made by run 261101-000000-aaa/1"),
        ] {
            let state = after_a_lost_answer(line, Question::Databases, strange).await;
            assert!(matches!(&state, State::Lost(own) if own.exact().contains(why)), "{line}: {state:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_export_task_is_adopted_where_it_reads_and_writes_what_was_ordered() {
    let line = "export postgres task=t bucket=b role=arn:aws:iam::111111111111:role/x kms-key=alias/dba";
    let task = |source: &str, bucket: &str| {
        let (id, status) = ("t".into(), "COMPLETE".into());
        Answer::ExportTasks(vec![ExportTask { id, source: source.into(), bucket: bucket.into(), status }])
    };
    let own = "arn:aws:rds:us-east-1:111111111111:snapshot:orders";
    let other = "arn:aws:rds:us-east-1:111111111111:snapshot:other";
    assert_eq!(after_a_lost_answer(line, Question::ExportTasks, task(own, "b")).await, State::Done);
    for (strange, why) in [(task(other, "b"), "snapshot:other"), (task(own, "c"), "into c")] {
        let state = after_a_lost_answer(line, Question::ExportTasks, strange).await;
        assert!(matches!(&state, State::Lost(own) if own.exact().contains(why)), "{state:?}");
    }
}

const RUN: &str = "261124-031502-k3f";

/// The snapshot that the first step of these orders makes.
fn first_made(orders: &Orders) -> SnapshotArn {
    match &orders.steps().next().expect("a step").follows {
        Follow::Snapshot(arn) => arn.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_ours_by_its_name_alone_is_not_deleted_when_it_is_taken_back() {
    let run = Some(RUN.parse().expect("an id"));
    for (line, is_deleted) in [("copy none name=x", true), ("copy none name=x copy-tags=on", false)] {
        let lost = Err(fixture::fault(FaultClass::Unreachable, "no answer"));
        let (script, orders) = answering(line, there(), vec![lost]);
        let (found, ..) = driven((script, orders.stamped(RUN.parse().expect("an id")))).await;
        assert_eq!(
            (found.standing(), found.taken_back(run).is_some()),
            (Standing::Done, is_deleted),
            "{line}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn a_copy_of_which_nobody_knows_is_deleted_by_its_stamp_alone() {
    let id = RUN.parse().expect("an id");
    for (stamp, sends) in
        [(Some(format!("{RUN}/1")), 1), (Some("261101-000000-aaa/1".to_owned()), 0), (None, 0)]
    {
        let (script, orders) = Script::of("copy none name=x", vec![Ok(Some(("creating", 5)))]);
        let mut run = Run::new(&orders);
        let lost = fixture::fault(FaultClass::Unreachable, "no answer");
        for what in [Happening::Sending, Happening::Unsure(lost), Happening::Cancelled] {
            run.apply(Event { step: 0, at: jiff::Timestamp::UNIX_EPOCH, what }).expect("legal");
        }
        assert_eq!(run.taken_back(None), None, "nobody can tell whose it is");
        let back = run.taken_back(Some(id)).expect("a way back");
        let tag = |stamp: String| Tag { key: STAMP.into(), value: stamp.into() };
        let tags = stamp.clone().map(tag).into_iter().collect();
        script.made.lock().expect("a lock").push((first_made(&orders), tags));
        let back = Orders::of(back, |_| crate::domain::Access::ReadWrite).expect("orders");
        let (back, sent, _) = driven((script, back)).await;
        assert_eq!(sent.len(), sends, "{stamp:?}");
        assert_eq!(matches!(back.steps()[0].state, State::Changed(_)), sends == 0, "{back:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_clean_up_deletes_what_the_run_has_made_and_nothing_else_of_that_name() {
    let line = "copy automated aws/rds to-account=222 use1->euw1 name=x";
    let (script, orders) = Script::of(line, there());
    let first = first_made(&orders);
    let plan = orders.plan().cleaning_up();
    let n = plan.steps.len() - 1;
    let orders = Orders::of(plan, |_| crate::domain::Access::ReadWrite).expect("orders");
    let orders = orders.stamped(RUN.parse().expect("an id"));
    let mut run = Run::new(&orders);
    for step in 0..n {
        let reached = orders.steps().nth(step).is_some_and(|step| step.follows != Follow::Nothing);
        let end = reached.then_some(Happening::Reached);
        for what in [Happening::Sending, Happening::Taken(Receipt::default())].into_iter().chain(end) {
            run.apply(Event { step, at: jiff::Timestamp::UNIX_EPOCH, what }).expect("legal");
        }
    }
    script.made.lock().expect("a lock").push((first, vec![]));
    let script = Arc::new(script);
    let run = driver(&script, hearing(&script)).drive(run, &orders).await.expect("heard");
    assert!(matches!(run.steps()[n].state, State::Changed(_)), "{run:?}");
    assert!(script.sent.lock().expect("a lock").is_empty());
}

/// Whether a clean-up deletes the temporary instance of a Multi-AZ cluster that carries this stamp by then.
async fn deletes(stamp: Option<String>) -> bool {
    let (script, orders) = Script::of("share maz none with=222", vec![]);
    let orders = orders.stamped(RUN.parse().expect("an id"));
    let mut run = Run::new(&orders);
    for step in 0..orders.steps().count() {
        let reached = orders.steps().nth(step).is_some_and(|step| step.follows != Follow::Nothing);
        let end = reached.then_some(Happening::Reached);
        for what in [Happening::Sending, Happening::Taken(Receipt::default())].into_iter().chain(end) {
            run.apply(Event { step, at: jiff::Timestamp::UNIX_EPOCH, what }).expect("legal");
        }
    }
    let back = run.cleaned_up(Some(RUN.parse().expect("an id"))).expect("a way back");
    let step = &back.steps[0];
    let name = step.call.deleted().expect("a database").to_owned();
    let tags = stamp.map(|value| Tag { key: STAMP.into(), value: value.into() }).into_iter().collect();
    let there = vec![database(Kind::Instance, &name, tags)];
    script.doubt(Question::Databases(step.call.scope.clone()), Ok(Answer::Databases(there)));
    let back = Orders::of(back, |_| crate::domain::Access::ReadWrite).expect("orders");
    let (_, sent, _) = driven((script, back)).await;
    sent == ["DeleteDBInstance"]
}

#[tokio::test(start_paused = true)]
async fn a_temporary_instance_is_deleted_only_under_the_stamp_of_the_step_that_made_it() {
    assert!(deletes(Some(format!("{RUN}/1"))).await);
    assert!(!deletes(Some("261124-031502-zzz/1".to_owned())).await, "another run's");
    assert!(!deletes(None).await, "nobody's");
}
