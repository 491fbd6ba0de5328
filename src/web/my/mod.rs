//! What belongs to the person who is signed in.

mod account;
pub mod entries;
mod home;
mod password;
mod sessions;

pub use account::{OfficeRow, office_row, role_key};

crate::addresses! {
    GET "/my/account" => account::show,
    POST "/my/account" => account::save,
    GET "/my/account/password" => password::show,
    POST "/my/account/password" => password::change,
    GET "/my/sessions" => sessions::show,
    POST "/my/sessions/{session}/end" => sessions::end,
    POST "/my/sessions/end-others" => sessions::end_others,
    GET "/my" => home::show,
    GET "/my/entries" => entries::list::show,
    GET "/my/entries/new" => entries::new::show,
    POST "/my/entries/new" => entries::new::create,
    GET "/my/entries/{entry}" => entries::show::show,
    GET "/my/entries/{entry}/feedback" => entries::feedback::show,
    GET "/my/entries/{entry}/edit" => entries::edit::show,
    POST "/my/entries/{entry}/edit" => entries::edit::save,
    POST "/my/entries/{entry}/autosave" => entries::autosave::save,
    GET "/my/entries/{entry}/attachments" => entries::attachments::show,
    POST "/my/entries/{entry}/attachments" => entries::attachments::upload,
    POST "/my/entries/{entry}/attachments/{attachment}/remove" => entries::attachments::remove,
    POST "/my/entries/{entry}/uploads/{upload}/drop" => entries::attachments::drop_upload,
    GET "/my/entries/{entry}/submit" => entries::submit::show,
    POST "/my/entries/{entry}/submit" => entries::submit::submit,
    POST "/my/entries/{entry}/links/{repair}" => entries::links::mend,
    POST "/my/entries/{entry}/withdraw" => entries::withdraw::withdraw,
    GET "/my/entries/{entry}/receipts/{number}" => entries::receipt::show,
}
