//! What an act answers instead of its result, in a form that every screen can show.

use crate::{
    base::sentence::{FieldErrors, Sentence},
    infra::db::DbError,
};

#[derive(Debug)]
pub enum Refusal {
    /// There is no such thing, or it is somebody else's: the two are one answer.
    NotFound,
    /// The form is wrong, field by field.
    Invalid(FieldErrors),
    /// It cannot be done now, for the reason given.
    Said(Sentence),
    Database(DbError),
}

/// The error of an act: every one of them can be told to a person.
pub trait Refused {
    fn refusal(self) -> Refusal;
}

impl Refused for DbError {
    fn refusal(self) -> Refusal {
        Refusal::Database(self)
    }
}

/// The error enum of an act: what can be answered to the person, each variant with the Fluent key of its sentence
/// and its facts as the sentence's arguments. `NotFound`, `Invalid(FieldErrors)` and `Database(DbError)` come along.
///
/// ```ignore
/// act_error! {
///     /// Why an entry could not be sent in.
///     pub enum SubmitEntryError {
///         Closed => "entries-refused-closed",
///         PersonLimit { limit: i32 } => "entries-refused-person-limit",
///     }
/// }
/// ```
#[macro_export]
macro_rules! act_error {
    ($(#[$meta:meta])* pub enum $name:ident {
        $( $variant:ident $({ $($field:ident : $type:ty),+ $(,)? })? => $key:literal ),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, thiserror::Error)]
        pub enum $name {
            #[error("not found")]
            NotFound,
            #[error("the form is wrong")]
            Invalid($crate::base::sentence::FieldErrors),
            $( #[error($key)] $variant $({ $($field: $type),+ })?, )*
            #[error(transparent)]
            Database(#[from] $crate::infra::db::DbError),
        }

        impl $crate::infra::db::ActError for $name {
            fn db_error(&self) -> Option<&$crate::infra::db::DbError> {
                match self {
                    Self::Database(error) => Some(error),
                    _ => None,
                }
            }
        }

        impl $crate::features::refusal::Refused for $name {
            fn refusal(self) -> $crate::features::refusal::Refusal {
                use $crate::features::refusal::Refusal;
                match self {
                    Self::NotFound => Refusal::NotFound,
                    Self::Invalid(errors) => Refusal::Invalid(errors),
                    Self::Database(error) => Refusal::Database(error),
                    $( Self::$variant $({ $($field),+ })? => Refusal::Said(
                        $crate::base::sentence::Sentence::new($key)$( $(.with(stringify!($field), $field))+ )?
                    ), )*
                }
            }
        }

        impl From<$crate::base::sentence::FieldErrors> for $name {
            fn from(errors: $crate::base::sentence::FieldErrors) -> Self {
                Self::Invalid(errors)
            }
        }
    };
}

/// So that a screen can look at a refusal and hand on what it does not show itself.
impl Refused for Refusal {
    fn refusal(self) -> Refusal {
        self
    }
}
