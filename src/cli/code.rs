//! Asks for the code of an MFA device on the terminal: on the errors' side, since the output is for machines.

use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::{BadCode, Code, Device, Shown};
use crate::ports::AskCode;

/// While a question stands on the terminal, nothing is drawn over it.
static ASKING: AtomicBool = AtomicBool::new(false);

/// Whether somebody is being asked.
pub(super) fn is_asking() -> bool {
    ASKING.load(Ordering::Relaxed)
}

/// Somebody to ask, where there is a terminal to ask on.
pub fn ask_on_terminal() -> Option<AskCode> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return None;
    }
    Some(Arc::new(|device, why| {
        Box::pin(async move {
            let asked = tokio::task::spawn_blocking(move || {
                ASKING.store(true, Ordering::Relaxed);
                let code = ask(&device, &why);
                ASKING.store(false, Ordering::Relaxed);
                code
            });
            asked.await.ok().flatten()
        })
    }))
}

/// Asks until a code is typed; an empty line or the end of the input is nobody.
fn ask(device: &Device, why: &Shown) -> Option<Code> {
    let mut err = io::stderr().lock();
    let mut words = format!("{why}.");
    loop {
        write!(err, "\r\x1b[K{words}\nCode of {}: ", device.serial).and_then(|()| err.flush()).ok()?;
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line).ok()? == 0 || line.trim().is_empty() {
            return None;
        }
        match line.parse() {
            Ok(code) => return Some(code),
            Err(BadCode) => "That is not a code: it has six digits.".clone_into(&mut words),
        }
    }
}
