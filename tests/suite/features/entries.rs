use std::sync::Arc;

use chrono::Duration;
use hoithi::{
    base::{ids::UnitId, page::PageRequest},
    features::{
        accounts::Person,
        contests::{self, Contest},
        entries::{
            self, CheckEntryError, EntryStatus, RawDraft, Return, SaveDraftError, SubmitEntryError,
            SubmitRequest, policy,
            views::{EntryFilter, Scope, StationState, path_of_entry, search},
        },
    },
    infra::db::DbError,
};

use crate::support::Stage;

/// A province with one commune in it, an open contest, a member of the commune and an officer of the province.
struct Village {
    stage: Stage,
    province: UnitId,
    commune: UnitId,
    contest: Contest,
    member: Arc<Person>,
    officer: Arc<Person>,
}

impl Village {
    async fn new() -> Self {
        let stage = Stage::new();
        let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
        let district = stage.a_unit("huyện Ba Tri").level("district").below(&province).make().await;
        let commune = stage.a_unit("xã An Hiệp").level("commune").below(&district).make().await;
        let contest = stage.a_contest(&province).await;
        let guest = stage.a_member(&commune).await;
        let member = stage.person_of(&guest).await;
        let guest = stage.an_officer(&province).await;
        let officer = stage.person_of(&guest).await;
        Self { stage, province, commune, contest, member, officer }
    }

    async fn limit(&mut self, per_person: Option<i32>, per_unit: Option<i32>) {
        self.contest.max_per_person = per_person;
        self.contest.max_per_unit = per_unit;
        let row = self.contest.clone();
        self.stage
            .write(move |db| -> Result<(), DbError> {
                let mut now = contests::store::find(db, &row.id)?.unwrap();
                now.max_per_person = row.max_per_person;
                now.max_per_unit = row.max_per_unit;
                contests::store::save(db, &now)
            })
            .await
            .unwrap();
    }
}

#[actix_web::test]
async fn an_entry_that_is_sent_in_has_a_code_a_receipt_and_a_pool() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, .. } = &village;
    let sent = stage.a_submitted_entry(contest, commune, member, "Bộ mã QR").await;
    assert_eq!(sent.entry.status, EntryStatus::Submitted);
    assert_eq!(sent.entry.code.as_deref(), Some(format!("{}-0001", contest.code_prefix).as_str()));
    assert_eq!((sent.revision.number, sent.entry.revision), (1, 1));
    assert!(!sent.entry.is_late);
    let content: serde_json::Value = serde_json::from_str(&sent.revision.content).unwrap();
    assert_eq!(content["title"], "Bộ mã QR");
    assert_eq!(content["unit"]["name"], "xã An Hiệp");
    let hash = hoithi::base::seal::hash_hex(sent.revision.content.as_bytes());
    assert_eq!(sent.revision.content_hash, hash);
    let id = sent.entry.id.clone();
    let pool = stage.read(move |db| entries::store::find_current_pool(db, &id)).await.unwrap();
    assert!(pool.is_some());

    let second = stage.a_submitted_entry(contest, commune, member, "Bài thứ hai").await;
    assert_eq!(second.entry.code.as_deref(), Some(format!("{}-0002", contest.code_prefix).as_str()));
}

#[actix_web::test]
async fn a_draft_of_somebody_else_is_not_found() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, officer, .. } = &village;
    let draft = stage.a_draft(contest, commune, member, "Của tôi").await;
    let guest = stage.a_member(commune).await;
    let stranger = stage.person_of(&guest).await;
    for person in [stranger, Arc::clone(officer)] {
        let (entry, who) = (draft.clone(), Arc::clone(&person));
        let sees = stage.read(move |db| policy::may_see(db, Some(&who), entry.access())).await.unwrap();
        assert!(!sees, "a draft is its author's");
        let (id, now) = (draft.id.clone(), stage.now());
        let saved =
            stage.write(move |db| entries::save_draft(db, &person, &id, 1, &RawDraft::default(), now)).await;
        assert!(matches!(saved, Err(SaveDraftError::NotFound)), "{saved:?}");
    }
}

#[actix_web::test]
async fn two_windows_do_not_overwrite_each_other() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, .. } = &village;
    let draft = stage.a_draft(contest, commune, member, "Bản đầu").await;
    let save = |title: &str, edition: i32| {
        let raw = RawDraft { title: title.into(), kind: "individual".into(), ..RawDraft::default() };
        let (person, id, now) = (Arc::clone(member), draft.id.clone(), stage.now());
        stage.write(move |db| entries::save_draft(db, &person, &id, edition, &raw, now))
    };
    let first = save("Cửa sổ một", 1).await.unwrap();
    assert_eq!(first.edition, 2);
    assert!(matches!(save("Cửa sổ hai", 1).await, Err(SaveDraftError::ChangedElsewhere)));
    assert_eq!(save("Cửa sổ hai", 2).await.unwrap().title, "Cửa sổ hai");
}

#[actix_web::test]
async fn what_is_missing_is_said_and_nothing_is_sent_in() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, .. } = &village;
    let draft = stage.a_draft(contest, commune, member, "Thiếu").await;
    let (person, now) = (Arc::clone(member), stage.now());
    let request = SubmitRequest { edition: 1, consents: Vec::new() };
    let id = draft.id.clone();
    let sent = stage.write(move |db| entries::submit_entry(db, &person, &id, &request, now)).await;
    let Err(SubmitEntryError::Invalid(errors)) = sent else { panic!("{sent:?}") };
    assert!(errors.0.iter().any(|(name, _)| name.starts_with("answer-")), "{errors:?}");
    assert!(errors.0.iter().any(|(name, _)| name.starts_with("consent-")), "{errors:?}");
    let id = draft.id.clone();
    let now = stage.read(move |db| entries::store::find(db, &id)).await.unwrap().unwrap();
    assert_eq!(now.status, EntryStatus::Draft);
}

#[actix_web::test]
async fn after_the_deadline_a_draft_stays_a_draft_and_in_the_grace_it_is_late() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, .. } = &village;
    let grace = contest.clone();
    stage
        .write(move |db| -> Result<(), DbError> {
            let mut now = contests::store::find(db, &grace.id)?.unwrap();
            now.grace_minutes = 60;
            contests::store::save(db, &now)
        })
        .await
        .unwrap();
    let in_time = stage.a_full_draft(contest, commune, member, "Kịp").await;
    let too_late = stage.a_full_draft(contest, commune, member, "Không kịp").await;
    let submit = |draft: &entries::Entry, request: SubmitRequest| {
        let (person, id, now) = (Arc::clone(member), draft.id.clone(), stage.now());
        stage.write(move |db| entries::submit_entry(db, &person, &id, &request, now))
    };
    stage.clock_forward(Duration::days(30) + Duration::minutes(10));
    let request = stage.consent_to_all(contest, in_time.edition).await;
    assert!(submit(&in_time, request).await.unwrap().entry.is_late);
    let new = stage.new_draft(contest, commune, "Mới");
    let (person, now) = (Arc::clone(member), stage.now());
    let begun = stage.write(move |db| entries::create_draft(db, &person, &new, now)).await;
    assert!(matches!(begun, Err(entries::CreateDraftError::Closed)), "{begun:?}");

    stage.clock_forward(Duration::hours(1));
    let request = stage.consent_to_all(contest, too_late.edition).await;
    assert!(matches!(submit(&too_late, request).await, Err(SubmitEntryError::Closed)));
    let raw = RawDraft { title: "Vẫn giữ".into(), kind: "individual".into(), ..RawDraft::default() };
    let (person, id, now) = (Arc::clone(member), too_late.id.clone(), stage.now());
    let kept =
        stage.write(move |db| entries::save_draft(db, &person, &id, too_late.edition, &raw, now)).await;
    assert_eq!(kept.unwrap().title, "Vẫn giữ");
}

#[actix_web::test]
async fn of_two_that_are_sent_in_at_the_limit_one_wins() {
    for (per_person, per_unit) in [(Some(1), None), (None, Some(1))] {
        let mut village = Village::new().await;
        village.limit(per_person, per_unit).await;
        let Village { stage, commune, contest, member, .. } = &village;
        let one = stage.a_full_draft(contest, commune, member, "Một").await;
        let two = stage.a_full_draft(contest, commune, member, "Hai").await;
        let submit = |draft: &entries::Entry, request: SubmitRequest| {
            let (person, id, now) = (Arc::clone(member), draft.id.clone(), stage.now());
            stage.write(move |db| entries::submit_entry(db, &person, &id, &request, now))
        };
        let for_one = stage.consent_to_all(contest, one.edition).await;
        let for_two = stage.consent_to_all(contest, two.edition).await;
        let (first, second) = futures_util::future::join(submit(&one, for_one), submit(&two, for_two)).await;
        assert_eq!(usize::from(first.is_ok()) + usize::from(second.is_ok()), 1, "{first:?} {second:?}");
        let refused = if first.is_ok() { second } else { first };
        assert!(
            matches!(
                refused,
                Err(SubmitEntryError::PersonLimit { limit: 1 } | SubmitEntryError::UnitLimit { limit: 1 })
            ),
            "{refused:?}"
        );
    }
}

#[actix_web::test]
async fn an_entry_is_returned_corrected_and_accepted() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, officer, .. } = &village;
    let sent = stage.a_submitted_entry(contest, commune, member, "Cần sửa").await;
    let id = sent.entry.id.clone();
    let back = |due_in: Option<Duration>, reason: &str, who: &Arc<Person>| {
        let what = Return { reason: reason.into(), due_at: due_in.map(|span| stage.now() + span) };
        let (person, id, now) = (Arc::clone(who), id.clone(), stage.now());
        stage.write(move |db| entries::return_entry(db, &person, &id, &what, now))
    };
    assert!(matches!(back(Some(Duration::days(3)), "x", member).await, Err(CheckEntryError::NotFound)));
    assert!(matches!(back(None, "x", officer).await, Err(CheckEntryError::Invalid(_))));
    assert!(matches!(back(Some(Duration::days(-1)), "x", officer).await, Err(CheckEntryError::Invalid(_))));
    assert!(matches!(back(Some(Duration::days(1)), " ", officer).await, Err(CheckEntryError::Invalid(_))));
    let returned = back(Some(Duration::days(3)), "Thiếu tên tác giả", officer).await.unwrap();
    assert_eq!(returned.status_reason.as_deref(), Some("Thiếu tên tác giả"));

    let request = stage.consent_to_all(contest, returned.edition).await;
    let (person, now, again) = (Arc::clone(member), stage.now(), id.clone());
    let corrected =
        stage.write(move |db| entries::submit_entry(db, &person, &again, &request, now)).await.unwrap();
    assert_eq!(corrected.revision.number, 2);
    assert_eq!(corrected.entry.code, sent.entry.code);
    let of = id.clone();
    let revisions = stage.read(move |db| entries::views::list_revisions(db, &of)).await.unwrap();
    assert_eq!(revisions.iter().map(|revision| revision.number).collect::<Vec<_>>(), [1, 2]);

    for _ in 0..2 {
        let (person, now, id) = (Arc::clone(officer), stage.now(), id.clone());
        let accepted = stage.write(move |db| entries::accept_entry(db, &person, &id, now)).await.unwrap();
        assert_eq!(accepted.status, EntryStatus::Accepted);
    }
}

#[actix_web::test]
async fn a_correction_after_its_deadline_is_refused_and_kept() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, officer, .. } = &village;
    let sent = stage.a_submitted_entry(contest, commune, member, "Trễ").await;
    let what = Return { reason: "Sửa".into(), due_at: Some(stage.now() + Duration::days(1)) };
    let (person, id, now) = (Arc::clone(officer), sent.entry.id.clone(), stage.now());
    let returned = stage.write(move |db| entries::return_entry(db, &person, &id, &what, now)).await.unwrap();
    stage.clock_forward(Duration::days(2));
    let request = stage.consent_to_all(contest, returned.edition).await;
    let (person, id, now) = (Arc::clone(member), sent.entry.id.clone(), stage.now());
    let again = stage.write(move |db| entries::submit_entry(db, &person, &id, &request, now)).await;
    assert!(matches!(again, Err(SubmitEntryError::CorrectionLate)), "{again:?}");
}

#[actix_web::test]
async fn what_is_withdrawn_or_rejected_leaves_its_pool_and_a_rejection_can_be_taken_back() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, officer, .. } = &village;
    let one = stage.a_submitted_entry(contest, commune, member, "Rút").await.entry;
    let two = stage.a_submitted_entry(contest, commune, member, "Từ chối").await.entry;
    let of = one.id.clone();
    let pool = stage.read(move |db| entries::store::find_current_pool(db, &of)).await.unwrap().unwrap();
    let n_standing = || {
        let pool = pool.id.clone();
        async { stage.read(move |db| entries::views::list_in_pool(db, &pool)).await.unwrap().len() }
    };
    assert_eq!(n_standing().await, 2);
    let (person, id, now) = (Arc::clone(member), one.id.clone(), stage.now());
    stage.write(move |db| entries::withdraw_entry(db, &person, &id, now)).await.unwrap();
    let (person, id, now) = (Arc::clone(officer), two.id.clone(), stage.now());
    stage.write(move |db| entries::reject_entry(db, &person, &id, "Ngoài thể lệ", now)).await.unwrap();
    assert_eq!(n_standing().await, 0);
    let (person, id, now) = (Arc::clone(officer), two.id.clone(), stage.now());
    stage.write(move |db| entries::accept_entry(db, &person, &id, now)).await.unwrap();
    assert_eq!(n_standing().await, 1);
    let (person, id, now) = (Arc::clone(officer), one.id.clone(), stage.now());
    let accepted = stage.write(move |db| entries::accept_entry(db, &person, &id, now)).await;
    assert!(matches!(accepted, Err(CheckEntryError::NotInThisState)), "{accepted:?}");
}

#[actix_web::test]
async fn a_search_finds_folded_words_below_a_unit_and_counts_each_state() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, officer, province } = &village;
    stage.a_draft(contest, commune, member, "Chưa gửi").await;
    let one = stage.a_submitted_entry(contest, commune, member, "Ô chữ khởi nghiệp").await.entry;
    stage.a_submitted_entry(contest, commune, member, "Bảo vệ môi trường").await;
    let (person, id, now) = (Arc::clone(officer), one.id.clone(), stage.now());
    stage.write(move |db| entries::accept_entry(db, &person, &id, now)).await.unwrap();
    let elsewhere = stage.a_unit("xã Khác").level("commune").below(province).make().await;
    let find = |text: &str, unit: &UnitId, status: Option<EntryStatus>| {
        let filter = EntryFilter { text: text.into(), status, ..EntryFilter::default() };
        let scope = Scope::Below(unit.clone());
        async move {
            let found = stage.read(move |db| search(db, &scope, &filter, PageRequest::new(None, 50))).await;
            let found = found.unwrap();
            let titles: Vec<String> = found.rows.iter().map(|row| row.title.clone()).collect();
            (found.total, titles, found.by_status)
        }
    };
    let (total, titles, by_status) = find("", province, None).await;
    assert_eq!((total, titles.len()), (2, 2));
    assert_eq!(by_status.get(&EntryStatus::Accepted), Some(&1));
    assert_eq!(find("o chu KHOI", commune, None).await.1, ["Ô chữ khởi nghiệp"]);
    assert_eq!(find("môi trường", province, Some(EntryStatus::Accepted)).await.0, 0);
    assert_eq!(find("an hiep", province, Some(EntryStatus::Submitted)).await.1, ["Bảo vệ môi trường"]);
    assert_eq!(find("", &elsewhere, None).await.0, 0);
    assert_eq!(find("100% _ \\ '", province, None).await.0, 0);
}

#[actix_web::test]
async fn a_path_shows_every_unit_up_to_the_host_and_where_the_entry_is() {
    let village = Village::new().await;
    let Village { stage, commune, contest, member, .. } = &village;
    let entry = stage.a_submitted_entry(contest, commune, member, "Đường đi").await.entry;
    let of = contest.clone();
    let path = stage.read(move |db| path_of_entry(db, &entry, &of, false)).await.unwrap();
    let names: Vec<&str> = path.iter().map(|station| station.name.as_str()).collect();
    assert_eq!(names, ["xã An Hiệp", "huyện Ba Tri", "tỉnh Bến Tre"]);
    assert_eq!(path.iter().filter(|station| station.state == StationState::Here).count(), 1);
}
