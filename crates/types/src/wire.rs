//! Enums that travel as words: one list of derives for all of them.

/// An enum whose values are snake-case words, on the wire, in the database and in addresses alike.
macro_rules! wire_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$inner:meta])* $value:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
            utoipa::ToSchema, strum::EnumIter, strum::EnumString, strum::Display, strum::AsRefStr,
        )]
        #[serde(rename_all = "snake_case")]
        #[strum(serialize_all = "snake_case")]
        pub enum $name { $($(#[$inner])* $value),+ }
    };
}

pub(crate) use wire_enum;
