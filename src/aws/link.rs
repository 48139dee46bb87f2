//! The line to AWS: the program's one HTTPS client, or an AWS inside the process.
//!
//! Whatever the link, every request is serialised, signed and parsed by the SDK; only the bytes
//! travel differently. The in-process link opens no socket and reads no credentials.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_http_client::tls::{self, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use hyper::body::Bytes;
use hyper::{Request, Response};
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use super::timed::Timed;

/// Connections to one host that are kept for pages when nothing is sent: each has room for a page.
const IDLE_FOR_PAGES: usize = 8;
/// And those for everything else, which take a tenth of that: a new one costs more than one that is kept.
const IDLE: usize = 32;

/// Answers a whole request with a whole response: an AWS that is a function.
pub type Wire =
    Arc<dyn Fn(Request<Bytes>) -> Pin<Box<dyn Future<Output = Response<Bytes>> + Send>> + Send + Sync>;

/// How AWS is reached.
#[derive(Clone)]
pub enum Link {
    /// Over HTTPS (rustls), with one connection pool for the pages of all accounts and regions, and one for the rest.
    Network(Roots),
    /// Inside the process: no socket, no config files, no environment.
    InProcess {
        /// What answers.
        wire: Wire,
        /// The access key id that requests are signed with; it names the caller.
        access_key_id: String,
    },
}

impl Link {
    /// Makes the HTTP client that every SDK client shares (one of its own each would cost 170 KiB).
    pub(super) fn http_client(&self) -> SharedHttpClient {
        match self {
            Self::Network(roots) => {
                let client = |idle| {
                    aws_smithy_http_client::Builder::new()
                        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
                        .tls_context(roots.context())
                        .pool_max_idle_per_host(idle)
                        .build_https()
                };
                SharedHttpClient::new(Timed { pages: client(IDLE_FOR_PAGES), rest: client(IDLE) })
            }
            Self::InProcess { wire, .. } => SharedHttpClient::new(Inside(Arc::clone(wire))),
        }
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Network(_) => "Network",
            Self::InProcess { .. } => "InProcess",
        })
    }
}

/// Whose certificates are trusted.
#[derive(Debug, Clone, Default)]
pub struct Roots(Option<Vec<u8>>);

/// Why a bundle of certificates cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadBundle(&'static str);

impl Roots {
    /// Those of this machine.
    pub fn of_machine() -> Self {
        Self(None)
    }

    /// Those of a bundle, and no others: PEM, as `AWS_CA_BUNDLE` names it.
    pub fn of_bundle(pem: Vec<u8>) -> Result<Self, BadBundle> {
        let mut store = RootCertStore::empty();
        let mut count = 0;
        for certificate in CertificateDer::pem_slice_iter(&pem) {
            let certificate = certificate.map_err(|_| BadBundle("it is no PEM file"))?;
            store.add(certificate).map_err(|_| BadBundle("one of its certificates cannot be read"))?;
            count += 1;
        }
        if count == 0 { Err(BadBundle("there is no certificate in it")) } else { Ok(Self(Some(pem))) }
    }

    fn context(&self) -> TlsContext {
        let store = match &self.0 {
            None => TrustStore::default(),
            Some(pem) => TrustStore::empty().with_pem_certificate(pem.clone()),
        };
        TlsContext::builder().with_trust_store(store).build().expect("BUG: the bundle was read before")
    }
}

impl fmt::Display for BadBundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for BadBundle {}

/// The wire as the SDK's client and connector.
#[derive(Clone)]
struct Inside(Wire);

impl fmt::Debug for Inside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Inside")
    }
}

impl HttpClient for Inside {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for Inside {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let wire = Arc::clone(&self.0);
        HttpConnectorFuture::new(async move {
            let (head, body) =
                request.try_into_http1x().map_err(|e| ConnectorError::user(e.into()))?.into_parts();
            // The operations that are used send forms and JSON, never a stream.
            let body = body.bytes().map(Bytes::copy_from_slice).unwrap_or_default();
            let answer = wire(Request::from_parts(head, body)).await;
            HttpResponse::try_from(answer.map(SdkBody::from))
                .map_err(|e| ConnectorError::other(e.into(), None))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Mutex;

    use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};

    use super::super::Aws;
    use crate::demo;
    use crate::domain::{
        Access, Account, AccountId, AccountSource, Fault, FaultClass, ListedAccount, Login, Origin, Region,
        RegionChoice, Scope, Setup, Snapshot, Standing,
    };
    use crate::ports::{Arrival, Cloud as _};

    use super::*;

    fn setup(accounts: AccountSource, endpoint: Option<String>) -> Setup {
        let access = Access::ReadWrite;
        Setup { accounts, access, regions: RegionChoice::Default, endpoint, known: Vec::new() }
    }

    /// The built-in fleet, each of its named accounts by a role.
    fn fleet() -> Aws {
        let fleet = demo::Fleet::built_in();
        let access_key_id = format!("AKIA{}", fleet.caller());
        let listed = fleet.accounts().filter_map(|account| {
            let regions = account.regions.iter().chain(&account.regions_disabled);
            Some(ListedAccount {
                account: Account {
                    name: account.name?.into(),
                    id: account.id.parse().ok(),
                    access: Access::ReadOnly,
                    standing: Standing::Ordinary,
                    tint: None,
                },
                login: Login::Role {
                    arn: format!("arn:aws:iam::{}:role/snapdeck", account.id),
                    source_profile: None,
                    external_id: None,
                },
                regions: Some(RegionChoice::Named(regions.map(|region| Region::new(*region)).collect())),
            })
        });
        let accounts = AccountSource::Listed(listed.collect());
        let cloud = Arc::new(demo::Cloud::new(fleet, 1.0));
        let wire: Wire = Arc::new(move |ask| {
            let cloud = Arc::clone(&cloud);
            Box::pin(async move { cloud.answer(ask).await })
        });
        Aws::new(setup(accounts, None), Link::InProcess { wire, access_key_id })
    }

    /// How many snapshots of its own each account and region of the fleet's file has.
    fn of_the_file() -> BTreeMap<(String, String), usize> {
        let file: serde_json::Value =
            serde_json::from_str(include_str!("../../assets/fleet.json")).expect("JSON");
        let mut counts = BTreeMap::new();
        for (account, said) in file["accounts"].as_object().expect("accounts") {
            for (region, said) in said["regions"].as_object().into_iter().flatten() {
                let lists = ["DBSnapshots", "DBClusterSnapshots"].map(|list| said[list].as_array());
                let count = lists.into_iter().flatten().map(Vec::len).sum();
                counts.insert((account.clone(), region.clone()), count);
            }
        }
        counts
    }

    /// The rows of a scope, and how the reading ended.
    async fn rows(aws: &Aws, scope: &Scope) -> (Result<(), Fault>, Vec<Snapshot>) {
        let rows = Mutex::new(Vec::new());
        let sink = |arrival| match arrival {
            Arrival::Rows(page) => rows.lock().expect("rows").extend(page),
            Arrival::Throttled => panic!("nothing is throttled here"),
        };
        let end = aws.read(scope, &sink).await;
        (end, rows.into_inner().expect("rows"))
    }

    #[tokio::test(start_paused = true)]
    async fn the_built_in_fleet_is_read_to_the_last_snapshot() {
        let (aws, counts) = (fleet(), of_the_file());
        let (mut read, mut denied, mut disabled) = (0, 0, 0);
        for account in aws.accounts().await.expect("accounts").accounts {
            let identity = aws.sign_in(&account.name).await.expect("an identity");
            assert_eq!(Some(identity.account), account.id);
            for region in identity.regions {
                let scope = Scope { account: identity.account, region };
                let (end, rows) = rows(&aws, &scope).await;
                let own = rows.iter().filter(|row| row.origin == Origin::Own).count();
                match end.map_err(|fault| fault.class) {
                    Ok(()) => {
                        let place = (scope.account.to_string(), scope.region.name().to_owned());
                        assert_eq!(own, counts.get(&place).copied().unwrap_or_default(), "{scope}");
                        read += own;
                    }
                    Err(FaultClass::ExplicitDeny) => denied += 1,
                    Err(FaultClass::RegionDisabled) => disabled += 1,
                    Err(class) => panic!("{scope}: {class:?}"),
                }
            }
        }
        assert!(
            read > 400 && denied > 0 && disabled > 0,
            "{read} read, {denied} denied, {disabled} disabled"
        );
    }

    #[tokio::test(start_paused = true)]
    async fn every_kind_of_row_of_the_fleet_has_its_document() {
        let aws = fleet();
        let identity = aws.sign_in(&"prod".into()).await.expect("an identity");
        let scope = Scope { account: identity.account, region: Region::new("us-east-1") };
        let (end, rows) = rows(&aws, &scope).await;
        end.expect("a reading");
        let mut one_of_each = BTreeMap::new();
        for row in rows {
            one_of_each.entry((row.kind(), row.snapshot_type, row.origin)).or_insert(row.arn);
        }
        assert!(one_of_each.len() > 4, "{one_of_each:?}");
        for arn in one_of_each.values() {
            let json = aws.document(&scope, arn).await.expect("a document");
            let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            let told = json.get("DBSnapshotArn").or(json.get("DBClusterSnapshotArn")).expect("an ARN");
            assert_eq!(*told, arn.exact());
        }
    }

    /// A fleet of 250 snapshots of which the first answer is cut in half, behind a socket.
    async fn served() -> String {
        let names = (0..250).map(|n| format!(r#"{{"DBSnapshotIdentifier": "s-{n:03}", "Engine": "mysql"}}"#));
        let text = format!(
            r#"{{"caller": "111111111111", "latency_ms": 0, "accounts": {{"111111111111": {{"regions": {{"eu-west-1": {{
                "DBSnapshots": [{}],
                "Faults": [{{"Operation": "DescribeDBSnapshots", "Body": "half", "Times": 1}}]}}}}}},
                "222222222222": {{"regions": {{"eu-west-1": {{}}}}}}}}}}"#,
            names.collect::<Vec<_>>().join(",")
        );
        let cloud = Arc::new(demo::Cloud::new(demo::Fleet::parse(&text).expect("a fleet"), 1.0));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        tokio::spawn(demo::serve(cloud, listener, std::future::pending()));
        format!("http://{address}")
    }

    #[tokio::test]
    async fn profiles_sign_in_and_read_over_a_socket_and_half_an_answer_is_noticed() {
        let config = "[profile keys]\nregion = eu-west-1\naws_access_key_id = AKIA111111111111\naws_secret_access_key = s\n\
            [profile tool]\nregion = eu-west-1\ncredential_process = cat; echo '{\"Version\": 1, \"AccessKeyId\": \"AKIA111111111111\", \"SecretAccessKey\": \"s\"}'\n\
            [profile role]\nregion = eu-west-1\nrole_arn = arn:aws:iam::222222222222:role/ro\nsource_profile = tool\n";
        let files = EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, config).build();
        let setup = setup(AccountSource::AllProfiles, Some(served().await));
        let aws = Aws::with_files(setup, Link::Network(Roots::of_machine()), files);
        let accounts = aws.accounts().await.expect("accounts").accounts;
        let names: Vec<&str> = accounts.iter().map(|account| account.name.exact()).collect();
        assert_eq!(names, ["keys", "role", "tool"]);
        let mut ids = Vec::new();
        for account in &accounts {
            ids.push(aws.sign_in(&account.name).await.expect("an identity").account.to_string());
        }
        assert_eq!(ids, ["111111111111", "222222222222", "111111111111"]);
        let account: AccountId = ids[0].parse().expect("an id");
        let scope = Scope { account, region: Region::new("eu-west-1") };
        let (end, rows) = rows(&aws, &scope).await;
        assert_eq!((end, rows.len()), (Ok(()), 250));
    }

    #[test]
    fn a_bundle_that_is_no_pem_is_told_from_one_without_certificates() {
        let why = |text: &str| Roots::of_bundle(text.as_bytes().to_vec()).expect_err(text).to_string();
        assert_eq!(why("hello"), "there is no certificate in it");
        let broken = "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n";
        assert_eq!(why(broken), "it is no PEM file");
        let odd = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";
        assert_eq!(why(odd), "one of its certificates cannot be read");
    }

    #[tokio::test(start_paused = true)]
    async fn an_endpoint_where_nobody_listens_is_unreachable() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let endpoint = format!("http://{}", listener.local_addr().expect("an address"));
        drop(listener);
        let config = "[profile keys]\nregion = eu-west-1\naws_access_key_id = AKIA111111111111\naws_secret_access_key = s\n[profile none]\n";
        let files = EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, config).build();
        let aws = Aws::with_files(
            setup(AccountSource::AllProfiles, Some(endpoint)),
            Link::Network(Roots::of_machine()),
            files,
        );
        let fault = aws.sign_in(&"keys".into()).await.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::Unreachable, "{fault:?}");
        let fault = aws.sign_in(&"none".into()).await.expect_err("a fault");
        assert_eq!(fault.class, FaultClass::NoCredentials, "{fault:?}");
        assert_eq!(fault.hint.exact(), "Put fresh credentials into profile none.");
    }
}
