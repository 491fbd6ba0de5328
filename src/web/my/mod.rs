//! What belongs to the person who is signed in.

mod account;
mod password;
mod sessions;

crate::addresses! {
    GET "/my/account" => account::show,
    POST "/my/account" => account::save,
    GET "/my/account/password" => password::show,
    POST "/my/account/password" => password::change,
    GET "/my/sessions" => sessions::show,
    POST "/my/sessions/{session}/end" => sessions::end,
    POST "/my/sessions/end-others" => sessions::end_others,
}
