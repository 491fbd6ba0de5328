//! Forms that are sent at the same moment: twice by one person, or by two who do not know of each other.

use actix_web::http::StatusCode;
use futures_util::future::join;
use hoithi::{
    base::ids::{EntryId, PoolId},
    features::{
        contests::{EntryKind, RoundMethod},
        entries,
        judging::sheets::field_of,
        publication::{self, Scope},
        selection,
    },
};

use crate::support::{Answer, SmallContest, Stage};

/// The one that did it and the one that came second.
fn first_and_second(answers: (Answer, Answer)) -> (Answer, Answer) {
    let (one, other) = answers;
    let statuses = (one.status, other.status);
    let (first, second) = if one.status == StatusCode::SEE_OTHER { (one, other) } else { (other, one) };
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{statuses:?}: {}", first.body);
    assert_eq!(second.status, StatusCode::CONFLICT, "{statuses:?}: {}", second.body);
    (first, second)
}

async fn a_pool_to_decide(stage: &Stage) -> (SmallContest, PoolId, EntryId) {
    let rounds = [("province", RoundMethod::Decide, Some(2)), ("central", RoundMethod::Decide, None)];
    let small = stage.a_small_contest(&rounds).await;
    let entry = stage.an_entry_in(&small, "Sổ tay số", &small.communes[0], EntryKind::Individual).await;
    let pool = stage.pool_at(&small, 0, &small.province).await;
    (small, pool, entry)
}

#[actix_web::test]
async fn of_two_officers_who_decide_at_once_one_decides_and_the_other_keeps_what_was_typed() {
    let stage = Stage::new();
    let (mut small, pool, entry) = a_pool_to_decide(&stage).await;
    let path = format!("/manage/pools/{pool}/decision");
    let outcome = format!("outcome-{entry}");
    let fields = |outcome_is: &'static str, minutes: &'static str| {
        vec![
            (outcome.as_str(), outcome_is),
            ("body_name", "Ban Thường vụ Hội LHPN tỉnh"),
            ("members_present", "Trần Thị A\nLê Thị B"),
            ("minutes", minutes),
            ("replaces", "0"),
            ("confirm", "1"),
        ]
    };
    let (one, other) =
        (fields("nominated", "Biên bản của một bên."), fields("chosen", "Biên bản của bên kia."));
    let answers = join(small.provincial.post(&path, &one), small.organiser.post(&path, &other)).await;
    let provincial_was_first = answers.0.status == StatusCode::SEE_OTHER;
    let (_, second) = first_and_second(answers);
    let kept =
        if provincial_was_first { "Biên bản của bên kia." } else { "Biên bản của một bên." };
    assert!(second.body.contains(kept), "{}", second.body);
    assert!(second.body.contains("vừa có quyết định lần 1"), "{}", second.body);
    let decisions = stage.read(move |db| selection::views::list_decisions(db, &pool)).await.unwrap();
    assert_eq!(decisions.len(), 1);
}

#[actix_web::test]
async fn an_entry_that_is_sent_in_twice_at_once_has_one_receipt() {
    let stage = Stage::new();
    let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
    let commune = stage.a_unit("xã An Hiệp").below(&province).make().await;
    let contest = stage.a_contest(&province).await;
    let mut member = stage.a_member(&commune).await;
    let mut same = member.again();
    let person = stage.person_of(&member).await;
    let draft = stage.a_full_draft(&contest, &commune, &person, "Gửi hai lần").await;
    let edition = draft.edition.to_string();
    let consents = stage.consent_to_all(&contest, draft.edition).await.consents;
    let consents: Vec<String> = consents.iter().map(|consent| format!("consent-{consent}")).collect();
    let mut fields = vec![("version", edition.as_str())];
    fields.extend(consents.iter().map(|name| (name.as_str(), "1")));
    let path = format!("/my/entries/{}/submit", draft.id);
    let (one, other) = join(member.post(&path, &fields), same.post(&path, &fields)).await;
    for answer in [one, other] {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.location, format!("/my/entries/{}/receipts/1", draft.id));
    }
    let id = draft.id.clone();
    let revisions = stage.read(move |db| entries::views::list_revisions(db, &id)).await.unwrap();
    assert_eq!(revisions.len(), 1);
}

#[actix_web::test]
async fn a_result_that_is_published_twice_at_once_has_one_version() {
    let stage = Stage::new();
    let (mut small, pool, entry) = a_pool_to_decide(&stage).await;
    stage.decided(&small.provincial, &pool, &[(&entry, selection::Outcome::Chosen)]).await;
    let path = format!("/manage/pools/{pool}/publish");
    let mut same = small.provincial.again();
    let fields = [("replaces", "0"), ("confirm", "1")];
    let answers = join(small.provincial.post(&path, &fields), same.post(&path, &fields)).await;
    first_and_second(answers);
    let latest =
        stage.read(move |db| publication::views::latest(db, &Scope::Pool(pool.clone()))).await.unwrap();
    assert_eq!(latest.unwrap().version, 1);
}

#[actix_web::test]
async fn of_two_tabs_that_send_a_sheet_at_once_the_second_overwrites_nothing() {
    let (put_aside, sent) = (("save", "Lời của tab một"), ("submit", "Phiếu điểm này đã chốt"));
    for (act, says) in [put_aside, sent] {
        let stage = Stage::new();
        let mut judged = stage.a_judged_pool(1, 1, 1).await;
        let entry = format!("/judge/pools/{}/entries/{}", judged.pool, judged.entries[0]);
        let names: Vec<String> = judged.criteria.iter().map(|criterion| field_of(&criterion.id)).collect();
        let mut judge = judged.judges.remove(0).1;
        let mut same = judge.again();
        let fields = |mark: &'static str, comment: &'static str| {
            let mut fields: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), mark)).collect();
            fields.extend([("comment", comment), ("edition", "0"), ("act", act)]);
            fields
        };
        let (one, other) = (fields("1", "Lời của tab một"), fields("2", "Lời của tab hai"));
        let path = format!("{entry}/submit");
        let (one, other) = join(judge.post(&path, &one), same.post(&path, &other)).await;
        let first_is_one = one.status == StatusCode::SEE_OTHER;
        let (_, second) = first_and_second((one, other));
        let (stands, kept) = if first_is_one { ("một", "hai") } else { ("hai", "một") };
        assert!(second.body.contains(&format!("Lời của tab {kept}")), "{act}: {}", second.body);
        assert!(second.body.contains(&says.replace("một", stands)), "{act}: {}", second.body);
        assert!(judge.get(&entry).await.body.contains(&format!("Lời của tab {stands}")), "{act}");
    }
}

/// A click too many on a button that makes something.
#[actix_web::test]
async fn a_person_who_is_added_twice_at_once_is_one_person() {
    let stage = Stage::new();
    let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
    let mut officer = stage.an_officer(&province).await;
    let mut same = officer.again();
    let path = format!("/manage/units/{province}/people");
    let fields = [("full_name", "Nguyễn Thị Một"), ("phone", "0912 345 678"), ("role", "member")];
    let (one, other) = join(officer.post(&path, &fields), same.post(&path, &fields)).await;
    let done = |answer: &Answer| answer.status.is_success() || answer.status.is_redirection();
    assert_ne!(done(&one), done(&other), "{} {}", one.status, other.status);
    let refused = if done(&one) { other } else { one };
    assert!(
        refused.body.contains("Nguyễn Thị Một") && refused.body.contains("0912 345 678"),
        "{}",
        refused.body
    );
    let page = officer.get(&path).await;
    assert_eq!(page.body.matches("row-name\">Nguyễn Thị Một").count(), 1, "{}", page.body);
}
