use std::sync::Arc;

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, http::StatusCode, web};
use chrono::Duration;
use hoithi::{
    base::ids::EntryId,
    features::{
        accounts::Person,
        attachments::{self, NewFile},
        contests::{self, Contest, FieldKind},
        entries::{self, Answer, EntryStatus},
        links::{self, LinkCheck, LinkRepair, LinkSource, LinkState, RepairState},
    },
    infra::{db::DbError, files::look_at},
    jobs::{Tools, WORKS, check_links_round, run_due},
};

use crate::support::{Guest, PICTURE, Stage};

async fn a_server() -> u16 {
    let answer = |request: HttpRequest| async move {
        match request.path() {
            "/here" => HttpResponse::Ok().finish(),
            "/door" => HttpResponse::Found().insert_header(("location", "/login")).finish(),
            "/login" => HttpResponse::Ok().finish(),
            "/closed" => HttpResponse::Forbidden().finish(),
            _ => HttpResponse::NotFound().finish(),
        }
    };
    let server = HttpServer::new(move || App::new().default_service(web::to(answer)))
        .workers(1)
        .bind(("127.0.0.1", 0))
        .unwrap();
    let port = server.addrs()[0].port();
    actix_web::rt::spawn(server.run());
    port
}

struct Sent {
    stage: Stage,
    port: u16,
    contest: Contest,
    member: Guest,
    person: Arc<Person>,
    entry: EntryId,
}

impl Sent {
    /// An entry that was sent in with this link and this description.
    async fn with(path: &str, text: &str) -> Self {
        let port = a_server().await;
        let stage = Stage::new();
        let province = stage.a_unit("tỉnh Bến Tre").level("province").make().await;
        let commune = stage.a_unit("xã An Hiệp").level("commune").below(&province).make().await;
        let contest = stage.a_contest(&province).await;
        let member = stage.a_member(&commune).await;
        let person = stage.person_of(&member).await;
        let draft = stage.a_full_draft(&contest, &commune, &person, "Bài có đường dẫn").await;
        let mut sent = Self { stage, port, contest, member, person, entry: draft.id };
        let (link, text) = (sent.at(path), text.to_owned());
        sent.change(move |fields, answers| {
            let field =
                |kind| fields.iter().find(|field: &&contests::Field| field.kind == kind).unwrap().id.clone();
            answers.insert(field(FieldKind::Link), Answer::Link(link.clone()));
            answers.insert(field(FieldKind::LongText), Answer::Text(text.clone()));
        })
        .await;
        let id = sent.entry.clone();
        let edition =
            sent.stage.read(move |db| entries::store::find(db, &id)).await.unwrap().unwrap().edition;
        let request = sent.stage.consent_to_all(&sent.contest, edition).await;
        let (person, id, now) = (Arc::clone(&sent.person), sent.entry.clone(), sent.stage.now());
        sent.stage.write(move |db| entries::submit_entry(db, &person, &id, &request, now)).await.unwrap();
        sent.run_jobs().await;
        sent
    }

    fn at(&self, path: &str) -> String {
        if path.starts_with("http") {
            path.to_owned()
        } else {
            format!("http://127.0.0.1:{}{path}", self.port)
        }
    }

    async fn change(
        &mut self,
        change: impl Fn(&[contests::Field], &mut std::collections::BTreeMap<hoithi::base::ids::FieldId, Answer>)
        + Send
        + 'static,
    ) {
        let (id, of) = (self.entry.clone(), self.contest.id.clone());
        self.stage
            .write(move |db| -> Result<(), DbError> {
                let mut entry = entries::store::find(db, &id)?.unwrap();
                let fields = contests::views::list_fields(db, &of)?;
                change(&fields, &mut entry.answers.0.0);
                entries::store::save(db, &entry)
            })
            .await
            .unwrap();
    }

    fn tools(&self) -> Tools {
        Tools { links: self.stage.link_tools(vec![self.port]), ..self.stage.tools() }
    }

    async fn run_jobs(&self) {
        run_due(&self.tools(), WORKS).await.unwrap();
    }

    /// A day later everything is looked at again.
    async fn next_day(&self) {
        self.stage.clock_forward(Duration::hours(24));
        check_links_round(self.tools()).await.unwrap();
    }

    async fn checks(&self, source: LinkSource) -> Vec<LinkCheck> {
        let id = self.entry.clone();
        let all = self.stage.read(move |db| links::store::list_of_entry(db, &id)).await.unwrap();
        all.into_iter().filter(|check| check.source == source).collect()
    }

    async fn states(&self) -> Vec<LinkState> {
        self.checks(LinkSource::Answer).await.into_iter().map(|check| check.state).collect()
    }

    async fn repairs(&self) -> Vec<LinkRepair> {
        let id = self.entry.clone();
        self.stage.read(move |db| links::store::list_repairs(db, &id)).await.unwrap()
    }
}

#[actix_web::test]
async fn links_are_looked_at_when_an_entry_is_sent_in() {
    let mut sent = Sent::with("/here", "Xem thêm: http://127.0.0.1:9/x và http://10.0.0.1/y.").await;
    let found: Vec<(String, LinkState)> =
        sent.checks(LinkSource::Answer).await.into_iter().map(|check| (check.address, check.state)).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    for (address, state) in found {
        let expected = if address.contains("/here") { LinkState::Alive } else { LinkState::Refused };
        assert_eq!(state, expected, "{address}");
    }
    let page = sent.member.get(&format!("/my/entries/{}", sent.entry)).await;
    assert!(page.body.contains("Mở được"), "{}", page.body);
    assert_eq!(Sent::with("/door", "").await.states().await, [LinkState::Private]);
    assert_eq!(Sent::with("/closed", "").await.states().await, [LinkState::Private]);
}

#[actix_web::test]
async fn however_many_links_there_are_each_is_looked_at_every_night() {
    let sent = Sent::with("/here", "").await;
    let (known, port, now) = (sent.checks(LinkSource::Answer).await.remove(0), sent.port, sent.stage.now());
    let insert = move |db: &mut _| -> Result<(), DbError> {
        for n in 0..250 {
            let address = format!("http://127.0.0.1:{port}/here?n={n}");
            let id = hoithi::base::ids::LinkCheckId::generate();
            links::store::insert(db, &LinkCheck { id, address, checked_at: Some(now), ..known.clone() })?;
        }
        Ok(())
    };
    sent.stage.write(insert).await.unwrap();
    sent.next_day().await;
    let checks = sent.checks(LinkSource::Answer).await;
    assert_eq!(checks.len(), 251);
    let now = Some(sent.stage.now());
    assert!(checks.iter().all(|check| check.checked_at == now && check.state == LinkState::Alive));
}

#[actix_web::test]
async fn a_dead_link_may_be_mended_for_a_while_after_the_deadline() {
    let mut sent = Sent::with("/gone", "").await;
    assert_eq!(sent.states().await, [LinkState::Unreachable], "once is not dead");
    assert!(sent.repairs().await.is_empty());
    sent.stage.clock_forward(Duration::days(40));
    sent.next_day().await;
    assert_eq!(sent.states().await, [LinkState::Dead]);
    let repairs = sent.repairs().await;
    assert_eq!(repairs.len(), 1);
    sent.next_day().await;
    assert_eq!(sent.repairs().await, repairs, "it is asked for once");

    let page = sent.member.get(&format!("/my/entries/{}", sent.entry)).await;
    let address = format!("/my/entries/{}/links/{}", sent.entry, repairs[0].id);
    assert!(page.body.contains(&address), "{}", page.body);
    for (typed, says) in [("javascript:alert(1)", "javascript:alert(1)"), ("", "Hãy nhập")] {
        let answer = sent.member.post(&address, &[("address", typed)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.body.contains(says), "{typed}: {}", answer.body);
    }
    let mut stranger = sent.stage.a_person("Người lạ").await.1;
    assert_eq!(stranger.post(&address, &[("address", "https://a.vn")]).await.status, StatusCode::NOT_FOUND);

    let answer = sent.member.post(&address, &[("address", "https://example.com/moi")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let again = sent.member.post(&address, &[("address", "https://a.vn")]).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "twice");
    sent.run_jobs().await;
    assert_eq!(sent.states().await, [LinkState::Unreachable], "a new link begins anew");
    let id = sent.entry.clone();
    let (entry, revisions) = sent
        .stage
        .read(move |db| {
            Ok((entries::store::find(db, &id)?.unwrap(), entries::views::list_revisions(db, &id)?))
        })
        .await
        .unwrap();
    assert_eq!((entry.status, entry.revision, revisions.len()), (EntryStatus::Submitted, 2, 2));
    assert!(revisions[1].content.contains("example.com/moi") && !revisions[1].content.contains("/gone"));
    let repair = sent.repairs().await.remove(0);
    assert_eq!((repair.state, repair.ended_by.as_ref()), (RepairState::Mended, Some(&sent.person.id)));
}

#[actix_web::test]
async fn a_link_that_leads_inside_is_asked_for_at_once_and_the_same_is_not_taken() {
    let mut sent = Sent::with("http://10.0.0.1/y", "").await;
    assert_eq!(sent.states().await, [LinkState::Refused]);
    let repair = sent.repairs().await.remove(0);
    let address = format!("/my/entries/{}/links/{}", sent.entry, repair.id);
    let same = sent.member.post(&address, &[("address", "http://10.0.0.1/y")]).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(same.body.contains("đường dẫn cũ"), "{}", same.body);
}

#[actix_web::test]
async fn the_window_closes_and_a_link_that_comes_back_settles_it() {
    let mut sent = Sent::with("/gone", "").await;
    sent.next_day().await;
    let repair = sent.repairs().await.remove(0);
    sent.stage.clock_forward(Duration::days(7));
    let address = format!("/my/entries/{}/links/{}", sent.entry, repair.id);
    let late = sent.member.post(&address, &[("address", "https://example.com/moi")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    // Whoever mends the page itself needs no new link.
    let here = sent.at("/here");
    sent.change(move |_, answers| {
        for answer in answers.values_mut() {
            if let Answer::Link(link) = answer {
                link.clone_from(&here);
            }
        }
    })
    .await;
    let (id, now) = (sent.entry.clone(), sent.stage.now());
    sent.stage.write(move |db| links::sync_links(db, &id, now)).await.unwrap();
    assert_eq!(sent.repairs().await[0].state, RepairState::Settled);
}

#[actix_web::test]
async fn a_code_in_a_picture_is_read_and_shown() {
    let mut sent = Sent::with("/here", "").await;
    let stored = sent.stage.app.files.keep_bytes(PICTURE).unwrap();
    let look = look_at(sent.stage.app.files.local_copy(&stored.hash).await.unwrap().path()).unwrap();
    let (person, id, now) = (Arc::clone(&sent.person), sent.entry.clone(), sent.stage.now());
    let of = sent.contest.id.clone();
    sent.stage
        .write(move |db| -> Result<(), DbError> {
            let mut entry = entries::store::find(db, &id)?.unwrap();
            entry.status = EntryStatus::Returned;
            entries::store::save(db, &entry)?;
            let fields = contests::views::list_fields(db, &of)?;
            let slot = fields.iter().find(|field| field.kind == FieldKind::Files).unwrap();
            let file = NewFile::read(&slot.id, "ma.png", &look).unwrap();
            attachments::attach(db, &person, &entry.id, &file, &stored, now).unwrap();
            Ok(())
        })
        .await
        .unwrap();
    sent.run_jobs().await;
    let codes = sent.checks(LinkSource::Code).await;
    assert!(!codes.is_empty() && codes.iter().all(|code| code.address.contains("goc-doc-sach")), "{codes:?}");
    let page = sent.member.get(&format!("/my/entries/{}", sent.entry)).await;
    assert!(page.body.contains("Mã QR trong ảnh dẫn tới"), "{}", page.body);
}

#[actix_web::test]
async fn every_entry_has_a_code_of_its_own() {
    let mut sent = Sent::with("/here", "").await;
    let id = sent.entry.clone();
    let entry = sent.stage.read(move |db| entries::store::find(db, &id)).await.unwrap().unwrap();
    let href = format!("/contests/{}/entries/{}", sent.contest.slug.as_str(), entry.code.unwrap());
    let page = sent.member.get(&format!("{href}/qr")).await;
    assert!(page.body.contains(&format!("http://hoithi.test{href}")), "{}", page.body);
    let drawing = sent.member.get(&format!("{href}/qr.svg")).await;
    assert_eq!(drawing.status, StatusCode::OK);
    assert!(drawing.body.contains("<svg"), "{}", drawing.body);
    let mut anyone = sent.stage.anyone();
    assert_eq!(anyone.get(&format!("{href}/qr.svg")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(anyone.get(&format!("{href}/qr")).await.status, StatusCode::NOT_FOUND);
}
