use std::sync::Arc;

use chrono::Duration;
use diesel::prelude::*;
use hoithi::{
    base::points::Points,
    features::{
        accounts::Person,
        attachments::upkeep::store::list_without_work,
        audit::AuditRecord,
        contests::{
            Contest, Declared, EntryKind, FieldKind, FieldOption, MediaKind,
            change::{
                ChangeContestError, ConsentForm, CriterionForm, DatesForm, Direction, DiscardContestError,
                Edit, EndContestError, FieldForm, LimitsForm, PartRow, Removed, RoundForm, discard_contest,
                end_contest, move_row, remove_row, save_consent, save_criterion, save_dates, save_field,
                save_limits, save_round,
            },
            store, views,
        },
    },
    infra::db::{Db, schema},
};

use crate::support::Stage;

/// A contest with one entry sent in by a member, and its organiser.
struct Running {
    stage: Stage,
    contest: Contest,
    organiser: Arc<Person>,
}

impl Running {
    async fn with_an_entry() -> Self {
        let running = Self::without_entries().await;
        let province = running
            .stage
            .a_unit("tỉnh Bến Tre")
            .level("province")
            .below(&running.contest.host_unit_id)
            .make();
        let province = province.await;
        let member = running.stage.a_member(&province).await;
        let member = running.stage.person_of(&member).await;
        running.stage.a_submitted_entry(&running.contest, &province, &member, "Sổ tay số").await;
        running
    }

    async fn without_entries() -> Self {
        let stage = Stage::new();
        let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
        let contest = stage.a_contest(&centre).await;
        let officer = stage.an_officer(&centre).await;
        let organiser = stage.person_of(&officer).await;
        Self { stage, contest, organiser }
    }

    async fn declared(&self) -> Declared {
        let id = self.contest.id.clone();
        let load = move |db: &mut Db| {
            let contest = store::find(db, &id)?.expect("the contest is there");
            Declared::load(db, contest)
        };
        self.stage.read(load).await.unwrap().unwrap()
    }

    /// Runs a change on the contest as it stands now, with a reason.
    async fn change<T: Send + 'static>(
        &self,
        act: impl Fn(&mut Db, &Person, &Edit) -> Result<T, ChangeContestError> + Send + 'static,
    ) -> Result<T, ChangeContestError> {
        let edition = self.declared().await.contest.edition;
        let edit = Edit { contest_id: self.contest.id.clone(), edition, reason: "Công văn 12".into() };
        let organiser = Arc::clone(&self.organiser);
        self.stage.write(move |db| act(db, &organiser, &edit)).await
    }
}

fn limits() -> LimitsForm {
    LimitsForm {
        kinds: vec![EntryKind::Individual, EntryKind::Collective],
        max_per_person: None,
        max_per_unit: None,
        code_prefix: "BT".into(),
    }
}

#[actix_web::test]
async fn limits_are_not_tightened_below_what_was_sent_in() {
    let running = Running::with_an_entry().await;
    let now = running.stage.now();
    for (form, refused) in [
        (LimitsForm { kinds: vec![EntryKind::Collective], ..limits() }, "KindSentIn"),
        (LimitsForm { code_prefix: "XX".into(), ..limits() }, "PrefixUsed"),
    ] {
        let result = running.change(move |db, person, edit| save_limits(db, person, edit, &form, now)).await;
        assert_eq!(format!("{:?}", result.unwrap_err()), refused);
    }
    let form = LimitsForm { max_per_person: Some(1), max_per_unit: Some(1), ..limits() };
    running.change(move |db, person, edit| save_limits(db, person, edit, &form, now)).await.unwrap();
}

#[actix_web::test]
async fn a_deadline_moves_only_to_a_moment_to_come() {
    let running = Running::with_an_entry().await;
    let now = running.stage.now();
    let dates = |closes: Duration| DatesForm {
        opens_at: running.contest.opens_at,
        closes_at: Some(now + closes),
        grace_minutes: 0,
    };
    let past = dates(Duration::minutes(-5));
    let opens = running.contest.opens_at.map(|at| at - Duration::days(1));
    let past = DatesForm { opens_at: opens, ..past };
    let result = running.change(move |db, person, edit| save_dates(db, person, edit, &past, now)).await;
    assert!(matches!(result, Err(ChangeContestError::ClosingInThePast)), "{result:?}");
    let later = DatesForm { opens_at: Some(now + Duration::days(1)), ..dates(Duration::days(5)) };
    let result = running.change(move |db, person, edit| save_dates(db, person, edit, &later, now)).await;
    assert!(matches!(result, Err(ChangeContestError::OpeningAfterEntries)), "{result:?}");
    let longer = dates(Duration::days(60));
    let contest =
        running.change(move |db, person, edit| save_dates(db, person, edit, &longer, now)).await.unwrap();
    assert_eq!(contest.closes_at, Some(now + Duration::days(60)));
}

#[actix_web::test]
async fn a_change_is_refused_with_an_old_edition_without_a_reason_or_after_the_end() {
    let running = Running::without_entries().await;
    let (organiser, now) = (Arc::clone(&running.organiser), running.stage.now());
    for (edition, reason, expected) in [(1, "x", "Stale"), (2, " ", "Invalid"), (2, "x", "Ok")] {
        let edit = Edit { contest_id: running.contest.id.clone(), edition, reason: reason.into() };
        let person = Arc::clone(&organiser);
        let result = running.stage.write(move |db| save_limits(db, &person, &edit, &limits(), now)).await;
        let said = result.map_or_else(|error| format!("{error:?}"), |_| "Ok".into());
        assert!(said.starts_with(expected), "{said}");
    }
    let (person, id) = (Arc::clone(&organiser), running.contest.id.clone());
    let early = running.stage.write(move |db| end_contest(db, &person, &id, now)).await;
    assert!(matches!(early, Err(EndContestError::StillTaking)));
    running.stage.clock_forward(Duration::days(31));
    let (person, id, now) = (organiser, running.contest.id.clone(), running.stage.now());
    running.stage.write(move |db| end_contest(db, &person, &id, now)).await.unwrap();
    let result = running.change(move |db, person, edit| save_limits(db, person, edit, &limits(), now)).await;
    assert!(matches!(result, Err(ChangeContestError::Ended)));
}

fn form_of(field: &hoithi::features::contests::Field) -> FieldForm {
    FieldForm {
        id: Some(field.id.clone()),
        kind: field.kind,
        label: field.label.clone(),
        label_en: field.label_en.clone(),
        help: field.help.clone(),
        help_en: field.help_en.clone(),
        is_required: field.is_required,
        is_public: field.is_public,
        settings: field.settings.0.clone(),
    }
}

#[actix_web::test]
async fn fields_that_were_answered_keep_their_promise() {
    let running = Running::with_an_entry().await;
    let now = running.stage.now();
    let fields = running.declared().await.fields;
    let of_kind = |kind: FieldKind| fields.iter().find(|field| field.kind == kind).unwrap();
    let link = of_kind(FieldKind::Link);
    let text = of_kind(FieldKind::LongText);
    let files = of_kind(FieldKind::Files);
    let mut smaller = form_of(files);
    smaller.settings.max_bytes = Some(1);
    for (form, refused) in [
        (FieldForm { is_required: true, ..form_of(link) }, "FieldBecomesRequired"),
        (FieldForm { id: None, is_required: true, ..form_of(link) }, "FieldBecomesRequired"),
        (FieldForm { kind: FieldKind::ShortText, ..form_of(text) }, "FieldAnswered"),
        (smaller, "FilesAboveLimit"),
    ] {
        let result = running.change(move |db, person, edit| save_field(db, person, edit, &form, now)).await;
        assert_eq!(format!("{:?}", result.unwrap_err()), refused);
    }
    let hidden = FieldForm { is_public: false, ..form_of(text) };
    running.change(move |db, person, edit| save_field(db, person, edit, &hidden, now)).await.unwrap();
    let shown = form_of(text);
    let result = running.change(move |db, person, edit| save_field(db, person, edit, &shown, now)).await;
    assert!(matches!(result, Err(ChangeContestError::FieldBecomesPublic)));
}

#[actix_web::test]
async fn when_a_slot_becomes_the_cover_lists_look_at_the_files_anew() {
    let running = Running::with_an_entry().await;
    let now = running.stage.now();
    let fields = running.declared().await.fields;
    let mut form = form_of(fields.iter().find(|field| field.kind == FieldKind::Files).unwrap());
    form.settings.media = vec![MediaKind::Picture];
    let unknown = async || running.stage.read(|db| list_without_work(db, 10)).await.unwrap();
    for (is_cover, n_unknown) in [(false, 0), (true, 1)] {
        form.settings.is_cover = is_cover;
        let form = form.clone();
        running.change(move |db, person, edit| save_field(db, person, edit, &form, now)).await.unwrap();
        assert_eq!(unknown().await.len(), n_unknown, "{is_cover}");
    }
}

#[actix_web::test]
async fn an_option_that_was_chosen_is_neither_removed_nor_renamed() {
    let running = Running::with_an_entry().await;
    let now = running.stage.now();
    let declared = running.declared().await;
    let is_list = |kind| matches!(kind, FieldKind::OneOf | FieldKind::ManyOf | FieldKind::Tools);
    let mut fields = declared.fields.iter();
    let field =
        fields.find(|field| is_list(field.kind) && field.is_required).expect("a list to answer").clone();
    let options = field.settings.options.clone();
    let save = async |options: Vec<FieldOption>| {
        let mut form = form_of(&field);
        form.settings.options = options;
        let saved = running.change(move |db, person, edit| save_field(db, person, edit, &form, now)).await;
        saved.map(drop).map_err(|error| format!("{error:?}"))
    };
    // The entry of the stage chose the first.
    let refused = format!("OptionsInUse {{ options: {:?} }}", options[0].label);
    assert_eq!(save(options[1..].to_vec()).await, Err(refused.clone()));
    let mut renamed = options.clone();
    renamed[0].value = "tên khác".into();
    renamed[0].label = "tên khác".into();
    assert_eq!(save(renamed).await, Err(refused));
    let without_the_last = options[..options.len() - 1].to_vec();
    assert!(save(without_the_last).await.is_ok(), "nobody chose the last");
    let mut turned = options.clone();
    turned.rotate_left(1);
    turned.push(FieldOption { value: "thêm".into(), label: "thêm".into(), label_en: "more".into() });
    assert!(save(turned).await.is_ok(), "options may be added and stand in another order");
}

#[actix_web::test]
async fn a_draft_contest_is_discarded_and_an_open_one_is_not() {
    let stage = Stage::new();
    let centre = stage.a_unit("Trung ương Hội").level("central").make().await;
    let district = stage.a_unit("huyện Ba Tri").level("district").below(&centre).make().await;
    let draft = stage.a_draft_contest(&centre).await;
    let (officer, stranger) = (stage.an_officer(&centre).await, stage.an_officer(&district).await);
    let (officer, stranger) = (stage.person_of(&officer).await, stage.person_of(&stranger).await);
    let (now, id) = (stage.now(), draft.id.clone());
    let discard = |person: &Arc<Person>, id: &hoithi::base::ids::ContestId| {
        let (person, id) = (Arc::clone(person), id.clone());
        stage.write(move |db| discard_contest(db, &person, &id, now))
    };
    assert!(matches!(discard(&stranger, &id).await, Err(DiscardContestError::NotFound)));
    assert!(discard(&officer, &id).await.is_ok());
    assert!(matches!(discard(&officer, &id).await, Err(DiscardContestError::NotFound)), "once is enough");
    let slug = draft.slug.as_str().to_owned();
    assert_eq!(stage.read(move |db| views::find_by_slug(db, &slug)).await.unwrap(), None);
    let written =
        move |db: &mut Db| hoithi::features::audit::views::history_of(db, ("contest", id.as_str()), 5);
    let written = stage.read(written).await.unwrap();
    assert!(written.iter().any(|row| row.record.action == "contest.discard"));

    let next = stage.a_contest(&centre).await;
    assert_eq!(next.slug, draft.slug, "the name in addresses is free again");
    assert!(matches!(discard(&officer, &next.id).await, Err(DiscardContestError::NotDraft)));
}

#[actix_web::test]
async fn an_answered_field_is_retired_and_an_unused_one_deleted() {
    let running = Running::with_an_entry().await;
    let now = running.stage.now();
    let fields = running.declared().await.fields;
    for (kind, expected) in [(FieldKind::LongText, Removed::Retired), (FieldKind::Link, Removed::Deleted)] {
        let id = fields.iter().find(|field| field.kind == kind).unwrap().id.clone();
        let row = PartRow::Field(id.clone());
        let (_, removed) =
            running.change(move |db, person, edit| remove_row(db, person, edit, &row, now)).await.unwrap();
        assert_eq!(removed, expected);
        let kept = running.stage.read(move |db| store::find_field(db, &id)).await.unwrap();
        assert_eq!(kept.map(|field| field.is_retired), (expected == Removed::Retired).then_some(true));
    }
}

#[actix_web::test]
async fn a_changed_consent_becomes_the_next_version() {
    let running = Running::with_an_entry().await;
    let now = running.stage.now();
    let before = running.declared().await.consents[0].clone();
    let form = ConsentForm {
        id: Some(before.id.clone()),
        purpose: before.purpose.clone(),
        text: "Lời mới".into(),
        text_en: String::new(),
        is_required: true,
    };
    running.change(move |db, person, edit| save_consent(db, person, edit, &form, now)).await.unwrap();
    let after = running.declared().await.consents[0].clone();
    assert_eq!((after.version, after.text.as_str()), (2, "Lời mới"));
    assert_ne!(after.id, before.id);
    let id = running.contest.id.clone();
    let versions = running.stage.read(move |db| views::list_consent_versions(db, &id)).await.unwrap();
    let old = versions.iter().find(|row| row.id == before.id).unwrap();
    assert_eq!((old.text.as_str(), old.superseded_at), (before.text.as_str(), Some(now)));
}

fn round_form(declared: &Declared, number: usize) -> RoundForm {
    let round = &declared.rounds[number].round;
    RoundForm {
        id: Some(round.id.clone()),
        name: round.name.clone(),
        name_en: round.name_en.clone(),
        pool_level: round.pool_level.clone(),
        method: round.method,
        judges_per_entry: round.judges_per_entry,
        is_blind: round.is_blind,
        aggregation: round.aggregation,
        tie_chain: round.tie_chain.0.clone(),
        cut_policy: round.cut_policy,
        vote_weight: round.vote_weight,
        quota: round.quota.0.clone(),
        opens_at: round.opens_at,
        closes_at: round.closes_at,
        feedback: round.feedback,
        is_standardised: round.is_standardised,
        carry_weight: round.carry_weight,
    }
}

#[actix_web::test]
async fn rounds_keep_their_order_and_level_once_entries_stand_in_them() {
    let running = Running::with_an_entry().await;
    let now = running.stage.now();
    let declared = running.declared().await;
    let first = declared.rounds[0].round.id.clone();
    let moved = PartRow::Round(first.clone());
    let result = running
        .change(move |db, person, edit| move_row(db, person, edit, &moved, Direction::Down, now))
        .await;
    assert!(matches!(result, Err(ChangeContestError::RoundsHavePools)));
    let removed = PartRow::Round(first);
    let result = running.change(move |db, person, edit| remove_row(db, person, edit, &removed, now)).await;
    assert!(matches!(result, Err(ChangeContestError::RoundsHavePools)));
    let mut form = round_form(&declared, 0);
    form.pool_level = declared.rounds[1].round.pool_level.clone();
    let result = running.change(move |db, person, edit| save_round(db, person, edit, &form, now)).await;
    assert!(matches!(result, Err(ChangeContestError::RoundsHavePools)));
    // How it is judged may still change: nobody has judged.
    let mut form = round_form(&declared, 0);
    form.judges_per_entry = 5;
    running.change(move |db, person, edit| save_round(db, person, edit, &form, now)).await.unwrap();
    let after = running.declared().await;
    assert_eq!(after.rounds[0].round.judges_per_entry, 5);
    assert_eq!(after.rounds[0].round.lot_seed, declared.rounds[0].round.lot_seed);
}

#[actix_web::test]
async fn the_form_of_a_round_is_settled_by_its_first_sheet() {
    let stage = Stage::new();
    let judged = stage.a_judged_pool(1, 3, 3).await;
    let entry = judged.entries[0].clone();
    stage.give_sheet(&judged, 0, &entry, 8).await;
    let organiser = stage.person_of(&judged.officer).await;
    let (contest, criteria) = (judged.contest, judged.criteria);
    let running = Running { stage, contest, organiser };
    let now = running.stage.now();
    let row = &criteria[0];
    let form = CriterionForm {
        id: Some(row.id.clone()),
        round_id: row.round_id.clone(),
        group_name: String::new(),
        name: row.name.clone(),
        name_en: String::new(),
        description: String::new(),
        min_mark: Points::ZERO,
        max_mark: Points::whole(50),
        step: Points::ONE,
        weight: None,
        is_required: true,
        descriptors: Vec::new(),
    };
    let result = running.change(move |db, person, edit| save_criterion(db, person, edit, &form, now)).await;
    assert!(matches!(result, Err(ChangeContestError::RoundHasSheets)), "{result:?}");
    let removed = PartRow::Criterion(row.round_id.clone(), row.id.clone());
    let result = running.change(move |db, person, edit| remove_row(db, person, edit, &removed, now)).await;
    assert!(matches!(result, Err(ChangeContestError::RoundHasSheets)));
    let mut form = round_form(&running.declared().await, 0);
    form.is_blind = !form.is_blind;
    let result = running.change(move |db, person, edit| save_round(db, person, edit, &form, now)).await;
    assert!(matches!(result, Err(ChangeContestError::RoundHasSheets)));
}

#[actix_web::test]
async fn a_removed_criterion_leaves_the_order_for_ties() {
    let running = Running::without_entries().await;
    let now = running.stage.now();
    let declared = running.declared().await;
    let round = &declared.rounds[0];
    let gone = round.criteria[1].id.clone();
    let row = PartRow::Criterion(round.round.id.clone(), gone.clone());
    running.change(move |db, person, edit| remove_row(db, person, edit, &row, now)).await.unwrap();
    let after = running.declared().await;
    assert_eq!(after.rounds[0].round.tie_chain.len(), round.round.tie_chain.len() - 1);
    assert!(!serde_json::to_string(&after.rounds[0].round.tie_chain.0).unwrap().contains(gone.as_str()));
}

#[actix_web::test]
async fn what_changed_is_written_down_with_its_reason() {
    let running = Running::without_entries().await;
    let now = running.stage.now();
    let form = LimitsForm { max_per_person: Some(3), ..limits() };
    running.change(move |db, person, edit| save_limits(db, person, edit, &form, now)).await.unwrap();
    let id = running.contest.id.clone();
    let records = running.stage.read(move |db| {
        let of_contest = schema::audit::table.filter(schema::audit::contest_id.eq(&id));
        Ok(of_contest.select(AuditRecord::as_select()).load::<AuditRecord>(db)?)
    });
    let records = records.await.unwrap();
    let record = records.iter().find(|record| record.action == "contest.limits").unwrap();
    assert_eq!(record.details["reason"], "Công văn 12");
    assert_eq!(record.details["changed"]["max_per_person"]["to"], 3);
    assert_ne!(record.before_hash, record.after_hash);
}
