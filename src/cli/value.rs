//! Values of the command line, parsed at the door.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::str::FromStr;

use crate::disk::{nearest, parse_region};
use crate::domain::{Region, Shown, Tag, catalogue};
use crate::query::{Column, Direction, Order};
use crate::rules::rules;

/// One item of `--region`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RegionItem {
    /// `all`.
    All,
    /// `default`.
    Default,
    /// A name.
    Named(Region),
}

/// A value that cannot be what it should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct BadValue(String);

impl FromStr for RegionItem {
    type Err = BadValue;

    fn from_str(text: &str) -> Result<Self, BadValue> {
        match text {
            "all" => Ok(Self::All),
            "default" => Ok(Self::Default),
            name => parse_region(name).map(Self::Named).ok_or_else(|| {
                let meant = nearest(name, catalogue().iter().map(|place| place.name));
                BadValue(match meant {
                    Some(meant) => format!("it is not the name of a region: did you mean {meant}?"),
                    None => "it is not the name of a region: names are like us-east-1, or all".to_owned(),
                })
            }),
        }
    }
}

/// Takes an endpoint: a URL with a scheme and a host.
pub(super) fn endpoint(text: &str) -> Result<String, BadValue> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    match host {
        Some(host) if !host.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control()) => {
            Ok(text.to_owned())
        }
        _ => Err(BadValue("it is not a URL: write it like https://host:port".to_owned())),
    }
}

/// Takes an address to listen on: a loopback one, with a port.
pub(super) fn loopback(text: &str) -> Result<SocketAddr, BadValue> {
    let local = text.strip_prefix("localhost:").and_then(|port| port.parse().ok());
    let address = match local {
        Some(port) => SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port),
        None => text.parse().map_err(|_| {
            BadValue("it is not an address and a port: write it like 127.0.0.1:8080".to_owned())
        })?,
    };
    if !address.ip().is_loopback() {
        return Err(BadValue(
            "it is not a loopback address, and the demo cloud is never served to the network: use 127.0.0.1"
                .to_owned(),
        ));
    }
    Ok(address)
}

/// Takes a speed: how many seconds pass in the demo cloud for each of ours.
pub(super) fn speed(text: &str) -> Result<f64, BadValue> {
    match text.parse::<f64>() {
        Ok(speed) if speed.is_finite() && speed > 0.0 => Ok(speed),
        _ => Err(BadValue("it is not a number above 0".to_owned())),
    }
}

/// Takes an order: `COLUMN`, `COLUMN:asc` or `COLUMN:desc`.
pub(super) fn order(text: &str) -> Result<Order, BadValue> {
    let (column, direction) = text.split_once(':').unwrap_or((text, "asc"));
    let by = Column::of_name(column).ok_or_else(|| {
        let names = Column::ALL.map(Column::name);
        BadValue(match nearest(column, names) {
            Some(meant) => format!("there is no column \"{}\": did you mean {meant}?", Shown::from(column)),
            None => format!("there is no column \"{}\": {}", Shown::from(column), names.join(", ")),
        })
    })?;
    let direction = match direction {
        "asc" => Direction::Ascending,
        "desc" => Direction::Descending,
        other => {
            return Err(BadValue(format!("\"{}\" is not a direction: asc or desc", Shown::from(other))));
        }
    };
    Ok(Order { by, direction })
}

/// Takes a tag: `KEY=VALUE`, where the value may be empty and hold more of `=`.
pub(super) fn tag(text: &str) -> Result<Tag, BadValue> {
    match text.split_once('=') {
        Some((key, value)) => Ok(Tag { key: key.into(), value: value.into() }),
        None => Err(BadValue("it is not a tag: write it like KEY=VALUE".to_owned())),
    }
}

/// Takes the id of a rule, in any case.
pub(super) fn rule(text: &str) -> Result<&'static str, BadValue> {
    let written = text.to_uppercase();
    let mut ids: Vec<&'static str> = rules().map(|rule| rule.id).collect();
    if let Some(id) = ids.iter().find(|id| **id == written) {
        return Ok(id);
    }
    let mut close = Vec::new();
    while let Some(meant) = nearest(&written, ids.iter().copied()).filter(|_| close.len() < 3) {
        close.push(meant);
        ids.retain(|id| *id != meant);
    }
    Err(BadValue(match &close[..] {
        [] => "there is no such rule: `snapdeck rules` lists them".to_owned(),
        [meant] => format!("there is no such rule: did you mean {meant}?"),
        [head @ .., last] => {
            format!("there is no such rule: did you mean {} or {last}?", head.join(", "))
        }
    }))
}

impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadValue {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_addresses_are_listened_on() {
        for good in ["127.0.0.1:0", "127.9.9.9:80", "[::1]:8080", "localhost:8080"] {
            assert!(loopback(good).expect(good).ip().is_loopback());
        }
        for bad in
            ["0.0.0.0:80", "10.0.0.1:80", "[::]:80", "8080", "127.0.0.1", "example.org:80", "localhost:x"]
        {
            assert!(loopback(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_endpoint_has_a_scheme_and_a_host() {
        assert!(endpoint("http://127.0.0.1:5000").is_ok());
        for bad in ["127.0.0.1:5000", "ftp://host", "http://", "https:///x", "http://a b"] {
            assert!(endpoint(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_order_names_a_column_and_a_direction() {
        let size = order("size:desc").expect("an order");
        assert_eq!(size, Order { by: Column::Size, direction: Direction::Descending });
        assert_eq!(order("size").expect("an order").direction, Direction::Ascending);
        assert_eq!(
            order("siez").expect_err("none").to_string(),
            "there is no column \"siez\": did you mean size?"
        );
        assert_eq!(order("size:up").expect_err("none").to_string(), "\"up\" is not a direction: asc or desc");
    }

    #[test]
    fn a_region_may_be_newer_than_this_version_but_must_look_like_one() {
        assert!(matches!("mars-north-1".parse(), Ok(RegionItem::Named(_))));
        assert!(matches!("all".parse(), Ok(RegionItem::All)));
        let error = "us-east1".parse::<RegionItem>().expect_err("none");
        assert_eq!(error.to_string(), "it is not the name of a region: did you mean us-east-1?");
    }

    #[test]
    fn a_rule_is_found_in_any_case_and_an_unknown_one_names_its_neighbours() {
        assert_eq!(rule("copy-12"), Ok("COPY-12"));
        let error = |text: &str| rule(text).expect_err(text).to_string();
        assert_eq!(error("COPY-1"), "there is no such rule: did you mean COPY-01, COPY-10 or COPY-11?");
        assert_eq!(error("SHAER-8"), "there is no such rule: did you mean SHARE-08 or SHARE-18?");
        assert_eq!(error("key"), "there is no such rule: `snapdeck rules` lists them");
    }

    #[test]
    fn a_speed_is_above_zero() {
        assert!(speed("60").is_ok() && speed("0.5").is_ok());
        for bad in ["0", "-1", "inf", "nan", "fast"] {
            assert!(speed(bad).is_err(), "{bad}");
        }
    }
}
