//! EXP-12: the parts of the database are named as the engine names them.

use crate::domain::{Action, Field, Shown, Value};
use crate::rules::{Case, Confidence, Edit, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "EXP-12",
    says: "Parts to export are named DB or DB.TABLE, for PostgreSQL also DB.SCHEMA.TABLE, and take 200 KB at most.",
    way_out: "Name them so, or export everything.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "InvalidExportOnly",
    actions: &[Action::Export],
    yields_to: &[],
    check,
};

/// The most bytes that all parts may take.
const MOST: usize = 200 * 1024;

fn check(case: &mut Case<'_>) {
    let parts = case.draft.list(Field::Only);
    if parts.is_empty() {
        return;
    }
    let Some(snapshot) = case.snapshot() else { return };
    let (deepest, form) = if snapshot.row.engine.exact().contains("postgres") {
        (3, "DB, DB.SCHEMA or DB.SCHEMA.TABLE")
    } else {
        (2, "DB or DB.TABLE")
    };
    let is_good = |part: &str| {
        let names = part.split('.');
        let legal = |c: char| c.is_ascii_alphanumeric() || c == '$' || c == '_';
        names.clone().count() <= deepest
            && names.into_iter().all(|name| !name.is_empty() && name.chars().all(legal))
    };
    if let Some(bad) = parts.iter().find(|part| !is_good(part)) {
        let rest = parts.iter().filter(|part| is_good(part)).cloned().collect();
        let edit = Edit { field: Field::Only, value: Some(Value::List(rest)) };
        let fix = Fix { label: "leave it out".to_owned(), edits: vec![edit], detour: None };
        let message =
            format!("\"{}\" is no part of such a database: write {form}.", Shown::from(bad.as_str()));
        case.error(Field::Only, message, Some(fix));
    }
    let bytes: usize = parts.iter().map(|part| part.len() + 1).sum();
    if bytes > MOST {
        let fix = Fix::clear("export everything", Field::Only);
        case.error(
            Field::Only,
            format!("The parts take {} KB; 200 KB is the most.", bytes / 1024),
            Some(fix),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn parts_are_named_as_the_engine_names_them() {
        check("export mysql only=shop,shop.orders", "no EXP-12");
        check("export mysql only=shop.public.orders", "EXP-12 error only -> only=");
        check("export postgres only=shop.public.orders", "no EXP-12");
        check("export clu aurora-postgresql only=shop.public.orders.x", "EXP-12 error only");
        check("export postgres only=shop,my-shop", "EXP-12 error only -> only=shop");
        check("export postgres only=shop.", "EXP-12 error only");
        check("export postgres", "no EXP-12");
        check(&format!("export postgres only={}", "a".repeat(210_000)), "EXP-12 error only ~ 205 KB");
    }
}
