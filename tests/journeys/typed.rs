//! What hands do in a dialog: paste, undo, Esc and the mouse.

use vt100::Screen;

use super::{find, on_built_in};

/// Where a text begins on the screen: column and row, counted from 1 as the mouse reports them.
fn place(screen: &Screen, text: &str) -> (usize, usize) {
    let contents = screen.contents();
    let found = contents.lines().enumerate().find_map(|(row, line)| Some((line.split_once(text)?.0, row)));
    let (before, row) = found.unwrap_or_else(|| panic!("no {text}:\n{contents}"));
    (before.chars().count() + 1, row + 1)
}

#[test]
fn a_name_is_pasted_over_the_proposed_one_and_undone_and_a_click_goes_to_a_field() {
    on_built_in(|deck| {
        let pty = &mut deck.pty;
        find(pty, "name:wiki-before-upgrade", 1).keys("c").see("┌ Copy ").see("│ ready");
        pty.see("wiki-before-upgrade-copy  proposed").keys("\t\t").gone("proposed");
        pty.keys("\x1b[200~9-pasted\x1b[201~").see("Name        9-pasted").see("COPY-04").see("not ready");
        pty.keys("\x18")
            .see("Name        copy-9-pasted")
            .gone("COPY-04")
            .see("│ ready")
            .keys("\x1bu")
            .see("Name        9-pasted");
        pty.see("COPY-04").keys("\x1bu").see("Name        wiki-before-upgrade-copy").see("│ ready");
        let (col, row) = place(&pty.screen(), "Account     prod");
        let click = format!("\x1b[<0;{col};{row}M\x1b[<0;{col};{row}m");
        // The name has lost the focus, so it is again what was proposed; a click on the field in focus opens it.
        pty.keys(&click).see("wiki-before-upgrade-copy  proposed").keys(&click).see("┌ Account ");
        pty.keys("\x1b").gone("┌ Account ").see("┌ Copy ").keys("\x1b").gone("┌ Copy ").see("615 snapshots");
    });
}
