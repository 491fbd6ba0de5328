//! The reform of 2025: 157 communes of Bến Tre become new ones, the districts are abolished, the province becomes part
//! of Vĩnh Long.

use chrono::NaiveDate;
use hoithi::features::units::{
    LevelCode, NewUnit, TreeError, TreeKeeper, UnitKind, add_unit,
    changes::{abolish_level, merge_units},
    merges::{Under, apply_merges, plan_merges, read_map},
    store,
    views::{find_by_code, is_within, list_children, path_of, tree_on},
};

use super::{BEN_TRE, import_file, unit};
use crate::support::Stage;

const MAP: &str = "demo/data/ben_tre_2024_to_2025_map.csv";

fn day() -> NaiveDate {
    "2025-07-01".parse().unwrap()
}

#[actix_web::test]
async fn the_plan_lists_the_nine_communes_that_a_person_must_decide() {
    let stage = Stage::new();
    import_file(&stage, std::fs::read(BEN_TRE).unwrap()).await;
    let map = read_map(&std::fs::read(MAP).unwrap());
    let plan = stage.read(move |db| plan_merges(db, &map)).await.unwrap();
    assert_eq!(plan.errors, []);
    assert_eq!(plan.undecided.len(), 9);
    let lived_on = plan.merges.iter().filter(|merge| merge.lives_on.is_some()).count();
    assert_eq!(plan.closed() + lived_on + plan.undecided.len(), 157);
    assert!(plan.merges.iter().all(|merge| merge.new_name.starts_with("Hội LHPN ")));
}

#[actix_web::test]
async fn after_the_reform_the_old_tree_can_still_be_seen_and_is_covered_by_the_new_one() {
    let stage = Stage::new();
    import_file(&stage, std::fs::read(BEN_TRE).unwrap()).await;
    stage.app.clock.set("2025-07-02T03:00:00".parse().unwrap());
    let now = stage.now();
    let centre = unit(&stage, "TW").await;
    let (ben_tre, old) = (unit(&stage, "83").await, unit(&stage, "28855").await);
    let map = read_map(&std::fs::read(MAP).unwrap());
    let vinh_long = {
        let ben_tre = ben_tre.clone();
        stage
            .write(move |db| -> Result<_, TreeError> {
                let keeper = TreeKeeper::operator();
                let new = NewUnit {
                    code: "86".into(),
                    name: "Hội LHPN tỉnh Vĩnh Long".into(),
                    level: LevelCode::new("province"),
                    kind: UnitKind::Territorial,
                    parent_id: Some(centre.clone()),
                    valid_from: day(),
                };
                let vinh_long = add_unit(db, &keeper, &new, now)?.id;
                let under = Under { parent: &vinh_long, as_of: day(), shown: None };
                apply_merges(db, &keeper, &map, &under, now)?;
                abolish_level(db, &keeper, &LevelCode::new("district"), None, day(), now)?;
                merge_units(db, &keeper, std::slice::from_ref(&ben_tre), &vinh_long, day(), "", now)?;
                Ok(vinh_long)
            })
            .await
            .unwrap()
    };
    let province = vinh_long.clone();
    let (communes, new, path, covered, old_tree) = stage
        .read(move |db| {
            let communes = list_children(db, &province)?;
            let new = find_by_code(db, "28810")?.unwrap();
            Ok((
                communes,
                new.clone(),
                path_of(db, &new.id)?,
                is_within(db, &old, &province)? && is_within(db, &old, &new.id)?,
                tree_on(db, day().pred_opt().unwrap())?,
            ))
        })
        .await
        .unwrap();
    assert_eq!(new.name, "Hội LHPN xã Phú Túc");
    let names: Vec<&str> = path.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["Hội LHPN xã Phú Túc", "Hội LHPN tỉnh Vĩnh Long", "Hội Liên hiệp Phụ nữ Việt Nam"]);
    assert!(covered, "whoever covers the new commune covers what the old one did");
    let undecided = 9;
    let merges = communes.len() - undecided;
    assert!((40..60).contains(&merges), "{merges}");
    let communes_before =
        old_tree.subtree(&ben_tre).iter().filter(|unit| unit.level.as_str() == "commune").count();
    assert_eq!(communes_before, 157);
    let closed = stage.read(move |db| store::find(db, &ben_tre)).await.unwrap().unwrap();
    assert_eq!((closed.valid_to, closed.merged_into), (Some(day()), Some(vinh_long)));
}
