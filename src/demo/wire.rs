//! The wire of AWS: what a request says, how it is refused, and how an answer is written.

pub(crate) mod answer;
pub(crate) mod call;
pub(crate) mod cut;
pub(crate) mod json;
pub(crate) mod pages;
pub(crate) mod params;
pub(crate) mod refusal;
pub(crate) mod xml;
