//! What operations that change are judged by: this cloud's own reading of AWS's rules.
//!
//! Each file is one subject and refuses with AWS's code where it is known. Where it is not, the code is
//! the most plausible one of the operation's error list, and the place says so with the rule's id.

pub(crate) mod access;
pub(crate) mod names;
pub(crate) mod options;
pub(crate) mod policy;
pub(crate) mod quota;
pub(crate) mod source;
pub(crate) mod tags;
