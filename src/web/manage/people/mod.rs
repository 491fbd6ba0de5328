//! The people of a unit: who holds what, who is invited, who comes in, who lost a password.

mod add;
mod invite;
mod list;
mod office;
mod page_url;
mod reset;

crate::addresses! {
    GET "/manage/units/{unit}/people" => list::show,
    POST "/manage/units/{unit}/people" => add::add,
    POST "/manage/units/{unit}/invitations" => invite::invite_somebody,
    POST "/manage/units/{unit}/invitations/{invitation}/cancel" => invite::cancel,
    POST "/manage/units/{unit}/offices/{office}/end" => office::end,
    GET "/manage/units/{unit}/people/{account}/reset" => reset::ask,
    POST "/manage/units/{unit}/people/{account}/reset" => reset::reset,
    POST "/manage/units/{unit}/page" => page_url::save,
}
