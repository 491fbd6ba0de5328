use hoithi::features::units::{
    LevelCode, TreeError, TreeKeeper, UnitChange, UnitKind,
    changes::{abolish_level, change_unit, close_unit, merge_units},
    store,
    views::{is_within, list_versions, path_of, tree_on},
};

use crate::support::Stage;

fn keeper() -> TreeKeeper {
    TreeKeeper::operator()
}

#[actix_web::test]
async fn a_merged_unit_is_covered_by_its_successor_and_keeps_its_way() {
    let stage = Stage::new();
    let province = stage.a_unit("Tỉnh P").level("province").make().await;
    let district = stage.a_unit("Huyện D").level("district").below(&province).make().await;
    let old = stage.a_unit("Xã cũ").below(&district).make().await;
    let new = stage.a_unit("Xã mới").below(&province).make().await;
    let branch = stage.a_unit("Ấp 1").level("branch").below(&old).make().await;
    let (now, today) = (stage.now(), stage.now().date());
    let (from, into) = (vec![old.clone()], new.clone());
    stage.write(move |db| merge_units(db, &keeper(), &from, &into, today, "NQ 1", now)).await.unwrap();

    let ids = (old.clone(), new.clone(), district.clone(), branch.clone());
    let (covered, still_below, path, branch_path) = stage
        .read(move |db| {
            let (old, new, district, branch) = ids;
            Ok((
                is_within(db, &old, &new)?,
                is_within(db, &old, &district)?,
                path_of(db, &old)?,
                path_of(db, &branch)?,
            ))
        })
        .await
        .unwrap();
    assert!(covered && still_below);
    let names = |path: &[hoithi::features::units::Unit]| {
        path.iter().map(|unit| unit.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&path), ["Xã cũ", "Huyện D", "Tỉnh P"]);
    assert_eq!(names(&branch_path), ["Ấp 1", "Xã mới", "Tỉnh P"]);
}

#[actix_web::test]
async fn an_abolished_level_hangs_its_children_on_the_level_above() {
    let stage = Stage::new();
    let province = stage.a_unit("Tỉnh P").level("province").make().await;
    let district = stage.a_unit("Huyện D").level("district").below(&province).make().await;
    let commune = stage.a_unit("Xã X").below(&district).make().await;
    let branch = stage.a_unit("Ấp 1").level("branch").below(&commune).make().await;
    let (now, today) = (stage.now(), stage.now().date());
    let closed = stage
        .write(move |db| abolish_level(db, &keeper(), &LevelCode::new("district"), None, today, now))
        .await
        .unwrap();
    assert_eq!(closed, 1);
    let top = province.clone();
    let (path, within, before) = stage
        .read(move |db| {
            let path = path_of(db, &branch)?;
            Ok((path, is_within(db, &commune, &top)?, tree_on(db, today.pred_opt().unwrap())?))
        })
        .await
        .unwrap();
    let names: Vec<&str> = path.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["Ấp 1", "Xã X", "Tỉnh P"]);
    assert!(within);
    assert!(before.find(&district).is_some(), "yesterday's tree has the district");
    let today = stage.read(move |db| tree_on(db, today)).await.unwrap();
    assert!(today.find(&district).is_none());
}

#[actix_web::test]
async fn the_tree_refuses_what_would_break_it() {
    let stage = Stage::new();
    let province = stage.a_unit("Tỉnh P").level("province").make().await;
    let district = stage.a_unit("Huyện D").level("district").below(&province).make().await;
    let (now, today) = (stage.now(), stage.now().date());
    let change = UnitChange {
        code: "p".into(),
        name: "Tỉnh P".into(),
        level: LevelCode::new("province"),
        kind: UnitKind::Territorial,
        parent_id: Some(district.clone()),
        as_of: today,
        note: String::new(),
    };
    let changes = [
        change.clone(),
        UnitChange { parent_id: None, level: LevelCode::new("branch"), ..change.clone() },
        UnitChange { parent_id: None, as_of: today + chrono::Days::new(3), ..change.clone() },
        UnitChange { parent_id: None, as_of: "1999-01-01".parse().unwrap(), ..change },
    ];
    let mut refused = Vec::new();
    for change in changes {
        let id = province.clone();
        refused.push(stage.write(move |db| change_unit(db, &keeper(), &id, &change, now)).await.unwrap_err());
    }
    assert!(matches!(refused[0], TreeError::ParentNotAbove { .. }), "{refused:?}");
    assert!(matches!(refused[1], TreeError::ChildNotBelow { .. }), "{refused:?}");
    assert!(matches!(refused[2], TreeError::InFuture), "{refused:?}");
    assert!(matches!(refused[3], TreeError::TooEarly { .. }), "{refused:?}");
    let id = province.clone();
    let open = stage.write(move |db| close_unit(db, &keeper(), &id, today, "", now)).await;
    assert!(matches!(open, Err(TreeError::HasChildren { count: 1, .. })), "{open:?}");
    let (from, into) = (vec![province.clone()], district.clone());
    let circle = stage.write(move |db| merge_units(db, &keeper(), &from, &into, today, "", now)).await;
    assert!(matches!(circle, Err(TreeError::SameUnit)), "{circle:?}");
}

#[actix_web::test]
async fn two_changes_on_one_day_are_one_version() {
    let stage = Stage::new();
    let province = stage.a_unit("Tỉnh P").level("province").make().await;
    let (now, today) = (stage.now(), stage.now().date());
    for name in ["Tỉnh Q", "Tỉnh R"] {
        let id = province.clone();
        let act = move |db: &mut hoithi::infra::db::Db| {
            let unit = store::find(db, &id)?.unwrap();
            let change = UnitChange {
                code: unit.code,
                name: name.into(),
                level: unit.level,
                kind: unit.kind,
                parent_id: None,
                as_of: today,
                note: String::new(),
            };
            change_unit(db, &keeper(), &id, &change, now)
        };
        stage.write(act).await.unwrap();
    }
    let versions = stage.read(move |db| list_versions(db, &province)).await.unwrap();
    let names: Vec<&str> = versions.iter().map(|version| version.name.as_str()).collect();
    assert_eq!(names, ["Tỉnh R", "Tỉnh P"]);
}
