//! AWS as a process of its own: a fleet behind HTTP, slow as the network is, that writes down who asked what and when.
//!
//! It answers with as little work as possible, on one thread, so that it takes nothing from the program that is
//! measured: it judges nothing, and its snapshots are written straight into the answer.

use std::collections::HashMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http_body_util::{BodyExt as _, Full};
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::time::{Instant, sleep_until};

use super::fleet::{Fleet, Kind, Part, Shape};

/// Microseconds since 1970, the same in every process.
pub(crate) fn micros() -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970");
    u64::try_from(now.as_micros()).expect("a time before the year 500,000")
}

struct Served {
    fleet: Fleet,
    latency: Duration,
    log: Mutex<String>,
}

/// Serves until the process is ended; the first line of the output is the address.
pub(crate) fn serve(shape: Shape, accounts: usize, latency: Duration) {
    let served =
        Arc::new(Served { fleet: Fleet::new(shape, accounts), latency, log: Mutex::new(String::new()) });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async move {
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let listener = TcpListener::bind(any).await.expect("a loopback port");
        let address = listener.local_addr().expect("an address");
        writeln!(std::io::stdout(), "{address}").expect("somebody reads it");
        loop {
            let Ok((stream, _)) = listener.accept().await else { continue };
            let _ = stream.set_nodelay(true);
            let served = Arc::clone(&served);
            tokio::spawn(async move {
                let service = service_fn(move |ask| answer(Arc::clone(&served), ask));
                let connection = hyper::server::conn::http1::Builder::new();
                // How a conversation ends is its client's to notice.
                let _ = connection.serve_connection(TokioIo::new(stream), service).await;
            });
        }
    });
}

async fn answer(served: Arc<Served>, ask: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let (due, at) = (Instant::now() + served.latency, micros());
    let (head, body) = ask.into_parts();
    let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    if head.uri.path() == "/log" {
        let log = served.log.lock().expect("no panic").clone();
        return Ok(Response::new(Full::new(log.into())));
    }
    let header =
        |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let said = said(&served.fleet, header("authorization"), header("x-amz-target"), &body);
    writeln!(served.log.lock().expect("no panic"), "{at} {}", said.line).expect("memory");
    sleep_until(due).await;
    let answer = Response::builder().header("content-type", said.form).body(Full::new(said.body.into()));
    Ok(answer.expect("a header"))
}

/// An answer, and the line of the log about it.
struct Said {
    line: String,
    form: &'static str,
    body: String,
}

const XML: &str = "text/xml";

fn said(fleet: &Fleet, authorization: &str, target: &str, body: &[u8]) -> Said {
    let credential = authorization.split("Credential=").nth(1).unwrap_or_default();
    let mut scope = credential.split(['/', ',']);
    let id = scope.next().and_then(|key| key.get(4..16)).unwrap_or_default().to_owned();
    let region = scope.nth(1).unwrap_or_default().to_owned();
    let place = (id.as_str(), region.as_str());
    if let Some(operation) = target.strip_prefix("TrentService.") {
        return of_kms(place, operation, body);
    }
    let form: HashMap<String, String> = form(body);
    let get = |name: &str| form.get(name).cloned().unwrap_or_default();
    let operation = get("Action");
    let kind = match operation.as_str() {
        "DescribeDBSnapshots" => Kind::Instance,
        "DescribeDBClusterSnapshots" => Kind::Cluster,
        "DescribeDBInstances" => return databases(fleet, place, Kind::Instance),
        "DescribeDBClusters" => return databases(fleet, place, Kind::Cluster),
        _ => return of_one(place, &operation, &get),
    };
    let of: Vec<String> =
        (1..).map_while(|n| form.get(&format!("Filters.Filter.1.Values.Value.{n}")).cloned()).collect();
    let part = Part { kind: form.get("SnapshotType").cloned(), of };
    let marker = get("Marker");
    let (body, rows) = fleet.page(place, kind, &part, marker.parse().unwrap_or(0));
    let wanted = part.kind.as_deref().unwrap_or("-");
    let wanted = format!("{wanted}/{}", part.of.join("+"));
    Said { line: format!("{id} {region} {operation} {wanted} {marker:0>1} {rows}"), form: XML, body }
}

/// The databases of a place, of which all have automated snapshots.
fn databases(fleet: &Fleet, place: (&str, &str), kind: Kind) -> Said {
    let one = match kind {
        Kind::Instance => "DBInstance",
        Kind::Cluster => "DBCluster",
    };
    let mut list = String::new();
    for name in fleet.databases(place, kind) {
        let _ = write!(list, "<{one}><{one}Identifier>{name}</{one}Identifier></{one}>");
    }
    result(place, &format!("Describe{one}s"), "-", &format!("<{one}s>{list}</{one}s>"))
}

/// Operations that are about one thing.
fn of_one(place: (&str, &str), operation: &str, get: &dyn Fn(&str) -> String) -> Said {
    let found = match operation {
        "AssumeRole" => {
            let role = get("RoleArn");
            let id = role.split(':').nth(4).unwrap_or_default();
            format!(
                "<Credentials><AccessKeyId>ASIA{id}0000</AccessKeyId><SecretAccessKey>s</SecretAccessKey>\
                 <SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>\
                 <AssumedRoleUser><Arn>arn:aws:sts::{id}:assumed-role/ro/snapdeck</Arn>\
                 <AssumedRoleId>AROA:snapdeck</AssumedRoleId></AssumedRoleUser>"
            )
        }
        "GetCallerIdentity" => {
            let (id, _) = place;
            format!("<Arn>arn:aws:iam::{id}:user/dba</Arn><UserId>AIDA</UserId><Account>{id}</Account>")
        }
        "DescribeDBSnapshotAttributes" => attributes("DBSnapshot", &get("DBSnapshotIdentifier")),
        "DescribeDBClusterSnapshotAttributes" => {
            attributes("DBClusterSnapshot", &get("DBClusterSnapshotIdentifier"))
        }
        _ => String::new(),
    };
    let about = match operation {
        "AssumeRole" => get("RoleArn"),
        _ => "-".to_owned(),
    };
    result(place, operation, &about, &found)
}

/// A result of the query protocol, all of it in one answer.
fn result((id, region): (&str, &str), operation: &str, about: &str, result: &str) -> Said {
    let body = format!(
        "<{operation}Response><{operation}Result>{result}</{operation}Result><ResponseMetadata>\
         <RequestId>r-1</RequestId></ResponseMetadata></{operation}Response>"
    );
    Said { line: format!("{id} {region} {operation} {about} 0 0"), form: XML, body }
}

fn attributes(of: &str, name: &str) -> String {
    format!(
        "<{of}AttributesResult><{of}Identifier>{name}</{of}Identifier><{of}Attributes><{of}Attribute>\
         <AttributeName>restore</AttributeName><AttributeValues/></{of}Attribute></{of}Attributes></{of}AttributesResult>"
    )
}

fn of_kms((id, region): (&str, &str), operation: &str, body: &[u8]) -> Said {
    let text = String::from_utf8_lossy(body);
    let body = if operation == "DescribeKey" {
        let arn = text.split('"').find(|word| word.starts_with("arn:")).unwrap_or_default();
        let key = arn.rsplit('/').next().unwrap_or_default();
        format!(
            r#"{{"KeyMetadata":{{"KeyId":"{key}","Arn":"{arn}","KeyManager":"CUSTOMER","KeyState":"Enabled"}}}}"#
        )
    } else {
        let alias = |n: usize| {
            format!(r#"{{"AliasName":"alias/dba-{n}","TargetKeyId":"{n:08x}-1a2b-4c3d-8e4f-0123456789ab"}}"#)
        };
        format!(r#"{{"Aliases":[{}],"Truncated":false}}"#, [0, 1, 2].map(alias).join(","))
    };
    Said { line: format!("{id} {region} {operation} - 0 0"), form: "application/x-amz-json-1.1", body }
}

/// The fields of a form, decoded.
fn form(body: &[u8]) -> HashMap<String, String> {
    let decoded = |text: &str| {
        let mut out = Vec::with_capacity(text.len());
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            match byte {
                b'+' => out.push(b' '),
                b'%' => {
                    let digits: String = rest.by_ref().take(2).map(char::from).collect();
                    out.push(u8::from_str_radix(&digits, 16).unwrap_or(b'?'));
                }
                byte => out.push(byte),
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    };
    let text = String::from_utf8_lossy(body);
    text.split('&').filter_map(|field| field.split_once('=')).map(|(k, v)| (decoded(k), decoded(v))).collect()
}
