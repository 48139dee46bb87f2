//! Entries of section G: what speaks of groups that no draft can meet, with the reason of each; the manual is complete with them.

use crate::domain::Action;
use crate::rules::rule::says_nothing;
use crate::rules::{Confidence, Rule, Severity};

/// No draft meets it: the operation CopyOptionGroup is not offered.
pub(super) const OG_03: Rule = Rule {
    id: "OG-03",
    says: "CopyOptionGroup works inside one region and account only.",
    way_out: "Create the group anew.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "USER_WorkingWithOptionGroups",
    actions: &[Action::Copy],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: the operations that copy parameter groups are not offered.
pub(super) const OG_06: Rule = Rule {
    id: "OG-06",
    says: "CopyDBParameterGroup works inside one region, and not for default groups.",
    way_out: "Create the group anew.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "CopyDBParameterGroup",
    actions: &[Action::Copy],
    yields_to: &[],
    check: says_nothing,
};

/// No draft meets it: no group is created here.
pub(super) const OG_07: Rule = Rule {
    id: "OG-07",
    says: "A region holds so many option and parameter groups, 20 and 50 unless raised.",
    way_out: "Delete what is not needed, or ask for more.",
    severity: Severity::Error,
    confidence: Confidence::Documented,
    source: "DescribeAccountAttributes; OptionGroupQuotaExceededFault",
    actions: &[Action::Copy],
    yields_to: &[],
    check: says_nothing,
};
