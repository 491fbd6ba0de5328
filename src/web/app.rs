//! What every screen can reach.

use std::{collections::BTreeMap, sync::Arc};

use chrono_tz::Tz;

use super::{arena::Arena, render::Templates};
use crate::{
    base::{clock::Clock, seal::Sealer},
    features::attachments::renditions::KeptViewings,
    infra::{db::Database, files::FileStore},
};

/// Cheap to clone: everything inside is shared.
#[derive(Clone)]
pub struct App {
    pub db: Database,
    pub files: FileStore,
    pub clock: Clock,
    pub sealer: Sealer,
    pub templates: Arc<Templates>,
    pub zone: Tz,
    /// Without a slash at the end.
    pub base_url: String,
    pub behind_proxy: bool,
    /// Where games are played; without it they can only be kept.
    pub arena: Option<Arc<Arena>>,
    /// In the demonstration alone: who can sign in with what.
    pub demo_accounts: Option<Arc<Vec<DemoAccount>>>,
    pub metrics: Arc<super::metrics::Metrics>,
    pub viewings: KeptViewings,
}

/// An account of the demonstration, printed at the start and listed at `/demo/accounts.json`.
#[derive(Debug, Clone, serde::Serialize)]
pub struct DemoAccount {
    pub role: String,
    pub sign_in: String,
    pub password: String,
    /// What it is for, by language.
    #[serde(skip)]
    pub labels: BTreeMap<&'static str, String>,
    /// Where to start.
    pub start: String,
}
