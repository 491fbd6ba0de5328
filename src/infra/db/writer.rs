//! Group commit for SQLite: one thread writes, and every act that is waiting shares one durable commit.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use tokio::sync::oneshot;

use super::{
    ActError, Db, DbError,
    transaction::{begin, begin_savepoint, commit, roll_back},
};

/// More acts in one commit gain nothing measurable, and the first of them waits for the last.
const MAX_ACTS_PER_COMMIT: usize = 256;

/// Tells the caller how its act ended, once it is known whether the commit held.
type Reply = Box<dyn FnOnce(Result<(), DbError>) + Send>;
type Act = Box<dyn FnOnce(&mut Db) -> Reply + Send>;

#[derive(Clone)]
pub struct Writer {
    acts: Sender<Act>,
}

impl Writer {
    pub fn start(mut db: Db) -> Self {
        let (acts, waiting) = channel();
        thread::spawn(move || write_until_closed(&mut db, &waiting));
        Self { acts }
    }

    /// Runs `act` in a savepoint of the next commit and answers when that commit is on disk.
    pub async fn run<T, E>(&self, act: impl Fn(&mut Db) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: ActError,
    {
        let (answer, outcome) = oneshot::channel();
        let act: Act = Box::new(move |db| {
            let outcome = in_savepoint(db, act);
            Box::new(move |committed| {
                // An act that failed by itself says why; only a success can still be undone by the commit.
                let outcome = outcome.and_then(|value| Ok(committed.map(|()| value)?));
                let _ = answer.send(outcome);
            })
        });
        self.acts.send(act).map_err(|_| DbError::Unavailable)?;
        outcome.await.map_err(|_| DbError::Unavailable)?
    }
}

fn write_until_closed(db: &mut Db, waiting: &Receiver<Act>) {
    while let Ok(first) = waiting.recv() {
        if let Err(error) = begin(db) {
            tracing::error!(%error, "a write could not begin");
            // Dropped with its answer: the caller reads that the database is unavailable.
            drop(first);
            continue;
        }
        let acts = std::iter::once(first).chain(waiting.try_iter());
        let replies: Vec<Reply> = acts.take(MAX_ACTS_PER_COMMIT).map(|act| act(db)).collect();

        let committed = commit(db).map_err(|error| error.to_string());
        for reply in replies {
            reply(committed.clone().map_err(DbError::NotCommitted));
        }
    }
}

fn in_savepoint<T, E: ActError>(db: &mut Db, act: impl Fn(&mut Db) -> Result<T, E>) -> Result<T, E> {
    begin_savepoint(db)?;
    match catch_unwind(AssertUnwindSafe(|| act(db))) {
        Ok(Ok(value)) => Ok(commit(db).map(|()| value)?),
        Ok(Err(error)) => {
            roll_back(db)?;
            Err(error)
        }
        Err(_) => {
            roll_back(db)?;
            Err(DbError::Panicked.into())
        }
    }
}
