//! Long lists in pages.

/// Which page of a list is asked for, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageRequest {
    pub number: i64,
    pub per_page: i64,
}

/// One page of a list, and how long the whole list is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageOf<T> {
    pub rows: Vec<T>,
    pub total: i64,
    pub request: PageRequest,
}

impl PageRequest {
    pub const MAX_PER_PAGE: i64 = 200;

    /// A page number that makes no sense is the first page; a list is never longer than [`Self::MAX_PER_PAGE`].
    pub fn new(number: Option<i64>, per_page: i64) -> Self {
        Self {
            number: number.unwrap_or(1).clamp(1, 1_000_000),
            per_page: per_page.clamp(1, Self::MAX_PER_PAGE),
        }
    }

    pub fn offset(self) -> i64 {
        (self.number - 1) * self.per_page
    }
}

impl<T> PageOf<T> {
    pub fn last_page(&self) -> i64 {
        ((self.total + self.request.per_page - 1) / self.request.per_page).max(1)
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> PageOf<U> {
        PageOf { rows: self.rows.into_iter().map(f).collect(), total: self.total, request: self.request }
    }
}
