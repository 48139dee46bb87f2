//! A run that another program drives: followed from here by what that writes down, and nothing is sent.

use std::io::Write;
use std::time::Duration;

use tokio::time::sleep;

use crate::engine::Keeper;
use crate::plan::{History, Holder, Run, RunId, Standing};

use super::super::{Console, Exit};
use super::follow::{Follower, Form};

/// How often the journal is looked into.
const PERIOD: Duration = Duration::from_secs(1);

/// Follows a run until it ends, and gives how; where its driver lets go before, the console is for who takes it up.
pub(super) async fn watched<O: Write, E: Write>(
    keeper: &Keeper,
    id: RunId,
    holder: &Holder,
    form: Form,
    mut console: Console<O, E>,
) -> Result<Console<O, E>, Exit> {
    console.complain(&format!("{holder} drives run {id}: it is watched from here, ctrl-c stops that"));
    let mut now = match look(keeper, id).await {
        Ok(now) => now,
        Err(why) => {
            console.complain(&why);
            return Err(Exit::Failed);
        }
    };
    let mut follower = Follower::watching(Run::of(&now.history.plan), id, form, console);
    let mut told = 0;
    loop {
        for event in now.history.events.iter().skip(told) {
            follower.tell(event.clone());
        }
        told = now.history.events.len();
        match now.run.standing() {
            Standing::Done | Standing::Stopped(_) | Standing::Cancelled(_) => {
                return Err(follower.ended(&now.run));
            }
            Standing::UnderWay(_) | Standing::Paused(_) if now.holder.is_none() => {
                let mut console = follower.into_console();
                console.complain("its driver let go of it");
                return Ok(console);
            }
            Standing::UnderWay(_) | Standing::Paused(_) => sleep(PERIOD).await,
        }
        now = match look(keeper, id).await {
            Ok(now) => now,
            Err(why) => {
                follower.into_console().complain(&why);
                return Err(Exit::Failed);
            }
        };
    }
}

/// A run as the journal tells of it.
struct Looked {
    history: History,
    run: Run,
    holder: Option<Holder>,
}

async fn look(keeper: &Keeper, id: RunId) -> Result<Looked, String> {
    let looked = keeper.look(id).await.map_err(|error| error.to_string())?;
    let (history, holder) = looked.ok_or("there is no journal to watch it in")?;
    let run = history.run().map_err(|_| format!("what is written of {id} cannot have happened"))?;
    Ok(Looked { history, run, holder })
}
