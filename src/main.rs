//! The binary: builds the parts and hands them to each other.

fn main() {}
