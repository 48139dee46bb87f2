//! `[[accounts]]` and `regions`: what the settings say of accounts, parsed into the nouns.
//!
//! Names are unique, ids have twelve digits, and each account says exactly one way to sign in.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use crate::domain::{
    Access, Account, AccountId, ListedAccount, Login, Partition, Region, RegionChoice, Shown, Standing, Tint,
    catalogue,
};

use super::nearest;
use super::section::{Notes, Section, Text, found};

/// The colours by their names in the file.
const TINTS: [(&str, Tint); 6] = [
    ("red", Tint::Red),
    ("green", Tint::Green),
    ("yellow", Tint::Yellow),
    ("blue", Tint::Blue),
    ("magenta", Tint::Magenta),
    ("cyan", Tint::Cyan),
];

/// Reads every `[[accounts]]`.
pub(super) fn read_accounts(section: &mut Section<'_>, notes: &Notes<'_>) -> Vec<ListedAccount> {
    let mut accounts: Vec<(ListedAccount, usize)> = Vec::new();
    for (table, at) in section.tables("accounts") {
        let mut entry = Section::new(table, "an account", notes);
        let name = entry.text("name");
        let listed = read_account(&mut entry, name.as_ref(), at.clone(), notes);
        entry.warn_of_the_unknown();
        let Some(listed) = listed else { continue };
        let line = notes.spot(at.start).line;
        match accounts.iter().find(|(other, _)| other.account.name == listed.account.name) {
            Some((_, first)) => notes.mistake(
                name.map_or(at, |name| name.at),
                format!(
                    "a second account is named \"{}\", like the one of line {first}: names are unique",
                    listed.account.name
                ),
            ),
            None => accounts.push((listed, line)),
        }
    }
    accounts.into_iter().map(|(listed, _)| listed).collect()
}

/// Reads `regions`: `"all"`, `"default"` or a list of names.
pub(super) fn read_regions(section: &mut Section<'_>, notes: &Notes<'_>) -> Option<RegionChoice> {
    const WANTED: &str = "\"all\", \"default\" or a list of regions, as [\"us-east-1\"]";
    let value = section.value("regions")?;
    let wrong = |found: String| {
        notes.mistake(value.span(), format!("\"regions\" is {found}, and should be {WANTED}"));
    };
    match value.get_ref() {
        DeValue::String(word) if word == "all" => Some(RegionChoice::All),
        DeValue::String(word) if word == "default" => Some(RegionChoice::Default),
        DeValue::Array(items) if items.is_empty() => {
            wrong("an empty list".to_owned());
            None
        }
        DeValue::Array(items) => {
            let mut regions: Vec<Region> = Vec::new();
            for region in items.iter().filter_map(|item| read_region(item, notes)) {
                if !regions.contains(&region) {
                    regions.push(region);
                }
            }
            Some(RegionChoice::Named(regions))
        }
        other => {
            wrong(found(other));
            None
        }
    }
}

/// Reads an account id.
pub(super) fn read_id(text: &Text<'_>, notes: &Notes<'_>) -> Option<AccountId> {
    let id = text.value.parse().ok();
    if id.is_none() {
        let shown = Shown::from(text.value);
        notes.mistake(
            text.at.clone(),
            format!("account id \"{shown}\" is not an account id: exactly twelve digits"),
        );
    }
    id
}

/// Takes a region's name if it is spelled like one; a region newer than this version is still a region.
pub fn parse_region(text: &str) -> Option<Region> {
    let parts: Vec<&str> = text.split('-').collect();
    let [words @ .., number] = &parts[..] else { return None };
    let word = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
    let numbered = !number.is_empty() && number.len() <= 2 && number.bytes().all(|b| b.is_ascii_digit());
    (words.len() >= 2 && words.iter().all(word) && numbered).then(|| Region::new(text))
}

fn read_region(item: &Spanned<DeValue<'_>>, notes: &Notes<'_>) -> Option<Region> {
    let Some(text) = item.get_ref().as_str() else {
        notes.mistake(
            item.span(),
            format!("a region is {}, and should be a name, as \"us-east-1\"", found(item.get_ref())),
        );
        return None;
    };
    let meant = nearest(text, catalogue().iter().map(|place| place.name));
    let meant = meant.map(|meant| format!(": did you mean \"{meant}\"?"));
    let shown = Shown::from(text);
    let Some(region) = parse_region(text) else {
        let meant = meant.unwrap_or_else(|| ": names are like \"us-east-1\"".to_owned());
        notes.mistake(item.span(), format!("\"{shown}\" is not the name of a region{meant}"));
        return None;
    };
    if region.place().is_none() {
        let meant = meant.unwrap_or_default();
        notes.warn(item.span(), format!("region \"{shown}\" is not one that this version knows{meant}"));
    }
    Some(region)
}

fn read_account(
    entry: &mut Section<'_>,
    name: Option<&Text<'_>>,
    at: Range<usize>,
    notes: &Notes<'_>,
) -> Option<ListedAccount> {
    let id = entry.text("id").and_then(|text| read_id(&text, notes).map(|id| (id, text.at)));
    let login = read_login(entry, at.clone(), notes);
    let regions = read_regions(entry, notes);
    let read_only = entry.flag("read_only");
    let production = entry.flag("production");
    let tint = entry.text("colour").and_then(|text| read_tint(&text, notes));
    match name {
        None => notes.mistake(at, "this account has no name: add name = \"...\""),
        Some(name) if name.value.trim().is_empty() => {
            notes.mistake(name.at.clone(), "the name of this account is empty");
        }
        Some(_) => {}
    }
    let login = login?;
    let role_account = match &login {
        Login::Role { arn, .. } => role_account(arn),
        Login::Profile(_) => None,
    };
    if let (Some((id, at)), Some(role)) = (&id, role_account)
        && *id != role
    {
        notes.mistake(at.clone(), format!("account id {id} is not the account of the role, {role}"));
    }
    Some(ListedAccount {
        account: Account {
            name: name?.value.into(),
            id: id.map(|(id, _)| id).or(role_account),
            access: if read_only == Some(true) { Access::ReadOnly } else { Access::ReadWrite },
            standing: if production == Some(true) { Standing::Production } else { Standing::Ordinary },
            tint,
        },
        login,
        regions,
    })
}

/// Reads how an account is signed in to: a profile, or a role and what assuming it takes.
fn read_login(entry: &mut Section<'_>, at: Range<usize>, notes: &Notes<'_>) -> Option<Login> {
    let profile = entry.text("profile");
    let role = entry.text("role_arn");
    let source_profile = entry.text("source_profile");
    let external_id = entry.text("external_id");
    match (profile, role) {
        (Some(profile), None) => {
            for (name, text) in [("source_profile", source_profile), ("external_id", external_id)] {
                if let Some(text) = text {
                    notes.mistake(
                        text.at,
                        format!("\"{name}\" belongs to a role_arn, and this account has a profile"),
                    );
                }
            }
            if profile.value.is_empty() {
                notes.mistake(profile.at, "the profile of this account is empty");
                return None;
            }
            Some(Login::Profile(profile.value.to_owned()))
        }
        (None, Some(role)) => {
            if role_account(role.value).is_none() {
                let shown = Shown::from(role.value);
                notes.mistake(
                    role.at,
                    format!("\"{shown}\" is not the ARN of a role: arn:aws:iam::ACCOUNT:role/NAME"),
                );
                return None;
            }
            Some(Login::Role {
                arn: role.value.to_owned(),
                source_profile: source_profile.map(|text| text.value.to_owned()),
                external_id: external_id.map(|text| text.value.to_owned()),
            })
        }
        (Some(_), Some(role)) => {
            notes.mistake(role.at, "this account has a profile and a role_arn: keep one of them");
            None
        }
        (None, None) => {
            notes.mistake(
                at,
                "this account has no way to sign in: add profile = \"...\" or role_arn = \"...\"",
            );
            None
        }
    }
}

/// The account of a role's ARN; `None` if it is none.
fn role_account(arn: &str) -> Option<AccountId> {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    let ["arn", partition, "iam", "", account, resource] = parts[..] else { return None };
    Partition::of_name(partition)?;
    resource.strip_prefix("role/").filter(|name| !name.is_empty())?;
    account.parse().ok()
}

fn read_tint(text: &Text<'_>, notes: &Notes<'_>) -> Option<Tint> {
    let tint = TINTS.iter().find(|(name, _)| *name == text.value).map(|(_, tint)| *tint);
    if tint.is_none() {
        let names = TINTS.map(|(name, _)| name).join(", ");
        let shown = Shown::from(text.value);
        notes.mistake(text.at.clone(), format!("\"{shown}\" is not a colour: {names}"));
    }
    tint
}
