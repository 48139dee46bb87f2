//! The parameters of a call, by the API's own names, into the SDK's requests.

use aws_sdk_kms::types::GrantOperation;
use aws_sdk_rds::types::Tag;

use crate::plan::Argument;

/// A request that takes parameters by the API's names.
pub(super) trait Parameters: Sized {
    /// Every parameter that it takes: its name, the SDK's setter, and its form.
    #[cfg(test)]
    const TAKES: &'static [(&'static str, &'static str, &'static str)];
    /// The SDK's fields for which an order has no words: structures, and secrets.
    #[cfg(test)]
    const LEAVES: &'static [&'static str];

    /// The request with this parameter; `None` when it takes none of that name or form.
    fn with(self, name: &str, argument: &Argument) -> Option<Self>;
}

/// Declares the parameters of a request: `"ApiName" setter form`, then the fields that it leaves.
macro_rules! parameters {
    ($request:ty { $($name:literal $setter:ident $form:ident,)+ } leaves [$($left:ident),*]) => {
        impl $crate::aws::send::parameters::Parameters for $request {
            #[cfg(test)]
            const TAKES: &'static [(&'static str, &'static str, &'static str)] =
                &[$(($name, stringify!($setter), stringify!($form))),+];
            #[cfg(test)]
            const LEAVES: &'static [&'static str] = &[$(stringify!($left)),*];

            fn with(self, name: &str, argument: &$crate::plan::Argument) -> Option<Self> {
                Some(match name {
                    $($name => self.$setter(Some($crate::aws::send::parameters::$form(argument)?)),)+
                    _ => return None,
                })
            }
        }
    };
}
pub(super) use parameters;

pub(super) fn text(argument: &Argument) -> Option<String> {
    let Argument::Text(text) = argument else { return None };
    Some(text.clone())
}

pub(super) fn flag(argument: &Argument) -> Option<bool> {
    let Argument::Flag(flag) = argument else { return None };
    Some(*flag)
}

pub(super) fn long(argument: &Argument) -> Option<i64> {
    let Argument::Number(number) = argument else { return None };
    Some(*number)
}

pub(super) fn number(argument: &Argument) -> Option<i32> {
    i32::try_from(long(argument)?).ok()
}

pub(super) fn list(argument: &Argument) -> Option<Vec<String>> {
    let Argument::List(texts) = argument else { return None };
    Some(texts.clone())
}

pub(super) fn tags(argument: &Argument) -> Option<Vec<Tag>> {
    let Argument::Tags(tags) = argument else { return None };
    let tag = |tag: &crate::domain::Tag| Tag::builder().key(tag.key.exact()).value(tag.value.exact()).build();
    Some(tags.iter().map(tag).collect())
}

pub(super) fn operations(argument: &Argument) -> Option<Vec<GrantOperation>> {
    Some(list(argument)?.iter().map(|name| GrantOperation::from(name.as_str())).collect())
}
