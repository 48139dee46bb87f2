//! Who sits at this machine, and what it is called: for the journal, which tells people who did something.

use crate::domain::Shown;

/// The name of the user, by `USER` or `LOGNAME`, else the number of the account.
pub fn user() -> Shown {
    let named = |name| std::env::var(name).ok().filter(|name| !name.is_empty());
    match named("USER").or_else(|| named("LOGNAME")) {
        Some(name) => name.into(),
        None => format!("uid {}", rustix::process::getuid().as_raw()).into(),
    }
}

/// The name of the machine, as it calls itself.
pub fn host() -> Shown {
    rustix::system::uname().nodename().to_string_lossy().into_owned().into()
}

#[cfg(test)]
mod tests {
    #[test]
    fn there_is_always_somebody_somewhere() {
        assert!(!super::user().is_empty());
        assert!(!super::host().is_empty());
    }
}
