//! One pool and everything that is done in it.

pub mod decision;
pub mod decision_form;
pub mod frame;
pub mod meters;
pub mod show;

crate::addresses! {
    GET "/manage/pools/{pool}" => show::show,
    GET "/manage/pools/{pool}/decision" => decision::show,
    POST "/manage/pools/{pool}/decision" => decision::decide,
}
