//! Accounts for tests, made through the acts.

use std::sync::LazyLock;

use hoithi::{
    base::ids::AccountId,
    features::accounts::{Details, NewAccount, create_account, password},
};

use super::{Guest, Stage};

pub const PASSWORD: &str = "hoa sen trắng";

/// Hashing is slow by design, so it is done once for all tests.
static PASSWORD_HASH: LazyLock<String> = LazyLock::new(|| password::hash(PASSWORD).unwrap());

impl Stage {
    /// Somebody who signs in with this phone number and [`PASSWORD`], and holds nothing.
    pub async fn an_account(&self, name: &str, phone: &str) -> AccountId {
        self.an_account_with(name, phone, |_| {}).await
    }

    pub async fn an_account_with(
        &self,
        name: &str,
        phone: &str,
        change: impl FnOnce(&mut NewAccount),
    ) -> AccountId {
        let mut new = NewAccount::of(Details::parse(name, phone, "").unwrap(), PASSWORD_HASH.clone());
        change(&mut new);
        let now = self.now();
        self.write(move |db| create_account(db, &new, now)).await.unwrap().id
    }

    /// Signs in through the page.
    pub async fn signed_in(&self, phone: &str) -> Guest {
        let mut guest = self.anyone();
        let answer = guest.post("/sign-in", &[("name", phone), ("password", PASSWORD)]).await;
        assert!(answer.status.is_redirection(), "{}", answer.body);
        guest
    }
}
