//! What the settings file promises: whole files in, settings or told mistakes out.

use super::*;
use crate::domain::{Login, Region, Standing, Tint};
use crate::input::{Action, Context};

fn parse(text: &str) -> Result<ReadSettings, Vec<Mistake>> {
    Settings::parse(text, Path::new("config.toml"))
}

#[track_caller]
fn mistakes(text: &str) -> Vec<String> {
    parse(text).expect_err("mistakes").iter().map(ToString::to_string).collect()
}

#[track_caller]
fn warnings(text: &str) -> Vec<String> {
    parse(text).expect("settings").warnings.iter().map(ToString::to_string).collect()
}

const WHOLE: &str = r#"
regions = ["us-east-1", "eu-west-1"]
read_only = true
theme = "light"
ascii = true
filter = "enc:none"
view = "problems"
sort = "size:desc"
mouse = false

[[accounts]]
name = "prod"
profile = "prod-dba"
production = true
colour = "red"
regions = "all"

[[accounts]]
name = "staging"
role_arn = "arn:aws:iam::222222222222:role/dba"
source_profile = "hub"
external_id = "deck"
read_only = true
regions = "default"

[known]
vendor = "333333333333"

[keys]
refresh = "f5"
"#;

#[test]
fn a_whole_file_is_read() {
    let ReadSettings { settings, warnings } = parse(WHOLE).expect("settings");
    assert_eq!(warnings, []);
    assert_eq!(
        settings.regions,
        Some(RegionChoice::Named(vec![Region::new("us-east-1"), Region::new("eu-west-1")]))
    );
    assert_eq!((settings.access, settings.ascii), (Some(Access::ReadOnly), Some(true)));
    assert_eq!((settings.theme.map(Theme::name), settings.filter), (Some("light"), Some("enc:none".into())));
    let [prod, staging] = &settings.accounts[..] else { panic!("two accounts") };
    assert_eq!(prod.login, Login::Profile("prod-dba".into()));
    assert_eq!(
        (prod.account.standing, prod.account.tint, prod.account.access),
        (Standing::Production, Some(Tint::Red), Access::ReadWrite)
    );
    assert_eq!(prod.regions, Some(RegionChoice::All));
    assert_eq!(staging.account.id.map(|id| id.to_string()).as_deref(), Some("222222222222"));
    assert_eq!((staging.account.access, &staging.regions), (Access::ReadOnly, &Some(RegionChoice::Default)));
    assert_eq!(
        staging.login,
        Login::Role {
            arn: "arn:aws:iam::222222222222:role/dba".into(),
            source_profile: Some("hub".into()),
            external_id: Some("deck".into()),
        }
    );
    assert_eq!(settings.known, [("333333333333".parse().expect("an id"), "vendor".into())]);
    assert_eq!(settings.keymap.chord(Context::Table, Action::Refresh), "F5".parse().ok());
    assert_eq!(
        (settings.view, settings.sort, settings.mouse),
        (Some("problems".into()), Some("size:desc".into()), Some(false))
    );
}

#[test]
fn an_empty_file_says_nothing() {
    assert_eq!(parse("").expect("settings"), ReadSettings::default());
}

#[test]
fn a_mistake_is_told_by_line_column_what_was_found_and_what_was_meant() {
    for (text, told) in [
        (
            "[[accounts]]\nname = \"prod\"\nprofile = \"p\"\nid = \"12345\"",
            "4:6: account id \"12345\" is not an account id: exactly twelve digits",
        ),
        ("read_only = \"yes\"", "1:13: \"read_only\" is \"yes\", and should be true or false"),
        (
            "theme = \"drak\"",
            "1:9: there is no theme \"drak\": there are auto, dark, light, high-contrast, high-contrast-dark, high-contrast-light, colour-blind, colour-blind-dark, colour-blind-light, none",
        ),
        ("theme = 3", "1:9: \"theme\" is the number 3, and should be a text in quotes"),
        (
            "regions = \"us-east-1\"",
            "1:11: \"regions\" is \"us-east-1\", and should be \"all\", \"default\" or a list of regions, as [\"us-east-1\"]",
        ),
        (
            "regions = []",
            "1:11: \"regions\" is an empty list, and should be \"all\", \"default\" or a list of regions, as [\"us-east-1\"]",
        ),
        (
            "regions = [\"us-east-1\", 5]",
            "1:25: a region is the number 5, and should be a name, as \"us-east-1\"",
        ),
        (
            "regions = [\"us_east_1\"]",
            "1:12: \"us_east_1\" is not the name of a region: did you mean \"us-east-1\"?",
        ),
        (
            "[accounts]\nname = \"x\"",
            "1:1: \"accounts\" is a table, and should be tables, each under a line [[accounts]]",
        ),
        ("[[accounts]]\nprofile = \"p\"", "1:1: this account has no name: add name = \"...\""),
        (
            "[[accounts]]\nname = \"prod\"",
            "1:1: this account has no way to sign in: add profile = \"...\" or role_arn = \"...\"",
        ),
        (
            "[[accounts]]\nname = \"p\"\nprofile = \"p\"\nrole_arn = \"arn:aws:iam::222222222222:role/dba\"",
            "4:12: this account has a profile and a role_arn: keep one of them",
        ),
        (
            "[[accounts]]\nname = \"p\"\nprofile = \"p\"\nexternal_id = \"x\"",
            "4:15: \"external_id\" belongs to a role_arn, and this account has a profile",
        ),
        (
            "[[accounts]]\nname = \"p\"\nrole_arn = \"dba\"",
            "3:12: \"dba\" is not the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME",
        ),
        (
            "[[accounts]]\nname = \"p\"\nid = \"111111111111\"\nrole_arn = \"arn:aws:iam::222222222222:role/dba\"",
            "3:6: account id 111111111111 is not the account of the role, 222222222222",
        ),
        (
            "[[accounts]]\nname = \"p\"\nprofile = \"a\"\n[[accounts]]\nname = \"p\"\nprofile = \"b\"",
            "5:8: a second account is named \"p\", like the one of line 1: names are unique",
        ),
        (
            "[[accounts]]\nname = \"p\"\nprofile = \"p\"\ncolour = \"pink\"",
            "4:10: \"pink\" is not a colour: red, green, yellow, blue, magenta, cyan",
        ),
        (
            "[known]\nvendor = \"333333333333\"\nother = \"333333333333\"",
            "3:9: account 333333333333 is already known as \"vendor\": one name for one account",
        ),
        ("[known]\nvendor = \"33\"", "2:10: account id \"33\" is not an account id: exactly twelve digits"),
        ("[keys]\nrefersh = \"F5\"", "2:11: there is no action \"refersh\": did you mean \"refresh\"?"),
        ("[keys]\nrefresh = \"o\"", "2:11: o cannot be \"refresh\": it is \"sort\" already (On the deck)"),
        ("[keys]\nrefresh = 5", "2:11: \"refresh\" is the number 5, and should be a text in quotes"),
    ] {
        assert_eq!(mistakes(text), [format!("config.toml:{told}")], "{text}");
    }
}

#[test]
fn a_file_that_is_not_toml_is_told_by_line_and_column() {
    let told = mistakes("theme = \"dark\"\nascii = tru\n");
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("config.toml:2:9: "), "{told:?}");
    let told = mistakes("theme = \"a\"\ntheme = \"b\"\n");
    assert!(told[0].starts_with("config.toml:2:1: "), "{told:?}");
}

#[test]
fn all_mistakes_are_told_at_once_in_the_files_order() {
    let told = mistakes("theme = 1\nascii = 2\n[[accounts]]\nname = 3\n");
    let lines: Vec<_> = told.iter().map(|line| line.split(':').nth(1).unwrap_or_default()).collect();
    assert_eq!(lines, ["1", "2", "3", "3", "4"], "{told:?}");
}

#[test]
fn columns_count_characters() {
    assert_eq!(parse("x = \"é\"\ntheme = 1").expect_err("a mistake")[0].at.column, 9);
    let told = mistakes("known = { \"é\" = \"1\" }");
    assert!(told[0].starts_with("config.toml:1:17: "), "{told:?}");
}

#[test]
fn an_unknown_entry_is_a_warning_with_a_suggestion_and_its_line() {
    let text =
        "themes = \"dark\"\nnonsense = 1\n[[accounts]]\nname = \"p\"\nprofile = \"p\"\ncolor = \"red\"\n";
    assert_eq!(
        warnings(text),
        [
            "config.toml:1:1: unknown entry \"themes\" in the settings: did you mean \"theme\"?",
            "config.toml:2:1: unknown entry \"nonsense\" in the settings: it is passed over",
            "config.toml:6:1: unknown entry \"color\" in an account: did you mean \"colour\"?",
        ]
    );
}

#[test]
fn a_region_that_nobody_knows_is_a_warning_since_aws_may_be_newer() {
    assert_eq!(
        warnings("regions = [\"us-esat-1\", \"mars-north-1\"]"),
        [
            "config.toml:1:12: region \"us-esat-1\" is not one that this version knows: did you mean \"us-east-1\"?",
            "config.toml:1:25: region \"mars-north-1\" is not one that this version knows",
        ]
    );
}

#[test]
fn what_the_file_says_is_shown_harmlessly() {
    let told = mistakes("[[accounts]]\nname = \"p\"\nprofile = \"p\"\nid = \"\\u001b[2J\"");
    assert!(told[0].contains("\\u{1b}[2J"), "{told:?}");
}

#[test]
fn a_missing_file_matters_only_if_it_was_asked_for() {
    let root = tempfile::tempdir().expect("a folder");
    let path = root.path().join("config.toml");
    assert_eq!(SettingsFile::Usual(path.clone()).read().expect("nothing said"), ReadSettings::default());
    let error = SettingsFile::Given(path).read().expect_err("it has to be there");
    assert!(error.to_string().contains("config.toml could not be read: "), "{error}");
}
