use diesel::prelude::*;

use crate::base::{
    ids::{ContestId, FieldId},
    json::Json,
    points::Points,
};

/// A question of the entry form, or a slot for files.
#[derive(
    Debug, Clone, PartialEq, Queryable, Selectable, Insertable, AsChangeset, Identifiable, serde::Serialize,
)]
#[diesel(table_name = crate::infra::db::schema::fields, treat_none_as_null = true)]
pub struct Field {
    pub id: FieldId,
    pub contest_id: ContestId,
    pub position: i32,
    pub kind: FieldKind,
    pub label: String,
    pub label_en: String,
    pub help: String,
    pub help_en: String,
    pub is_required: bool,
    pub is_public: bool,
    pub settings: Json<FieldSettings>,
    pub is_retired: bool,
}

crate::text_enum! {
    pub enum FieldKind {
        ShortText = "short_text",
        LongText = "long_text",
        Number = "number",
        Date = "date",
        OneOf = "one_of",
        ManyOf = "many_of",
        Link = "link",
        Tools = "tools",
        Files = "files",
    }
}

crate::text_enum! {
    /// What a slot takes. The type is told by the content of a file, never by its name.
    pub enum MediaKind {
        Video = "video",
        Audio = "audio",
        Picture = "picture",
        Document = "document",
        Slides = "slides",
        Game = "game",
    }
}

/// The limits of a field; which of them mean something depends on its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct FieldSettings {
    pub max_chars: Option<u32>,
    pub min: Option<Points>,
    pub max: Option<Points>,
    pub options: Vec<FieldOption>,
    pub media: Vec<MediaKind>,
    pub max_bytes: Option<i64>,
    pub max_count: Option<i32>,
    pub max_minutes: Option<i32>,
    /// The picture of this slot stands for the entry in galleries.
    pub is_cover: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FieldOption {
    pub value: String,
    pub label: String,
    #[serde(default)]
    pub label_en: String,
}

impl MediaKind {
    /// The kind of a file that was taken, from the media type that its content told.
    pub fn of_media_type(media_type: &str) -> Self {
        match media_type.split_once('/') {
            Some(("video", _)) => Self::Video,
            Some(("audio", _)) => Self::Audio,
            Some(("image", _)) => Self::Picture,
            _ if media_type.ends_with("presentation") => Self::Slides,
            _ if media_type == "text/html" || media_type == "application/zip" => Self::Game,
            _ => Self::Document,
        }
    }
}
