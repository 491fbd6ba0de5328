//! Builders that say only what a test is about. They go through acts where there are acts, so that the data is
//! reachable data.

use hoithi::{
    base::{
        ids::{AccountId, OfficeId, SessionId, UnitId, random_token},
        lang::Lang,
        seal::hash_hex,
        text::fold,
    },
    features::{
        accounts::{self, Account, AccountStatus, Office, OfficeRole, Session, SessionKind},
        units::{LevelCode, NewUnit, TreeKeeper, UnitKind, add_unit},
    },
    infra::db::DbError,
};

use super::{Guest, Stage};

pub struct UnitBuilder<'s> {
    stage: &'s Stage,
    name: String,
    level: String,
    parent: Option<UnitId>,
}

impl Stage {
    pub fn a_unit(&self, name: &str) -> UnitBuilder<'_> {
        UnitBuilder { stage: self, name: name.into(), level: "commune".into(), parent: None }
    }

    /// Somebody who holds nothing.
    pub async fn a_person(&self, name: &str) -> (AccountId, Guest) {
        let account = Account {
            id: AccountId::generate(),
            full_name: name.into(),
            phone: None,
            email: None,
            password_hash: None,
            password_must_change: false,
            language: Lang::Vi,
            status: AccountStatus::Active,
            is_administrator: false,
            search_text: fold(name),
            created_at: self.now(),
        };
        let id = account.id.clone();
        let token = random_token();
        let session = Session {
            id: SessionId::generate(),
            account_id: id.clone(),
            kind: SessionKind::Browser,
            token_hash: hash_hex(token.as_bytes()),
            label: "test".into(),
            created_at: self.now(),
            seen_at: self.now(),
            expires_at: self.now() + chrono::Duration::days(365),
            ended_at: None,
        };
        self.write(move |db| -> Result<(), DbError> {
            accounts::store::insert(db, &account)?;
            accounts::store::insert_session(db, &session)
        })
        .await
        .unwrap();
        (id, self.guest_with_token(&token))
    }

    pub async fn an_officer(&self, unit: &UnitId) -> Guest {
        let (id, guest) = self.a_person("Trần Thị Cán Bộ").await;
        self.give_office(&id, unit, OfficeRole::Officer).await;
        guest
    }

    pub async fn a_member(&self, unit: &UnitId) -> Guest {
        let (id, guest) = self.a_person("Lê Thị Hội Viên").await;
        self.give_office(&id, unit, OfficeRole::Member).await;
        guest
    }

    pub async fn an_administrator(&self) -> Guest {
        let (id, guest) = self.a_person("Phạm Thị Quản Trị").await;
        self.write(move |db| -> Result<(), DbError> {
            let mut account = accounts::store::find(db, &id)?.unwrap();
            account.is_administrator = true;
            accounts::store::save(db, &account)
        })
        .await
        .unwrap();
        guest
    }

    pub async fn give_office(&self, account: &AccountId, unit: &UnitId, role: OfficeRole) {
        let office = Office {
            id: OfficeId::generate(),
            account_id: account.clone(),
            unit_id: unit.clone(),
            role,
            title: String::new(),
            starts_at: self.now(),
            ends_at: None,
        };
        self.write(move |db| accounts::store::insert_office(db, &office)).await.unwrap();
    }
}

impl UnitBuilder<'_> {
    pub fn level(mut self, level: &str) -> Self {
        self.level = level.into();
        self
    }

    pub fn below(mut self, parent: &UnitId) -> Self {
        self.parent = Some(parent.clone());
        self
    }

    pub async fn make(self) -> UnitId {
        let new = NewUnit {
            code: UnitId::generate().to_string(),
            name: self.name,
            level: LevelCode::new(&self.level),
            kind: UnitKind::Territorial,
            parent_id: self.parent,
            valid_from: "2000-01-01".parse().unwrap(),
        };
        let now = self.stage.now();
        self.stage.write(move |db| add_unit(db, &TreeKeeper::operator(), &new, now)).await.unwrap().id
    }
}
