//! Who can read a snapshot is asked when it is to be shared: what was listed may be old by then.

use super::super::sample::{DR, account_id, deliver, fuller, press, type_in};
use super::*;
use crate::domain::Question as Of;

#[test]
fn a_share_dialog_asks_who_can_read_it_now_and_offers_to_take_it_from_them() {
    let mut app = fuller(80, 40);
    press(&mut app, "/");
    type_in(&mut app, "name:orders-nightly-1");
    press(&mut app, "Enter");
    assert_eq!(app.deck.row().expect("a row").snapshot.share, Share::Private, "as it was listed");
    let mut effects = press(&mut app, "s");
    let asks = |effect: &Effect| matches!(effect, Effect::Ask(_, Question::Fact(Of::Attributes(..))));
    let at = effects.iter().position(asks).expect("it is asked");
    let Effect::Ask(ticket, _) = effects.remove(at) else { unreachable!() };
    let now = Share::Accounts([account_id(DR)].into());
    let said = Answer::Fact(Ok(Box::new(crate::domain::Answer::Attributes(now))));
    effects.extend(app.update(Msg::Answer(ticket, said)));
    deliver(&mut app, effects);
    let shown = format!("{:?}", app.sheets());
    assert!(shown.contains("Take from") && shown.contains(DR), "{shown}");
}
