//! Addresses are declared once, in a table that both serves them and can be read by the tests.

/// Declares the addresses of an audience: `routes(config)` serves them, `ADDRESSES` lists them as (method, path).
#[macro_export]
macro_rules! addresses {
    ($( $method:ident $path:literal => $handler:path ),* $(,)?) => {
        pub const ADDRESSES: &[(&str, &str)] = &[$( (stringify!($method), $path) ),*];

        pub fn routes(config: &mut actix_web::web::ServiceConfig) {
            $( config.route(
                $path,
                actix_web::web::method(actix_web::http::Method::$method).to($handler),
            ); )*
        }
    };
}
