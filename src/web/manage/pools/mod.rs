//! One pool and everything that is done in it.

pub mod assignments;
pub mod awards;
pub mod certainty;
mod certainty_pair;
pub mod comments;
pub mod deliberation;
pub mod export;
pub mod judges;
pub mod ranking_words;
pub mod decision;
pub mod decision_form;
pub mod dossier;
pub mod frame;
pub mod head;
pub mod meters;
pub mod panel;
pub mod panel_acts;
mod progress_rows;
pub mod progress;
pub mod replace;
pub mod sample;
pub mod sheet;
pub mod nominations;
pub mod show;
pub mod standing;
pub mod viewing;
mod viewing_rows;
pub mod votes;
pub mod votes_form;
pub mod extend;

crate::addresses! {
    GET "/manage/pools/{pool}" => show::show,
    GET "/manage/pools/{pool}/decision" => decision::show,
    POST "/manage/pools/{pool}/decision" => decision::decide,
    GET "/manage/pools/{pool}/panel" => panel::show,
    POST "/manage/pools/{pool}/panel" => panel_acts::add,
    POST "/manage/pools/{pool}/panel/invite" => panel_acts::invite,
    POST "/manage/pools/{pool}/panel/invitations/{invitation}/cancel" => panel_acts::cancel,
    POST "/manage/pools/{pool}/panel/{account}/change" => panel_acts::change,
    POST "/manage/pools/{pool}/panel/{account}/remove" => panel_acts::remove,
    POST "/manage/pools/{pool}/panel/{account}/categories" => panel_acts::limit,
    GET "/manage/pools/{pool}/panel/{account}/replace" => replace::show,
    POST "/manage/pools/{pool}/panel/{account}/replace" => replace::replace,
    GET "/manage/pools/{pool}/assignments" => assignments::show,
    POST "/manage/pools/{pool}/assignments" => assignments::assign_one,
    POST "/manage/pools/{pool}/assignments/draw" => assignments::draw,
    POST "/manage/pools/{pool}/assignments/end" => assignments::end,
    POST "/manage/pools/{pool}/assignments/conflict" => assignments::conflict,
    POST "/manage/pools/{pool}/assignments/calibrate" => assignments::calibrate,
    GET "/manage/pools/{pool}/sample" => sample::show,
    POST "/manage/pools/{pool}/sample" => sample::make,
    GET "/manage/pools/{pool}/progress" => progress::show,
    POST "/manage/pools/{pool}/progress/open" => progress::open,
    POST "/manage/pools/{pool}/progress/close" => progress::close,
    POST "/manage/pools/{pool}/progress/reopen" => progress::reopen,
    GET "/manage/pools/{pool}/viewing" => viewing::show,
    POST "/manage/pools/{pool}/viewing" => viewing::waive,
    GET "/manage/pools/{pool}/standing" => standing::show,
    GET "/manage/pools/{pool}/certainty" => certainty::show,
    POST "/manage/pools/{pool}/certainty/more" => certainty::more,
    GET "/manage/pools/{pool}/judges" => judges::show,
    GET "/manage/pools/{pool}/deliberation" => deliberation::show,
    POST "/manage/pools/{pool}/deliberation" => deliberation::remark,
    POST "/manage/pools/{pool}/deliberation/rule" => deliberation::rule,
    GET "/manage/pools/{pool}/comments" => comments::show,
    POST "/manage/pools/{pool}/comments" => comments::release,
    GET "/manage/pools/{pool}/marks.zip" => export::download,
    GET "/manage/pools/{pool}/sheets/{sheet}" => sheet::show,
    POST "/manage/pools/{pool}/sheets/{sheet}/void" => sheet::void,
    POST "/manage/pools/{pool}/sheets/{sheet}/reopen" => sheet::reopen,
    GET "/manage/pools/{pool}/nominations" => nominations::show,
    POST "/manage/pools/{pool}/nominations/accept" => nominations::accept,
    GET "/manage/pools/{pool}/nominations/{nomination}" => dossier::show,
    POST "/manage/pools/{pool}/nominations/{nomination}/return" => nominations::return_one,
    POST "/manage/pools/{pool}/nominations/{nomination}/recall" => nominations::recall,
    GET "/manage/pools/{pool}/votes" => votes::show,
    GET "/manage/pools/{pool}/votes/{entry}" => votes::show_entry,
    POST "/manage/pools/{pool}/votes/{entry}" => votes::record,
    GET "/manage/pools/{pool}/votes/{count}/proof" => votes::proof,
    GET "/manage/pools/{pool}/awards" => awards::show,
    POST "/manage/pools/{pool}/awards" => awards::grant,
    POST "/manage/pools/{pool}/awards/{grant}/revoke" => awards::revoke,
    GET "/manage/pools/{pool}/extend" => extend::show,
    POST "/manage/pools/{pool}/extend" => extend::extend,
}
