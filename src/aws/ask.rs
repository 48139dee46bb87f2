//! The facts that the rules ask for: one question, the calls that answer it, one answer.

use super::clients::Clients;
use super::share;
use crate::domain::{Answer, Fault, Question};

/// Answers one question of the rules.
pub(super) async fn ask(clients: &Clients, question: &Question) -> Result<Answer, Fault> {
    match question {
        Question::Attributes(_, arn) => share::share(clients, arn).await.map(Answer::Attributes),
        _ => Err(clients.invalid(super::action::Action::DescribeDBSnapshots, "not asked yet")),
    }
}
