//! COPY-07: the destination makes the copy; nobody can push one to it.

use crate::domain::{AccountId, Action, Field};
use crate::rules::{Case, Confidence, Fix, Rule, Severity};

pub(super) const RULE: Rule = Rule {
    id: "COPY-07",
    says: "The copy is made in the destination region by the destination account.",
    way_out: "Share it; that account copies it.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBSnapshot",
    actions: &[Action::Copy, Action::Encrypt],
    yields_to: &[],
    check,
};

fn check(case: &mut Case<'_>) {
    match case.to_account() {
        Err(bad) => {
            let digits: String = bad.0.exact().chars().filter(char::is_ascii_digit).collect();
            let id = digits.parse::<AccountId>().ok();
            let fix = id.map(|id| Fix::set(format!("take {id}"), Field::ToAccount, id.to_string()));
            case.error(Field::ToAccount, format!("{bad}."), fix);
        }
        Ok(to) if !case.is_ours(to) => {
            let message =
                format!("{} is not signed in here: it has to make the copy itself.", case.account_words(to));
            case.warn(Field::ToAccount, message, None);
        }
        Ok(to) if to != case.owner() => {
            case.info(
                Field::ToAccount,
                format!("{} makes the copy, in {}.", case.account_words(to), case.to_region()),
            );
        }
        Ok(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::rules::testing::check;

    #[test]
    fn the_destination_has_to_be_one_of_ours_or_act_itself() {
        check("copy inst to-account=222 +share:222", "COPY-07 info to-account ~ dr (222222222222)");
        check("copy inst to-account=999 +share:999", "COPY-07 warning to-account ~ 999999999999");
        check("copy inst to-account=22", "COPY-07 error to-account ~ twelve digits");
        check("copy inst to-account=2222-2222-2222", "COPY-07 error to-account -> to-account=222222222222");
        check("copy inst", "no COPY-07");
    }
}
