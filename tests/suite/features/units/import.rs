use std::time::Instant;

use hoithi::features::units::{
    TreeKeeper,
    import::{self, ImportUnitsError, import_units, plan_import},
    views::{find_by_code, list_children, list_levels, path_of, tree_on},
};

use super::{BEN_TRE, import_file, unit};
use crate::support::Stage;

#[actix_web::test]
async fn the_tree_of_the_whole_country_is_imported_in_seconds() {
    let stage = Stage::new();
    let bytes = std::fs::read("demo/data/vn_units_full.csv").unwrap();
    let started = Instant::now();
    import_file(&stage, bytes.clone()).await;
    let took = started.elapsed();
    assert!(took.as_secs() < 30, "{took:?}");

    let path = stage
        .read(|db| {
            let unit = find_by_code(db, "29098")?.expect("a commune of Bến Tre");
            path_of(db, &unit.id)
        })
        .await
        .unwrap();
    let levels: Vec<&str> = path.iter().map(|unit| unit.level.as_str()).collect();
    assert_eq!(levels, ["commune", "district", "province"]);
    assert_eq!(path[2].name, "Tỉnh Bến Tre");

    let as_of = stage.now().date();
    let plan = stage
        .read(move |db| {
            let file = import::read(&bytes, &list_levels(db)?);
            plan_import(db, &file, as_of)
        })
        .await
        .unwrap();
    assert_eq!((plan.new.len(), plan.changed.len(), plan.unchanged), (0, 0, 11_367));
    assert_eq!(plan.errors, []);
}

#[actix_web::test]
async fn the_union_s_tree_has_its_grassroots_units_at_the_commune_level() {
    let stage = Stage::new();
    import_file(&stage, std::fs::read(BEN_TRE).unwrap()).await;
    let province = unit(&stage, "83").await;
    let districts = stage.read(move |db| list_children(db, &province)).await.unwrap();
    assert_eq!(districts.len(), 9);
    let date = stage.now().date();
    let tree = stage.read(move |db| tree_on(db, date)).await.unwrap();
    let province = unit(&stage, "83").await;
    let communes = tree.subtree(&province).iter().filter(|unit| unit.level.as_str() == "commune").count();
    assert_eq!(communes, 157);
}

#[actix_web::test]
async fn a_second_file_renames_and_moves_and_leaves_alone_what_it_does_not_name() {
    let stage = Stage::new();
    let first = "code,name,level,parent_code\nP,Tỉnh P,province,\nA,Huyện A,district,P\nB,Huyện B,district,P\n\
        X,Xã X,commune,A\nY,Ấp Y,branch,X\n";
    import_file(&stage, first.into()).await;
    let (now, as_of) = (stage.now(), stage.now().date());
    let second = "code,name,level,parent_code\nX,Xã X mới,commune,B\n";
    let plan = stage
        .write(move |db| {
            let file = import::read(second.as_bytes(), &list_levels(db)?);
            import_units(db, &TreeKeeper::operator(), &file, as_of, None, now)
        })
        .await
        .unwrap();
    assert_eq!((plan.renamed(), plan.moved(), plan.missing.len()), (1, 1, 4));

    let branch = unit(&stage, "Y").await;
    let path = stage.read(move |db| path_of(db, &branch)).await.unwrap();
    let names: Vec<&str> = path.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["Ấp Y", "Xã X mới", "Huyện B", "Tỉnh P"], "what hangs below moves along");

    let before = stage.read(|db| tree_on(db, "2023-01-01".parse().unwrap())).await.unwrap();
    let commune = unit(&stage, "X").await;
    let names: Vec<&str> = before.path(&commune).iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["Xã X", "Huyện A", "Tỉnh P"], "the tree of an earlier day stays");
}

#[actix_web::test]
async fn a_file_with_one_wrong_line_imports_nothing() {
    let stage = Stage::new();
    let (now, as_of) = (stage.now(), stage.now().date());
    let text = "code,name,level,parent_code\nP,Tỉnh P,province,\nX,Xã X,commune,nowhere\n";
    let refused = stage
        .write(move |db| {
            let file = import::read(text.as_bytes(), &list_levels(db)?);
            import_units(db, &TreeKeeper::operator(), &file, as_of, None, now)
        })
        .await;
    assert!(matches!(refused, Err(ImportUnitsError::HasErrors { count: 1 })), "{refused:?}");
    assert_eq!(stage.read(|db| find_by_code(db, "P")).await.unwrap(), None);
}

#[actix_web::test]
async fn what_was_not_shown_is_not_done() {
    let stage = Stage::new();
    let (now, as_of) = (stage.now(), stage.now().date());
    let text = "code,name,level,parent_code\nP,Tỉnh P,province,\n";
    let act = move |db: &mut hoithi::infra::db::Db| {
        let file = import::read(text.as_bytes(), &list_levels(db)?);
        let shown = plan_import(db, &file, as_of)?.fingerprint();
        import_units(db, &TreeKeeper::operator(), &file, as_of, Some(&shown), now)?;
        // The tree is another one now, so the same agreement counts no more.
        import_units(db, &TreeKeeper::operator(), &file, as_of, Some(&shown), now)
    };
    assert!(matches!(stage.write(act).await, Err(ImportUnitsError::ChangedMeanwhile)));
}
