//! The pictures of the README, drawn from the real program on the demo cloud.
//!
//! They are made anew at each run of the tests, so that a screen they show is a screen that exists;
//! with `SNAPDECK_PICTURES=assets/pictures` they are written there.

mod svg;

use std::path::PathBuf;

use crate::deck::{Deck, on_demo};
use crate::pty::Ground;

#[test]
fn the_pictures_of_the_readme_can_be_taken() {
    let mut pictures = Vec::new();
    let mut deck = opened((150, 34));
    // A cursor that was moved stays on its snapshot when the filter is taken away again.
    deck.pty.keys("/").keys("share:public account:prod").keys("\r").see(" 1 of 1 ").keys("g");
    deck.pty.keys("\x1b").see(" of 615").see("! public");
    pictures.push(("deck", svg::draw(&deck.pty.screen(), &svg::DARK)));
    deck.pty.keys("8").see("problems").see("! public");
    pictures.push(("problems", svg::draw(&deck.pty.screen(), &svg::DARK)));
    deck.pty.keys("1").keys("h").keys("G").keys("kk").keys("\r").see("What to do");
    pictures.push(("denied", svg::draw(&deck.pty.screen(), &svg::DARK)));
    let mut narrow = on_demo((80, 24), Ground::Light, &[]);
    narrow.pty.see("21/22 scopes").gone("...");
    pictures.push(("narrow", svg::draw(&narrow.pty.screen(), &svg::LIGHT)));

    let readme = include_str!("../README.md");
    for (name, picture) in pictures {
        assert!(readme.contains(&format!("assets/pictures/{name}.svg")), "the README shows {name}");
        assert!(picture.contains("snapdeck") && picture.ends_with("</svg>\n"), "{name}");
        if let Some(folder) = std::env::var_os("SNAPDECK_PICTURES").map(PathBuf::from) {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(folder.join(format!("{name}.svg")), picture).expect("written");
        }
    }
}

fn opened(size: (u16, u16)) -> Deck {
    let mut deck = on_demo(size, Ground::Dark, &[]);
    deck.pty.see("21/22 scopes").gone("...");
    deck
}
