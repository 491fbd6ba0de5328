use crate::base::ids::AccountId;

/// Proof that somebody may change the tree: `accounts::policy::tree_keeper` makes it for administrators, and whoever
/// runs the program has it by that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeKeeper {
    by: Option<AccountId>,
}

impl TreeKeeper {
    /// Who runs the program: its commands, the replay of a past contest.
    pub fn operator() -> Self {
        Self { by: None }
    }

    /// For `accounts::policy` alone.
    pub fn proved(by: AccountId) -> Self {
        Self { by: Some(by) }
    }

    pub fn by(&self) -> Option<&AccountId> {
        self.by.as_ref()
    }
}
