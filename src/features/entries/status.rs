crate::text_enum! {
    pub enum EntryStatus {
        Draft = "draft",
        Submitted = "submitted",
        Accepted = "accepted",
        Returned = "returned",
        Rejected = "rejected",
        Withdrawn = "withdrawn",
        Disqualified = "disqualified",
    }
}
