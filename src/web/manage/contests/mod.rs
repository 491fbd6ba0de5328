//! A contest in the hands of those who run it: made in small steps, one page for one thing.

mod award;
mod category;
mod consent;
mod criterion;
mod dates;
mod desk;
mod field;
mod form_page;
mod frame;
mod limits;
mod new;
mod open;
mod organisers;
mod reading;
mod round;
mod rows;
mod show;
mod texts;
mod ties;

crate::addresses! {
    GET "/manage/contests/new" => new::ask,
    POST "/manage/contests/new" => new::create,
    GET "/manage/contests/{slug}" => show::show,
    GET "/manage/contests/{slug}/texts" => texts::edit,
    POST "/manage/contests/{slug}/texts" => texts::save,
    GET "/manage/contests/{slug}/dates" => dates::edit,
    POST "/manage/contests/{slug}/dates" => dates::save,
    GET "/manage/contests/{slug}/limits" => limits::edit,
    POST "/manage/contests/{slug}/limits" => limits::save,
    GET "/manage/contests/{slug}/categories" => rows::categories,
    GET "/manage/contests/{slug}/categories/{category}" => category::edit,
    POST "/manage/contests/{slug}/categories/{category}" => category::save,
    GET "/manage/contests/{slug}/fields" => rows::fields,
    GET "/manage/contests/{slug}/fields/{field}" => field::edit,
    POST "/manage/contests/{slug}/fields/{field}" => field::save,
    GET "/manage/contests/{slug}/consents" => rows::consents,
    GET "/manage/contests/{slug}/consents/{consent}" => consent::edit,
    POST "/manage/contests/{slug}/consents/{consent}" => consent::save,
    GET "/manage/contests/{slug}/rounds" => rows::rounds,
    GET "/manage/contests/{slug}/rounds/{round}" => round::edit,
    POST "/manage/contests/{slug}/rounds/{round}" => round::save,
    GET "/manage/contests/{slug}/rounds/{round}/desk" => desk::edit,
    POST "/manage/contests/{slug}/rounds/{round}/desk" => desk::save,
    GET "/manage/contests/{slug}/rounds/{round}/criteria" => rows::criteria,
    POST "/manage/contests/{slug}/rounds/{round}/criteria" => criterion::take_set,
    GET "/manage/contests/{slug}/rounds/{round}/criteria/{criterion}" => criterion::edit,
    POST "/manage/contests/{slug}/rounds/{round}/criteria/{criterion}" => criterion::save,
    GET "/manage/contests/{slug}/awards" => rows::awards,
    GET "/manage/contests/{slug}/awards/{award}" => award::edit,
    POST "/manage/contests/{slug}/awards/{award}" => award::save,
    POST "/manage/contests/{slug}/move" => rows::move_one,
    POST "/manage/contests/{slug}/remove" => rows::remove_one,
    GET "/manage/contests/{slug}/organisers" => organisers::list,
    POST "/manage/contests/{slug}/organisers" => organisers::add,
    POST "/manage/contests/{slug}/organisers/remove" => organisers::remove,
    GET "/manage/contests/{slug}/ties" => ties::show,
    POST "/manage/contests/{slug}/ties" => ties::confirm,
    GET "/manage/contests/{slug}/open" => open::ask,
    POST "/manage/contests/{slug}/open" => open::open,
    GET "/manage/contests/{slug}/end" => open::ask_end,
    POST "/manage/contests/{slug}/end" => open::end,
    GET "/manage/contests/{slug}/discard" => open::ask_discard,
    POST "/manage/contests/{slug}/discard" => open::discard,
}
