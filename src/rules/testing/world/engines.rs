//! The engines of the small world: their default versions, their majors, and its option groups by name.

use crate::domain::GroupOption;

pub(super) fn options(group: &str) -> Vec<GroupOption> {
    let option =
        |name: &str, persistent, permanent| vec![GroupOption { name: name.into(), persistent, permanent }];
    match group {
        "tde" => option("TDE", true, true),
        "timezone" => option("Timezone", true, true),
        "ols" => option("OLS", true, true),
        "both" => [options("timezone"), options("ols")].concat(),
        "lasting" => option("LASTING", true, false),
        "audit" => option("MARIADB_AUDIT_PLUGIN", false, false),
        "backup-restore" => option("SQLSERVER_BACKUP_RESTORE", false, false),
        _ => vec![],
    }
}

pub(super) fn engine_is_real(engine: &str) -> bool {
    !default_version(engine).is_empty()
}

pub(super) fn default_version(engine: &str) -> &'static str {
    match engine {
        "mysql" => "8.0.40",
        "mariadb" => "10.11.10",
        "postgres" | "aurora-postgresql" => "16.4",
        "aurora-mysql" => "8.0.mysql_aurora.3.08.0",
        "docdb" => "5.0.0",
        "neptune" => "1.3.2.1",
        e if e.starts_with("oracle-") || e.starts_with("custom-oracle-") => {
            "19.0.0.0.ru-2024-10.rur-2024-10.r1"
        }
        e if e.starts_with("sqlserver-") || e.starts_with("custom-sqlserver-") => "16.00.4165.4.v1",
        e if e.starts_with("db2-") => "11.5.9.0.sb00000000.r1",
        _ => "",
    }
}

pub(super) fn major(engine: &str, version: &str) -> String {
    let parts: Vec<&str> = version.split('.').collect();
    let one = engine.contains("postgres") || engine.starts_with("oracle-");
    parts[..if one { 1 } else { parts.len().min(2) }].join(".")
}
