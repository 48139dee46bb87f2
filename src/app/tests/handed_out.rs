//! What leaves the deck: copies, the raw JSON, files, links and commands.

#![cfg(test)]

use super::*;

#[test]
fn copies_are_told_when_they_are_made_and_hold_nothing_that_acts_where_they_are_pasted() {
    let mut app = app(80, 24);
    let effects = press(&mut app, "G k y");
    assert!(
        matches!(&effects[..], [Effect::Copy { text, .. }] if text == "warehouse-\\u{202e}evil"),
        "{effects:?}"
    );
    assert_eq!(notice(&app), "");
    app.update(Msg::Answer(ticket_of(&effects), Answer::Copied(Ok(()))));
    assert_eq!(notice(&app), "copied the name, with what hides written out");
    let effects = press(&mut app, "C");
    let [Effect::Copy { text, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert!(
        text.contains(r#"'warehouse-'"$(printf '\342\200\256')"'evil'"#),
        "to the letter, for a shell: {text}"
    );
    let effects = press(&mut app, "g Space Space Y");
    let [Effect::Copy { text, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!(text.lines().count(), 2);
    assert!(
        text.starts_with("arn:aws:rds:us-east-1:111111111111:snapshot:rds:orders-prod-2026-11-24-02-05\n")
    );
    app.update(Msg::Answer(ticket_of(&effects), Answer::Copied(Err(Mishap("no clipboard".into())))));
    assert_eq!(notice(&app), "nothing was copied: no clipboard");
}

#[test]
fn the_raw_json_is_asked_for_and_a_late_answer_is_dropped() {
    let mut app = app(80, 24);
    let late = ticket_of(&press(&mut app, "J"));
    press(&mut app, "Esc j");
    let asked = ticket_of(&press(&mut app, "J"));
    app.update(Msg::Answer(late, Answer::Document(Ok("{\"late\": 1}".to_owned()))));
    assert!(format!("{:?}", app.sheets()).contains("asking AWS"));
    app.update(Msg::Answer(asked, Answer::Document(Ok("{\"here\": 1}".to_owned()))));
    assert!(format!("{:?}", app.sheets()).contains("here"));
    let copied = press(&mut app, "y");
    assert!(matches!(&copied[..], [Effect::Copy { text, .. }] if text == "{\"here\": 1}"));
    press(&mut app, "Esc");
    let asked = ticket_of(&press(&mut app, "J"));
    app.update(Msg::Answer(asked, Answer::Document(Err(sample::fault(FaultClass::AccessDenied)))));
    assert!(format!("{:?}", app.sheets()).contains("DENIED"));
}

#[test]
fn the_save_dialog_writes_marks_or_the_table_in_the_form_that_was_chosen() {
    let mut app = app(80, 24);
    let effects = press(&mut app, "ctrl-s Tab Tab Enter");
    let [Effect::Save { name, text, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((name.as_str(), text.lines().count()), ("snapdeck-all-2026-11-24.ndjson", 14));
    let effects = press(&mut app, "Space ctrl-s Enter");
    let [Effect::Save { name, text, .. }] = &effects[..] else { panic!("{effects:?}") };
    assert_eq!((name.as_str(), text.lines().count()), ("snapdeck-all-2026-11-24.csv", 2));
    app.update(Msg::Answer(ticket_of(&effects), Answer::Saved(Ok("/home/me/x.csv".into()))));
    assert_eq!(notice(&app), "saved 1 snapshot to /home/me/x.csv");
}

#[test]
fn the_console_and_the_command_name_the_row_under_the_cursor() {
    let mut app = app(80, 24);
    let effects = press(&mut app, "b");
    assert!(
        matches!(&effects[..], [Effect::Open { url, .. }] if url == "https://us-east-1.console.aws.amazon.com/rds/home?region=us-east-1#db-snapshot:engine=mysql;id=rds:orders-prod-2026-11-24-02-05"),
        "{effects:?}"
    );
    let effects = press(&mut app, "C");
    assert!(
        matches!(&effects[..], [Effect::Copy { text, .. }] if text == "aws rds describe-db-snapshots --region us-east-1 --db-snapshot-identifier rds:orders-prod-2026-11-24-02-05 --snapshot-type automated"),
        "{effects:?}"
    );
}
