//! What the cloud says when it will not: a code, a sentence and an HTTP status, as AWS has them.

/// An error of AWS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) status: u16,
}

impl Refusal {
    /// A refusal with status 400, which is what nearly every refusal has.
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into(), status: 400 }
    }

    /// The same refusal with another HTTP status.
    #[must_use]
    pub(crate) fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Something is not there: RDS says so with 404.
    pub(crate) fn not_found(code: &str, message: impl Into<String>) -> Self {
        Self::new(code, message).status(404)
    }

    /// The caller may not: 403 in the query services.
    pub(crate) fn denied(message: impl Into<String>) -> Self {
        Self::new("AccessDenied", message).status(403)
    }

    /// A parameter has a value that AWS does not take.
    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterValue", message)
    }

    /// Two parameters exclude each other, or one is needed by the other.
    pub(crate) fn combination(message: impl Into<String>) -> Self {
        Self::new("InvalidParameterCombination", message)
    }
}
