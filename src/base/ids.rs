//! Every id has its own type, so a contest id can never be passed for an entry id. The only place that makes ids
//! and random tokens.

use std::fmt;

use rand::Rng;
use uuid::Uuid;

macro_rules! id {
    ($($name:ident),+ $(,)?) => { $(
        #[derive(
            Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize,
            diesel::expression::AsExpression, diesel::deserialize::FromSqlRow,
        )]
        #[diesel(sql_type = diesel::sql_types::Text)]
        pub struct $name(String);

        impl $name {
            #[expect(clippy::disallowed_methods, reason = "this is where ids are made")]
            pub fn generate() -> Self {
                Self(Uuid::now_v7().to_string())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self(text.parse::<Uuid>()?.to_string()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }

        $crate::stored_as!(diesel::sql_types::Text, String, $name, |text: String| Ok::<_, std::convert::Infallible>($name(text)));
    )+ };
}

id!(
    AccountId,
    AssignmentId,
    ExtraDrawId,
    RulingId,
    RemarkId,
    AttachmentId,
    AuditId,
    AuditSealId,
    AwardId,
    CategoryId,
    ConflictId,
    ConsentId,
    ContestId,
    CriterionId,
    DecisionId,
    EntryId,
    EntryPersonId,
    FieldId,
    FingerprintId,
    GrantId,
    InvitationId,
    JobId,
    LinkCheckId,
    LinkRepairId,
    LikenessId,
    NominationId,
    OfficeId,
    PanelMemberId,
    PoolExtensionId,
    PoolId,
    PublicationId,
    RevisionId,
    RoundId,
    SessionId,
    SheetEventId,
    SheetId,
    SheetNoteId,
    SignInFailureId,
    UnitId,
    UnitVersionId,
    UploadId,
    VoteCountId,
    WriterId,
);

/// 32 random bytes as 64 hexadecimal digits: a session, an invitation, a bearer token.
pub fn random_token() -> String {
    let mut bytes = [0_u8; 32];
    rand::rng().fill_bytes(&mut bytes);
    crate::base::seal::hex(&bytes)
}

/// A code that people read to each other: no letters that look alike, eight of them.
pub fn spoken_code() -> String {
    const LETTERS: &[u8; 31] = b"23456789ABCDEFGHJKLMNPQRSTUVWXY";
    let mut bytes = [0_u8; 8];
    rand::rng().fill_bytes(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect()
}
