//! The pictures of the README, drawn from the real program on the demo cloud.
//!
//! They are made anew at each run of the tests, so that a screen they show is a screen that exists; those on which
//! nothing moves (no progress, no id of a request) have to be the ones that stand in `assets/pictures`. With
//! `SNAPDECK_PICTURES=assets/pictures` they are written there.

mod svg;

use std::path::{Path, PathBuf};

use snapdeck::domain::Theme;

use crate::deck::{Deck, on_demo};
use crate::pty::Ground;

/// The size of the pictures of dialogs: what will happen just stands beside the fields.
const DIALOG: (u16, u16) = (110, 30);

/// A picture, and whether it looks the same at every run.
struct Picture {
    name: String,
    svg: String,
    is_still: bool,
}

impl Picture {
    fn moving(name: &str, deck: &Deck) -> Self {
        Self::on(&svg::DARK, name.to_owned(), deck)
    }

    fn still(name: &str, deck: &Deck) -> Self {
        Self { is_still: true, ..Self::moving(name, deck) }
    }

    fn on(colours: &svg::Colours, name: String, deck: &Deck) -> Self {
        Self { name, svg: svg::draw(&deck.pty.screen(), colours), is_still: false }
    }

    /// Holds it against the README and what stands there, or writes it.
    fn settle(&self) {
        let Self { name, svg, .. } = self;
        let readme = include_str!("../README.md");
        assert!(readme.contains(&format!("assets/pictures/{name}.svg")), "the README shows {name}");
        assert!(svg.contains("snapdeck") && svg.ends_with("</svg>\n"), "{name}");
        if let Some(folder) = std::env::var_os("SNAPDECK_PICTURES").map(PathBuf::from) {
            std::fs::create_dir_all(&folder).expect("a folder");
            std::fs::write(folder.join(format!("{name}.svg")), svg).expect("written");
        } else if self.is_still {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/pictures");
            let there = std::fs::read_to_string(folder.join(format!("{name}.svg"))).expect("a picture");
            assert!(*svg == there, "{name} is not what the program shows: SNAPDECK_PICTURES writes it anew");
        }
    }
}

#[test]
fn the_pictures_of_the_readme_can_be_taken() {
    let mut pictures = Vec::new();
    let mut deck = opened((150, 34));
    // A cursor that was moved stays on its snapshot when the filter is taken away again.
    deck.pty.keys("/").keys("share:public account:prod").keys("\r").see(" 1 of 1 ").keys("g");
    deck.pty.keys("\x1b").see(" of 615").see("! public");
    pictures.push(Picture::moving("deck", &deck));
    deck.pty.keys("8").see("problems").see("! public");
    pictures.push(Picture::moving("problems", &deck));
    deck.pty.keys("1").keys("h").keys("G").keys("kk").keys("\r").see("What to do");
    pictures.push(Picture::moving("denied", &deck));
    let mut narrow = on_demo((80, 24), Ground::Light, &[]);
    narrow.pty.see("21/22 scopes").gone("...");
    pictures.push(Picture::on(&svg::LIGHT, "narrow".to_owned(), &narrow));
    pictures.iter().for_each(Picture::settle);
}

#[test]
fn the_pictures_of_all_themes_can_be_taken() {
    // A theme that follows the terminal is seen under the names of both grounds.
    let follows = |name: &&str| name.parse().is_ok_and(Theme::follows_the_terminal);
    for size in [(80, 24), (200, 50)] {
        let mut deck = opened(size);
        deck.pty.keys("/").keys("enc:none account:prod").keys("\r").see("· enc:none").gone("/ enc");
        for name in Theme::names().filter(|name| !follows(name)) {
            deck.pty.keys(&format!(":theme {name}")).see(&format!("theme {name}")).keys("\r").gone(": theme");
            let colours = if name.contains("light") { &svg::LIGHT } else { &svg::DARK };
            Picture::on(colours, format!("theme-{name}-{}x{}", size.0, size.1), &deck).settle();
        }
    }
}

#[test]
fn the_pictures_of_copying_can_be_taken() {
    let mut deck = dialog("name:orders-prod-2026-11-24 account:prod", "c");
    deck.pty.see("proposed").keys("\t ").see("filter").keys("eu-west-1").keys("\r");
    deck.pty.see("COPY-12").see("f: use").gone("checking");
    Picture::still("copy", &deck).settle();
    deck.pty.keys("f").see("changed").see("ready").gone("checking").gone("not ready").keys("\r");
    deck.pty.see("Enter sends 1 request.");
    Picture::still("last", &deck).settle();
    deck.pty.keys("\r").see("! jobs").keys("!").see("1 under way").keys("\r").see("copying").see("Request");
    Picture::moving("jobs", &deck).settle();
}

#[test]
fn the_picture_of_the_long_way_can_be_taken() {
    let mut deck = dialog("name:rds:orders-prod-2026-11-24*", "s");
    deck.pty.see("Now read by").keys(" ").see("filter").keys("333333333333").keys("\r");
    deck.pty.see("SHARE-01").see("SHARE-06").see("ModifyDBSnapshotAttribute").gone("checking");
    Picture::still("share", &deck).settle();
    deck.pty.keys("F").see("changed").see("ready").gone("checking").gone("not ready").keys("\r");
    deck.pty.see("Enter sends 3 requests,").keys("\r").see("! jobs").keys("!").see("1 under way").keys("\r");
    deck.pty.see("copying").see("Request");
    Picture::moving("chain", &deck).settle();
    deck.pty.see("(333333333333)  done").keys("u").see("to delete it for good");
    Picture::moving("back", &deck).settle();
}

#[test]
fn the_picture_of_encrypting_can_be_taken() {
    let mut deck = dialog("name:catalog-aurora-plain account:prod", "e");
    deck.pty.see("proposed").keys(" ").see("filter").see("alias/dba").keys("alias/dba").keys("\r");
    deck.pty.see("ENC-03").see("RestoreDBClusterFromSnapshot").gone("checking");
    Picture::still("encrypt", &deck).settle();
}

#[test]
fn the_picture_of_deleting_can_be_taken() {
    let mut deck = dialog("name:orders-prod-2026-11-24 account:prod", "D");
    deck.pty.see("DEL-05").see("DeleteDBSnapshot").gone("checking");
    Picture::still("delete", &deck).settle();
}

fn opened(size: (u16, u16)) -> Deck {
    let mut deck = on_demo(size, Ground::Dark, &[]);
    deck.pty.see("21/22 scopes").gone("...");
    deck
}

/// A dialog on the only snapshot that a filter leaves.
fn dialog(filter: &str, chord: &str) -> Deck {
    let mut deck = opened(DIALOG);
    deck.pty.keys("/").keys(filter).keys("\r").see(" 1 of 1 ").keys(chord);
    deck
}
