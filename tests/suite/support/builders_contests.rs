//! Contests for tests, made and opened through the acts.

use std::sync::Arc;

use chrono::Duration;
use hoithi::{
    base::ids::UnitId,
    features::{
        accounts::{Person, views::find_person},
        contests::{self, Contest, Declared, NewContest, ShowChainError},
    },
};

use super::{Guest, Stage};

impl Stage {
    /// The person behind a guest, as acts want them.
    pub async fn person_of(&self, guest: &Guest) -> Arc<Person> {
        let (hash, now) = (guest.token_hash(), self.now());
        let person = self.read(move |db| find_person(db, &hash, now)).await.unwrap();
        Arc::new(person.expect("the guest is signed in"))
    }

    /// A contest that is still being prepared, from the preset of 2024: takes entries from now for 30 days.
    pub async fn a_draft_contest(&self, host: &UnitId) -> Contest {
        let officer = self.an_officer(host).await;
        let person = self.person_of(&officer).await;
        let new = NewContest {
            host_unit_id: host.clone(),
            preset: Some("vwu_it_2024_proposed".into()),
            title: String::new(),
            title_en: String::new(),
            slug: None,
            opens_at: Some(self.now()),
            closes_at: Some(self.now() + Duration::days(30)),
            is_demonstration: false,
        };
        let now = self.now();
        self.write(move |db| contests::create_contest(db, &person, &new, now)).await.unwrap()
    }

    /// As the organiser does it: looks at how the declared chains split ties, and says so.
    pub async fn show_chains(&self, contest: &Contest, person: &Arc<Person>) {
        let (contest, person, now) = (contest.clone(), person.clone(), self.now());
        self.write(move |db| -> Result<_, ShowChainError> {
            let id = contest.id.clone();
            let declared = Declared::load(db, contest.clone())?.unwrap();
            contests::show_chains(db, &person, &id, &contests::chains_to_see(&declared), now)
        })
        .await
        .unwrap();
    }

    /// The same, open.
    pub async fn a_contest(&self, host: &UnitId) -> Contest {
        let contest = self.a_draft_contest(host).await;
        let officer = self.an_officer(host).await;
        let person = self.person_of(&officer).await;
        self.show_chains(&contest, &person).await;
        let now = self.now();
        self.write(move |db| contests::open_contest(db, &person, &contest.id, now)).await.unwrap()
    }
}
