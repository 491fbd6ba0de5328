mod changes;
mod import;
mod reform;

use hoithi::{
    base::ids::UnitId,
    features::units::{
        TreeKeeper,
        import::{import_units, read},
        views::{find_by_code, list_levels},
    },
};

use crate::support::Stage;

pub const BEN_TRE: &str = "demo/data/ben_tre_union_tree_2024.csv";

/// Imports a file as of the year 2000.
pub async fn import_file(stage: &Stage, bytes: Vec<u8>) {
    let now = stage.now();
    let as_of = "2000-01-01".parse().unwrap();
    stage
        .write(move |db| {
            let file = read(&bytes, &list_levels(db)?);
            import_units(db, &TreeKeeper::operator(), &file, as_of, None, now)
        })
        .await
        .unwrap();
}

pub async fn unit(stage: &Stage, code: &str) -> UnitId {
    let code = code.to_owned();
    stage.read(move |db| find_by_code(db, &code)).await.unwrap().unwrap().id
}
