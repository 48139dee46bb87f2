//! Amazon resource names, taken apart without copying.

/// The parts of an ARN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Arn<'a> {
    pub(crate) partition: &'a str,
    pub(crate) service: &'a str,
    pub(crate) region: &'a str,
    pub(crate) account: &'a str,
    /// All after the account, as `snapshot:rds:orders-2026-11-24` or `key/1234`.
    pub(crate) resource: &'a str,
}

impl<'a> Arn<'a> {
    /// Takes an ARN apart; `None` for whatever is none.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let mut parts = text.splitn(6, ':');
        let (arn, partition, service) = (parts.next()?, parts.next()?, parts.next()?);
        let (region, account, resource) = (parts.next()?, parts.next()?, parts.next()?);
        (arn == "arn" && !resource.is_empty()).then_some(Self {
            partition,
            service,
            region,
            account,
            resource,
        })
    }
}

/// The partition that a region lies in.
pub(crate) fn partition(region: &str) -> &'static str {
    match region.split('-').next().unwrap_or_default() {
        "cn" => "aws-cn",
        "eusc" => "aws-eusc",
        _ if region.starts_with("us-gov-") => "aws-us-gov",
        _ if region.starts_with("us-iso-") => "aws-iso",
        _ if region.starts_with("us-isob-") => "aws-iso-b",
        _ => "aws",
    }
}

/// Is it an account id: twelve digits?
pub(crate) fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_of_a_name_stay_in_the_resource() {
        let arn = Arn::parse("arn:aws:rds:eu-west-1:111111111111:snapshot:rds:orders-2026").expect("an ARN");
        assert_eq!(
            (arn.region, arn.account, arn.resource),
            ("eu-west-1", "111111111111", "snapshot:rds:orders-2026")
        );
        assert_eq!(Arn::parse("rds:orders-2026"), None);
        assert_eq!(Arn::parse("arn:aws:rds:eu-west-1:111111111111:"), None);
    }

    #[test]
    fn a_region_knows_its_partition() {
        assert_eq!(partition("us-gov-west-1"), "aws-us-gov");
        assert_eq!(partition("cn-north-1"), "aws-cn");
        assert_eq!(partition("us-east-1"), "aws");
    }
}
