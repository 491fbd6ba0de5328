//! The stage of the demo: acts are called one after another, at moments of the past, as the screens would call them.

use crate::{
    base::clock::Moment,
    features::{
        accounts::Person,
        contests::{Contest, Declared, chains_to_see, open_contest, show_chains},
    },
    infra::db::{ActError, Db, DbError},
    web::app::App,
};

pub struct Play {
    pub app: App,
    /// Long work says how far it is.
    pub say: fn(&str),
}

/// Whatever stopped an act, for the log of the demo.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    #[error("{0}")]
    Refused(String),
    #[error(transparent)]
    Database(#[from] DbError),
}

impl ActError for PlayError {
    fn db_error(&self) -> Option<&DbError> {
        match self {
            Self::Database(error) => Some(error),
            Self::Refused(_) => None,
        }
    }
}

/// An act's refusal stops the play: the facts and the rules do not fit each other.
#[derive(Debug)]
pub struct Stop(pub PlayError);

impl<E: ActError + std::fmt::Debug> From<E> for Stop {
    fn from(error: E) -> Self {
        Self(PlayError::Refused(format!("{error:?}")))
    }
}

/// As an organiser does it: looks at how the declared chains split ties, then opens.
pub fn try_and_open(db: &mut Db, person: &Person, contest: Contest, now: Moment) -> Result<Contest, Stop> {
    let id = contest.id.clone();
    let declared = Declared::load(db, contest)?;
    let seen = declared.as_ref().map(chains_to_see).unwrap_or_default();
    show_chains(db, person, &id, &seen, now)?;
    Ok(open_contest(db, person, &id, now)?)
}

impl Play {
    pub async fn act<T: Send + 'static>(
        &self,
        act: impl Fn(&mut Db) -> Result<T, Stop> + Send + 'static,
    ) -> anyhow::Result<T> {
        let done = self.app.db.write(move |db| act(db).map_err(|Stop(error)| error)).await;
        done.map_err(|error: PlayError| anyhow::anyhow!(error))
    }
}
