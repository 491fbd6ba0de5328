use diesel::RunQueryDsl;
use hoithi::{
    base::page::PageRequest,
    features::audit::{
        Happening, append, seal_pending, verify,
        views::{AuditFilter, has_unsealed, history_of, is_newest_unsealed, list},
    },
    infra::db::DbError,
};

use crate::support::Stage;

async fn happen(stage: &Stage, count: usize) {
    let now = stage.now();
    let act = move |db: &mut hoithi::infra::db::Db| -> Result<(), DbError> {
        for number in 0..count {
            let subject = format!("thing {number}");
            let happening = Happening {
                contest: None,
                by: None,
                action: if number % 2 == 0 { "thing.make" } else { "thing.break" },
                subject: ("thing", &subject),
                before: None,
                after: Some(serde_json::json!({ "number": number })),
                details: serde_json::json!({ "b": 1, "a": "ă" }),
            };
            append(db, &happening, now)?;
        }
        Ok(())
    };
    stage.write(act).await.unwrap();
}

#[actix_web::test]
async fn a_chain_holds_until_a_record_is_changed() {
    let stage = Stage::new();
    happen(&stage, 5).await;
    let is_something_to_do = async || {
        let (newest, any) = (stage.read(is_newest_unsealed).await, stage.read(has_unsealed).await);
        (newest.unwrap(), any.unwrap())
    };
    assert_eq!(stage.read(verify).await.unwrap().waiting, 5);
    assert_eq!(is_something_to_do().await, (true, true));
    assert_eq!(stage.write(seal_pending).await.unwrap(), 5);
    assert_eq!(is_something_to_do().await, (false, false));
    assert_eq!(stage.write(seal_pending).await.unwrap(), 0, "sealing twice seals nothing anew");
    happen(&stage, 2).await;
    assert_eq!(is_something_to_do().await, (true, true));
    assert_eq!(stage.write(seal_pending).await.unwrap(), 2);
    assert_eq!(is_something_to_do().await, (false, false));
    let verdict = stage.read(verify).await.unwrap();
    assert!(verdict.holds());
    assert_eq!((verdict.chains, verdict.sealed, verdict.waiting), (1, 7, 0));

    stage
        .write(|db| -> Result<(), DbError> {
            diesel::sql_query("UPDATE audit SET details = '{}' WHERE subject_id = 'thing 3'").execute(db)?;
            Ok(())
        })
        .await
        .unwrap();
    let verdict = stage.read(verify).await.unwrap();
    assert_eq!(verdict.broken, [("platform".to_owned(), 4)]);
}

#[actix_web::test]
async fn two_sealers_at_once_make_one_chain() {
    let stage = Stage::new();
    happen(&stage, 40).await;
    let sealers = (0..6).map(|_| stage.write(seal_pending));
    let sealed: usize =
        futures_util::future::join_all(sealers).await.into_iter().map(|count| count.unwrap_or(0)).sum();
    // Whoever came second and was refused leaves the rest to the next second.
    let rest = stage.write(seal_pending).await.unwrap();
    assert_eq!(sealed + rest, 40);
    assert!(stage.read(verify).await.unwrap().holds());
}

#[actix_web::test]
async fn records_are_found_by_what_happened_and_to_what() {
    let stage = Stage::new();
    happen(&stage, 5).await;
    let (all, made, none, history) = stage
        .read(|db| {
            let page = PageRequest::new(None, 2);
            let filter = |action: &str| AuditFilter { action: action.into(), ..AuditFilter::default() };
            Ok((
                list(db, &filter("thing"), page)?,
                list(db, &filter("thing.make"), page)?,
                list(db, &filter("%"), PageRequest::new(Some(9), 2))?,
                history_of(db, ("thing", "thing 1"), 10)?,
            ))
        })
        .await
        .unwrap();
    assert_eq!((all.total, all.rows.len()), (5, 2));
    assert_eq!(made.total, 3);
    assert_eq!(none.rows.len(), 0);
    assert_eq!(history.len(), 1);
    assert_eq!(history[0].record.action, "thing.break");
}
