//! The cloud through the real SDK.
