//! What administrators keep: levels, units, accounts, the record of what happened.

mod accounts;
mod administrator;
mod audit;
mod day;
mod files;
mod home;
mod levels;
mod units;

pub use administrator::Administrator;

crate::addresses! {
    GET "/admin" => home::show,
    GET "/admin/levels" => levels::show,
    POST "/admin/levels" => levels::save,
    POST "/admin/levels/new" => levels::add,
    POST "/admin/levels/abolish" => levels::abolish,
    GET "/admin/units" => units::list::show,
    GET "/admin/units/new" => units::new::show,
    POST "/admin/units/new" => units::new::add,
    GET "/admin/units/import" => units::import::show,
    POST "/admin/units/import" => units::import::look,
    POST "/admin/units/import/apply" => units::import::apply,
    GET "/admin/units/merges" => units::merges::show,
    POST "/admin/units/merges" => units::merges::look,
    POST "/admin/units/merges/apply" => units::merges::apply,
    GET "/admin/units/{unit}" => units::show::show,
    POST "/admin/units/{unit}" => units::change::change,
    POST "/admin/units/{unit}/merge" => units::change::merge,
    POST "/admin/units/{unit}/close" => units::change::close,
    GET "/admin/accounts" => accounts::list::show,
    GET "/admin/accounts/new" => accounts::new::show,
    POST "/admin/accounts/new" => accounts::new::create,
    GET "/admin/accounts/{account}" => accounts::show::show,
    GET "/admin/accounts/{account}/confirm" => accounts::confirm::ask,
    POST "/admin/accounts/{account}/offices" => accounts::act::give,
    POST "/admin/accounts/{account}/offices/{office}/end" => accounts::act::end,
    POST "/admin/accounts/{account}/status" => accounts::act::status,
    POST "/admin/accounts/{account}/administrator" => accounts::act::administrator,
    POST "/admin/accounts/{account}/reset" => accounts::act::reset,
    GET "/admin/files" => files::show,
    GET "/admin/audit" => audit::show,
}
