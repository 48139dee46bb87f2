//! The one integration binary: the SDK is linked once, not once a file.

mod architecture;
mod check;
mod deck;
mod dialogs;
mod fire;
mod journeys;
mod ours;
mod pictures;
mod pty;
mod sign_in;
mod terminal;
mod twins;
