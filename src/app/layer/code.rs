//! The dialog that takes the code of an MFA device.

use crate::domain::{Code, Device, Shown};
use crate::input::Action;

use super::super::command::Command;
use super::super::layout::{Rect, Size};
use super::super::line::Line;
use super::super::prose::{Block, Piece, Tone, lay_out};
use super::{Entry, Press, Reply, Sheet};

/// The dialog.
#[derive(Debug, Clone)]
pub(in super::super) struct CodeDialog {
    device: Device,
    /// The accounts that wait for it.
    accounts: Vec<Shown>,
    /// Why there is none yet: what AWS said to the last one, or that it is wanted.
    why: Shown,
    typed: Line,
    /// What was typed is not a code.
    is_odd: bool,
}

impl CodeDialog {
    pub(in super::super) fn new(device: Device, accounts: Vec<Shown>, why: Shown) -> Self {
        Self { device, accounts, why, typed: Line::default(), is_odd: false }
    }

    /// The device whose code it takes.
    pub(in super::super) fn device(&self) -> &Device {
        &self.device
    }

    pub(super) fn press(&mut self, press: Press<'_>) -> Reply {
        match press {
            Press::Text(text) => {
                self.typed.insert(text);
                self.is_odd = false;
            }
            Press::Action(Action::Accept) => match self.typed.text().parse::<Code>() {
                Ok(code) => {
                    let (device, accounts) = (self.device.clone(), self.accounts.clone());
                    return Reply::CloseAnd(Command::TakeCode { device, code, accounts });
                }
                Err(_) => self.is_odd = true,
            },
            Press::Action(Action::Back) => return Reply::CloseAnd(Command::LeaveShut(self.device.clone())),
            Press::Action(action) => {
                self.typed.edit(action);
            }
        }
        Reply::Stay
    }

    pub(super) fn sheet(&self, body: Rect) -> Sheet {
        let width = body.centred(Size { width: 72, height: body.height }).width;
        let inner = usize::from(width).saturating_sub(4);
        let names: Vec<String> = self.accounts.iter().map(ToString::to_string).collect();
        let blocks = [
            Block::field("Account", names.join(", ")),
            Block::field("Device", &self.device.serial),
            Block::Field { label: "Why".to_owned(), value: vec![Piece::new(Tone::Doubt, &self.why)] },
        ];
        let indented = |line: Vec<Piece>| [vec![Piece::plain(" ")], line].concat();
        let mut lines: Vec<_> = lay_out(&blocks, inner).into_iter().map(indented).collect();
        let (typed, column) = self.typed.window(inner.saturating_sub(9));
        let mut entry = Entry { line: lines.len(), column: column + 10 };
        lines.push(vec![Piece::new(Tone::Dim, " Code     "), Piece::plain(typed)]);
        lines.push(Vec::new());
        lines.push(vec![if self.is_odd {
            Piece::new(Tone::Danger, " A code has six digits.")
        } else {
            Piece::new(Tone::Dim, " It is sent once, and kept nowhere.")
        }]);
        let height = u16::try_from(lines.len() + 2).unwrap_or(u16::MAX);
        let area = body.centred(Size { width: 72, height });
        // Where there is no room for all of it, the line that is typed in stays.
        let rows = usize::from(area.inner().height);
        let above = lines.len().saturating_sub(rows).min(entry.line);
        lines.drain(..above);
        lines.truncate(rows);
        entry.line -= above;
        Sheet { title: "MFA code".to_owned(), foot: String::new(), area, lines, at: None, entry: Some(entry) }
    }
}
