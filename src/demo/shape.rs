//! The shapes of AWS: which fields an object has, what each holds, and how a list names its members.
//!
//! One table drives everything generic: what a fleet file may say, how a record is kept, and how it is
//! written as XML or JSON. The names are AWS's own, as the AWS CLI prints them.

pub(crate) mod databases;
pub(crate) mod groups;
pub(crate) mod keys;
pub(crate) mod snapshots;

/// The fields of one AWS object.
#[derive(Debug)]
pub(crate) struct Shape {
    pub(crate) fields: &'static [Field],
}

/// One field of a shape.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Whole,
    Real,
    Flag,
    Time,
    /// A nested object.
    One(&'static Shape),
    /// A list of texts, and what XML calls a member of it.
    Texts(&'static str),
    /// A list of objects, and what XML calls a member of it.
    Many(&'static str, &'static Shape),
    /// Free names to texts (only KMS has such fields).
    Map,
}

impl Shape {
    /// The field of that exact name.
    pub(crate) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Declares a [`Shape`]: its fields by kind, lists as `Field/Member`, objects as `Field: SHAPE`.
macro_rules! shape {
    (
        $shape:ident;
        $(text $($text:ident)+;)?
        $(whole $($whole:ident)+;)?
        $(real $($real:ident)+;)?
        $(flag $($flag:ident)+;)?
        $(time $($time:ident)+;)?
        $(map $($map:ident)+;)?
        $(one $($one:ident: $inner:ident)+;)?
        $(texts $($texts:ident/$text_member:ident)+;)?
        $(many $($many:ident/$member:ident: $item:ident)+;)?
    ) => {
        pub(crate) static $shape: $crate::demo::shape::Shape = {
            use $crate::demo::shape::{Field, Kind, Shape};
            Shape {
                fields: &[
                    $($(Field { name: stringify!($text), kind: Kind::Text },)+)?
                    $($(Field { name: stringify!($whole), kind: Kind::Whole },)+)?
                    $($(Field { name: stringify!($real), kind: Kind::Real },)+)?
                    $($(Field { name: stringify!($flag), kind: Kind::Flag },)+)?
                    $($(Field { name: stringify!($time), kind: Kind::Time },)+)?
                    $($(Field { name: stringify!($map), kind: Kind::Map },)+)?
                    $($(Field { name: stringify!($one), kind: Kind::One(&$inner) },)+)?
                    $($(Field { name: stringify!($texts), kind: Kind::Texts(stringify!($text_member)) },)+)?
                    $($(Field { name: stringify!($many), kind: Kind::Many(stringify!($member), &$item) },)+)?
                ],
            }
        };
    };
}
pub(crate) use shape;

#[cfg(test)]
mod tests {
    use super::{Kind, snapshots::DB_SNAPSHOT};

    #[test]
    fn a_list_knows_what_xml_calls_its_members() {
        let tags = DB_SNAPSHOT.field("TagList").expect("a snapshot has tags");
        assert!(matches!(tags.kind, Kind::Many("Tag", _)));
        assert!(DB_SNAPSHOT.field("taglist").is_none());
    }

    #[test]
    fn no_shape_says_a_field_twice() {
        use super::{databases, groups, keys};
        for shape in [
            &DB_SNAPSHOT,
            &super::snapshots::DB_CLUSTER_SNAPSHOT,
            &databases::DB_INSTANCE,
            &databases::DB_CLUSTER,
            &groups::DB_ENGINE_VERSION,
            &keys::KEY_METADATA,
        ] {
            let mut names: Vec<_> = shape.fields.iter().map(|field| field.name).collect();
            names.sort_unstable();
            let all = names.len();
            names.dedup();
            assert_eq!(names.len(), all);
        }
    }
}
