//! The screens. A folder per audience, named like the first part of its addresses.

use actix_web::web::ServiceConfig;

use addresses::Addresses;

pub mod addresses;
pub mod app;
pub mod assets;
pub mod compress;
pub mod connection;
pub mod error;
pub mod failure;
pub mod fixed_texts;
pub mod form;
pub mod headers;
pub mod kept_form;
pub mod markdown;
pub mod metrics;
pub mod nav;
pub mod paging;
pub mod render;
pub mod result_words;
pub mod send;
pub mod signing_in;
pub mod spreadsheet;
pub mod veil;
pub mod visitor;
pub mod words;

pub mod entry_parts;

pub mod site;
pub mod files;
pub mod api;
pub mod uploads;
/// Not a part of the pages: another origin, on a listener of its own.
pub mod arena;
pub mod play;
pub mod my;
pub mod judge;
pub mod manage;
pub mod admin;

/// Every address of the program as (method, path).
pub fn addresses() -> Vec<(&'static str, &'static str)> {
    [
        assets::ADDRESSES,
        site::ADDRESSES,
        site::entries::ADDRESSES,
        my::ADDRESSES,
        manage::people::ADDRESSES,
        manage::ADDRESSES,
        manage::contests::ADDRESSES,
        manage::entries::ADDRESSES,
        manage::radar::ADDRESSES,
        manage::pools::ADDRESSES,
        manage::publish::ADDRESSES,
        site::results::ADDRESSES,
        admin::ADDRESSES,
        files::ADDRESSES,
        uploads::ADDRESSES,
        play::ADDRESSES,
        judge::ADDRESSES,
        api::ADDRESSES,
    ]
    .concat()
}

pub fn routes(service: &mut ServiceConfig) {
    let config = &mut Addresses::default();
    assets::routes(config);
    site::routes(config);
    site::entries::routes(config);
    api::routes(config);
    my::routes(config);
    files::routes(config);
    uploads::routes(config);
    play::routes(config);
    judge::routes(config);
    manage::people::routes(config);
    manage::routes(config);
    manage::contests::routes(config);
    manage::entries::routes(config);
    manage::radar::routes(config);
    manage::pools::routes(config);
    manage::publish::routes(config);
    site::results::routes(config);
    admin::routes(config);
    std::mem::take(config).serve(service);
    service.default_service(actix_web::web::to(failure::unknown_address));
}
