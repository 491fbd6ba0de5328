//! Rows in and out.

use diesel::prelude::*;

use super::{Game, GameFile, GameState};
use crate::{
    features::attachments::FileHash,
    infra::db::{
        Db, DbError, among,
        schema::{game_files, games, renderings},
    },
    read_all, read_one,
};

pub fn find(db: &mut Db, file: &FileHash) -> Result<Option<Game>, DbError> {
    Ok(read_one!(db, games::table.find(file).select(Game::as_select()))?)
}

/// The games among these files, with one query.
pub fn list_among(db: &mut Db, files: &[FileHash]) -> Result<Vec<Game>, DbError> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    Ok(read_all!(db, games::table.filter(among(games::file_hash, files)).select(Game::as_select()))?)
}

/// Games that can be played and for which no trial was planned.
pub fn list_untried(db: &mut Db, max: i64) -> Result<Vec<FileHash>, DbError> {
    let untried = games::table
        .left_join(renderings::table.on(renderings::source_hash.eq(games::file_hash)))
        .filter(games::state.eq(GameState::Ready).and(renderings::source_hash.is_null()))
        .order(games::file_hash)
        .limit(max);
    Ok(read_all!(db, untried.select(games::file_hash))?)
}

pub fn insert_once(db: &mut Db, game: &Game) -> Result<(), DbError> {
    let query = diesel::insert_into(games::table).values(game).on_conflict_do_nothing();
    match db {
        Db::Postgres(db) => query.execute(db)?,
        Db::Sqlite(db) => query.execute(db)?,
    };
    Ok(())
}

pub fn save(db: &mut Db, game: &Game) -> Result<(), DbError> {
    diesel::update(games::table.find(&game.file_hash)).set(game).execute(db)?;
    Ok(())
}

pub fn insert_file_once(db: &mut Db, file: &GameFile) -> Result<(), DbError> {
    let query = diesel::insert_into(game_files::table).values(file).on_conflict_do_nothing();
    match db {
        Db::Postgres(db) => query.execute(db)?,
        Db::Sqlite(db) => query.execute(db)?,
    };
    Ok(())
}

pub fn find_file(db: &mut Db, game: &FileHash, path: &str) -> Result<Option<GameFile>, DbError> {
    let row = game_files::table.find((game, path)).select(GameFile::as_select());
    Ok(row.first(db).optional()?)
}

pub fn list_files(db: &mut Db, game: &FileHash) -> Result<Vec<GameFile>, DbError> {
    let rows = game_files::table.filter(game_files::game_hash.eq(game)).order(game_files::path);
    Ok(read_all!(db, rows.select(GameFile::as_select()))?)
}
