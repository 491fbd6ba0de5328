//! Entries for tests, made and sent in through the acts.

use std::{collections::BTreeMap, sync::Arc};

use hoithi::{
    base::ids::{EntryId, UnitId},
    features::{
        accounts::Person,
        attachments::{self, NewFile},
        contests::{self, Contest, EntryKind, FieldKind},
        entries::{self, Entry, NewDraft, RawDraft, Submission, SubmitRequest},
    },
    infra::{
        db::DbError,
        files::{Inside, Look},
    },
};

use super::Stage;

/// A small picture that is what it says.
pub const PICTURE: &[u8] = include_bytes!("../../../demo/media/ma-qr-cham-soc-tre-em.png");

impl Stage {
    #[expect(clippy::unused_self, reason = "builders are asked of the stage")]
    pub fn new_draft(&self, contest: &Contest, unit: &UnitId, title: &str) -> NewDraft {
        NewDraft {
            id: EntryId::generate(),
            contest_id: contest.id.clone(),
            unit_id: unit.clone(),
            kind: Some(EntryKind::Individual),
            category_id: None,
            title: title.into(),
            on_behalf: None,
        }
    }

    pub async fn a_draft(
        &self,
        contest: &Contest,
        unit: &UnitId,
        person: &Arc<Person>,
        title: &str,
    ) -> Entry {
        let (new, person, now) = (self.new_draft(contest, unit, title), Arc::clone(person), self.now());
        self.write(move |db| entries::create_draft(db, &person, &new, now)).await.unwrap()
    }

    /// A draft in which everything that the contest asks for is filled in.
    pub async fn a_full_draft(
        &self,
        contest: &Contest,
        unit: &UnitId,
        person: &Arc<Person>,
        title: &str,
    ) -> Entry {
        let entry = self.a_draft(contest, unit, person, title).await;
        let of = contest.id.clone();
        let (fields, categories) = self
            .read(move |db| -> Result<_, DbError> {
                let fields = contests::views::list_fields(db, &of)?;
                Ok((fields, contests::views::list_categories(db, &of)?))
            })
            .await
            .unwrap();
        let mut answers = BTreeMap::new();
        for field in fields.iter().filter(|field| field.is_required) {
            let option = field.settings.options.first().map(|option| option.value.clone());
            let typed = match field.kind {
                FieldKind::Number => field.settings.min.map_or("1".into(), |min| min.to_string()),
                FieldKind::Date => "2024-03-01".into(),
                FieldKind::Link => "https://example.com/bai".into(),
                FieldKind::Files => {
                    self.a_file_in(&entry, field, person).await;
                    continue;
                }
                _ => option.unwrap_or_else(|| "có".into()),
            };
            answers.insert(field.id.clone(), vec![typed]);
        }
        let raw = RawDraft {
            title: title.into(),
            kind: entry.kind.to_string(),
            category: categories.first().map(|category| category.id.to_string()).unwrap_or_default(),
            authors: "Lê Thị Hội Viên".into(),
            members: String::new(),
            answers,
        };
        let (person, now, id) = (Arc::clone(person), self.now(), entry.id.clone());
        self.write(move |db| entries::save_draft(db, &person, &id, entry.edition, &raw, now)).await.unwrap()
    }

    /// A small file that the slot takes.
    async fn a_file_in(
        &self,
        entry: &Entry,
        field: &hoithi::features::contests::Field,
        person: &Arc<Person>,
    ) {
        let stored = self.app.files.keep_bytes(PICTURE).unwrap();
        let look = Look { head: stored.head.clone(), inside: Inside::Picture { width: 9, height: 9 } };
        let mut file = NewFile::read(&field.id, "ảnh.png", &look).unwrap();
        // What the slot wants, whatever the bytes are: this is not about types.
        file.kind = field.settings.media.first().copied().unwrap_or(file.kind);
        let (person, now, id) = (Arc::clone(person), self.now(), entry.id.clone());
        self.write(move |db| attachments::attach(db, &person, &id, &file, &stored, now)).await.unwrap();
    }

    /// Everything that may be asked is agreed to.
    pub async fn consent_to_all(&self, contest: &Contest, edition: i32) -> SubmitRequest {
        let of = contest.id.clone();
        let consents = self.read(move |db| contests::views::list_consents(db, &of)).await.unwrap();
        SubmitRequest { edition, consents: consents.into_iter().map(|consent| consent.id).collect() }
    }

    pub async fn a_submitted_entry(
        &self,
        contest: &Contest,
        unit: &UnitId,
        person: &Arc<Person>,
        title: &str,
    ) -> Submission {
        let draft = self.a_full_draft(contest, unit, person, title).await;
        let request = self.consent_to_all(contest, draft.edition).await;
        let (person, now) = (Arc::clone(person), self.now());
        self.write(move |db| entries::submit_entry(db, &person, &draft.id, &request, now)).await.unwrap()
    }
}
