//! The radar for copies, for officers: what is alike in a contest, and two works side by side.

mod contest;
mod lines;
mod pair;

pub use lines::{LikenessLine, lines_of_entry};

crate::addresses! {
    GET "/manage/contests/{slug}/radar" => contest::show,
    POST "/manage/contests/{slug}/radar" => contest::look,
    GET "/manage/likenesses/{likeness}" => pair::show,
    POST "/manage/likenesses/{likeness}/seen" => pair::see,
    POST "/manage/likenesses/{likeness}/dismiss" => pair::dismiss,
}
