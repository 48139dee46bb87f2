//! Whether runs can always come to their end: where each world leads is noted down while all are looked through, and
//! then it is looked back from the ends.

#![cfg(test)]

use std::collections::HashMap;

use super::world::World;

/// Where worlds lead.
#[derive(Default)]
pub(super) struct Trail {
    numbers: HashMap<World, u32>,
    worlds: Vec<World>,
    /// Moves that lead on: from which world to which.
    moves: Vec<(u32, u32)>,
    /// The world that was left the last time: many moves leave one after the other.
    left: Option<(World, u32)>,
}

impl Trail {
    /// Notes down that a world comes after another, and whether the move between them leads on.
    pub(super) fn note(&mut self, from: &World, to: &World, leads_on: bool) {
        let to = self.number(to);
        if leads_on {
            let from = match self.left.filter(|(left, _)| left == from) {
                Some((_, number)) => number,
                None => self.number(from),
            };
            self.left = Some((self.worlds[from as usize], from));
            self.moves.push((from, to));
        }
    }

    fn number(&mut self, world: &World) -> u32 {
        let new = u32::try_from(self.worlds.len()).expect("fewer worlds");
        let number = *self.numbers.entry(*world).or_insert(new);
        if number == new {
            self.worlds.push(*world);
        }
        number
    }

    /// The worlds from which no end can be reached any more, though nothing else goes wrong.
    pub(super) fn stuck(&self, is_end: impl Fn(&World) -> bool) -> Vec<World> {
        let mut before = vec![Vec::new(); self.worlds.len()];
        for (from, to) in &self.moves {
            before[*to as usize].push(*from as usize);
        }
        let mut can: Vec<bool> = self.worlds.iter().map(is_end).collect();
        let mut open: Vec<usize> = (0..can.len()).filter(|n| can[*n]).collect();
        while let Some(world) = open.pop() {
            for from in &before[world] {
                if !can[*from] {
                    can[*from] = true;
                    open.push(*from);
                }
            }
        }
        let stuck = self.worlds.iter().zip(can).filter(|(_, can)| !can);
        stuck.map(|(world, _)| *world).collect()
    }
}
