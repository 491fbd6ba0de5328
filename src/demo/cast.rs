//! Who can sign in to the demonstration. Every name says that it is nobody's.

use std::collections::BTreeMap;

use anyhow::Context;

use crate::{
    base::{
        clock::Moment,
        contact::Email,
        ids::{AccountId, UnitId},
        lang::Lang,
    },
    demo::play::Play,
    features::accounts::{
        Actor, NewAccount, NewOffice, OfficeRole, Person, create_account, give_office, password,
        views::person_of,
    },
    infra::db::{Db, DbError},
    web::app::DemoAccount,
};

/// Known to everybody who reads the first lines that the demo prints, and good for nothing else.
const PASSWORD: &str = "sen-hong-2024";

pub struct Role {
    pub key: &'static str,
    name: &'static str,
    label: &'static str,
    label_en: &'static str,
    /// The unit's code, and what is held there.
    office: Option<(&'static str, OfficeRole)>,
    start: &'static str,
}

pub const HEAD: &str = "head";
pub const JUDGES: [&str; 5] = [HEAD, "judge2", "judge3", "judge4", "judge5"];

/// Ba Tri district stands for all districts, An Hiệp for all communes.
pub const DISTRICT: &str = "836";
pub const COMMUNE: &str = "29161";

const ROLES: &[Role] = &[
    role("administrator", "Quản trị viên (thử nghiệm)", "Quản trị viên", "administrator", None, "/admin"),
    role(
        "central_officer",
        "Cán bộ Trung ương (thử nghiệm)",
        "Cán bộ Trung ương Hội",
        "officer of the centre",
        Some(("TW", OfficeRole::Officer)),
        "/manage",
    ),
    role(
        "province_officer",
        "Cán bộ tỉnh (thử nghiệm)",
        "Cán bộ Hội tỉnh Bến Tre, Ban Tổ chức",
        "officer of the province, organiser",
        Some(("83", OfficeRole::Officer)),
        "/manage",
    ),
    role(
        "district_officer",
        "Cán bộ huyện (thử nghiệm)",
        "Cán bộ Hội huyện Ba Tri",
        "officer of Ba Tri district",
        Some((DISTRICT, OfficeRole::Officer)),
        "/manage",
    ),
    role(
        "commune_officer",
        "Cán bộ xã (thử nghiệm)",
        "Cán bộ Hội cấp xã",
        "officer of a commune",
        Some((COMMUNE, OfficeRole::Officer)),
        "/manage",
    ),
    role(
        "member",
        "Hội viên (thử nghiệm)",
        "Hội viên gửi bài",
        "member who sends in entries",
        Some((COMMUNE, OfficeRole::Member)),
        "/my",
    ),
    role(
        "head",
        "Trưởng Ban Giám khảo (thử nghiệm)",
        "Trưởng Ban Giám khảo",
        "head of the panel",
        None,
        "/judge",
    ),
    role("judge2", "Giám khảo hai (thử nghiệm)", "Giám khảo 2", "judge 2", None, "/judge"),
    role("judge3", "Giám khảo ba (thử nghiệm)", "Giám khảo 3", "judge 3", None, "/judge"),
    role("judge4", "Giám khảo bốn (thử nghiệm)", "Giám khảo 4", "judge 4", None, "/judge"),
    role("judge5", "Giám khảo năm (thử nghiệm)", "Giám khảo 5", "judge 5", None, "/judge"),
];

const fn role(
    key: &'static str,
    name: &'static str,
    label: &'static str,
    label_en: &'static str,
    office: Option<(&'static str, OfficeRole)>,
    start: &'static str,
) -> Role {
    Role { key, name, label, label_en, office, start }
}

/// The accounts of the demonstration by the key of their role.
pub struct Cast {
    accounts: BTreeMap<&'static str, AccountId>,
}

impl Cast {
    /// Makes the accounts and gives them their offices, from the first day on.
    pub async fn enter(play: &Play, units: &BTreeMap<String, UnitId>, now: Moment) -> anyhow::Result<Self> {
        // One slow hash for all: they share a password that is no secret.
        let password_hash = password::hash(PASSWORD)?;
        let mut accounts = BTreeMap::new();
        for role in ROLES {
            let new = NewAccount {
                full_name: role.name.to_owned(),
                phone: None,
                email: Some(role.sign_in()?),
                password_hash: Some(password_hash.clone()),
                password_must_change: false,
                language: Lang::Vi,
                is_administrator: role.key == "administrator",
                created_by: None,
            };
            let office = match role.office {
                Some((code, held)) => {
                    let unit = units.get(code).with_context(|| format!("no unit {code}"))?.clone();
                    Some((unit, held))
                }
                None => None,
            };
            let account = play
                .act(move |db| {
                    let account = create_account(db, &new, now)?;
                    if let Some((unit_id, role)) = office.clone() {
                        let office = NewOffice {
                            account_id: account.id.clone(),
                            unit_id,
                            role,
                            title: String::new(),
                            starts_at: now,
                            ends_at: None,
                        };
                        give_office(db, Actor::Operator, &office, now)?;
                    }
                    Ok(account)
                })
                .await?;
            accounts.insert(role.key, account.id);
        }
        Ok(Self { accounts })
    }

    pub fn account(&self, key: &str) -> anyhow::Result<AccountId> {
        self.accounts.get(key).cloned().with_context(|| format!("nobody plays {key}"))
    }

    /// The person as they act at a moment.
    pub fn person(db: &mut Db, account: &AccountId, now: Moment) -> Result<Person, DbError> {
        person_of(db, account, now)?.ok_or(DbError::Query(diesel::result::Error::NotFound))
    }
}

impl Role {
    fn sign_in(&self) -> anyhow::Result<Email> {
        Ok(format!("{}@hoithi.example", self.key.replace('_', ".")).parse()?)
    }
}

/// What is printed at the start and served at `/demo/accounts.json`.
pub fn demo_accounts() -> anyhow::Result<Vec<DemoAccount>> {
    ROLES
        .iter()
        .map(|role| {
            Ok(DemoAccount {
                role: role.key.to_owned(),
                sign_in: role.sign_in()?.to_string(),
                password: PASSWORD.to_owned(),
                labels: BTreeMap::from([("vi", role.label.to_owned()), ("en", role.label_en.to_owned())]),
                start: role.start.to_owned(),
            })
        })
        .collect()
}
