//! Addresses are declared once, in a table that both serves them and can be read by the tests. They are served in groups
//! by their beginnings: actix-web compares a request with one address after the other, and there are hundreds.

use actix_web::{
    Route, Scope, guard,
    http::Method,
    web::{self, ServiceConfig},
};

/// Declares the addresses of an audience: `routes(config)` serves them, `ADDRESSES` lists them as (method, path).
#[macro_export]
macro_rules! addresses {
    ($( $method:ident $path:literal => $handler:path ),* $(,)?) => {
        pub const ADDRESSES: &[(&str, &str)] = &[$( (stringify!($method), $path) ),*];

        pub fn routes(config: &mut impl $crate::web::addresses::Serves) {
            $( config.add(
                $path,
                $crate::web::addresses::route(actix_web::http::Method::$method).to($handler),
            ); )*
        }
    };
}

/// Whoever may get something may ask what would come; the server leaves out the body.
pub fn route(method: Method) -> Route {
    if method == Method::GET {
        Route::new().guard(guard::Any(guard::Get()).or(guard::Head()))
    } else {
        Route::new().method(method)
    }
}

/// What addresses can be added to: the groups, or a small server as they are.
pub trait Serves {
    fn add(&mut self, path: &'static str, route: Route);
}

impl Serves for ServiceConfig {
    fn add(&mut self, path: &'static str, route: Route) {
        self.route(path, route);
    }
}

/// Everything that is served, before it is put into groups.
#[derive(Default)]
pub struct Addresses(Vec<(&'static str, Route)>);

impl Serves for Addresses {
    fn add(&mut self, path: &'static str, route: Route) {
        self.0.push((path, route));
    }
}

impl Addresses {
    pub fn serve(self, config: &mut ServiceConfig) {
        for place in grouped(self.0) {
            match place {
                Place::One(path, route) => config.route(path, route),
                Place::Group(beginning, places) => config.service(scope(beginning, places)),
            };
        }
    }
}

/// One address, or a part of the path with what stands below it.
enum Place<R> {
    One(&'static str, R),
    Group(&'static str, Vec<Place<R>>),
}

fn scope(beginning: &str, places: Vec<Place<Route>>) -> Scope {
    places.into_iter().fold(web::scope(beginning), |scope, place| match place {
        Place::One(path, route) => scope.route(path, route),
        Place::Group(beginning, places) => scope.service(self::scope(beginning, places)),
    })
}

/// A request that entered a group does not come out again. So parts of one place are only made groups when at most one of
/// them is a variable, and then none of the others has anything below it; fixed parts come before the variable.
fn grouped<R>(addresses: Vec<(&'static str, R)>) -> Vec<Place<R>> {
    let mut parts: Vec<(&'static str, Vec<(&'static str, R)>)> = Vec::new();
    for (path, route) in addresses {
        let (first, _) = split(path);
        match parts.iter_mut().find(|(part, _)| *part == first) {
            Some((_, below)) => below.push((path, route)),
            None => parts.push((first, vec![(path, route)])),
        }
    }
    let is_variable = |part: &str| part.contains('{');
    let n_variables = parts.iter().filter(|(part, _)| is_variable(part)).count();
    let is_deep = |below: &[(&'static str, R)]| below.iter().any(|(path, _)| !split(path).1.is_empty());
    let any_deep = parts.iter().any(|(part, below)| !is_variable(part) && is_deep(below));
    let can_group = n_variables == 0 || (n_variables == 1 && !any_deep);
    parts.sort_by_key(|(part, _)| is_variable(part));
    let mut places = Vec::new();
    for (part, below) in parts {
        if can_group && is_deep(&below) && below.len() > 1 {
            let below = below.into_iter().map(|(path, route)| (split(path).1, route)).collect();
            places.push(Place::Group(part, grouped(below)));
        } else {
            places.extend(below.into_iter().map(|(path, route)| Place::One(path, route)));
        }
    }
    places
}

/// The first part of a path with its slash, and the rest. A slash inside of braces belongs to a pattern.
fn split(path: &'static str) -> (&'static str, &'static str) {
    let mut depth = 0_u32;
    let end = path.char_indices().skip(1).find(|(_, c)| {
        depth = match c {
            '{' => depth + 1,
            '}' => depth.saturating_sub(1),
            _ => depth,
        };
        *c == '/' && depth == 0
    });
    path.split_at(end.map_or(path.len(), |(at, _)| at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(places: &[Place<()>]) -> String {
        let draw = |place: &Place<()>| match place {
            Place::One(path, ()) => format!("{path:?}"),
            Place::Group(part, places) => format!("{part}[{}]", drawn(places)),
        };
        places.iter().map(draw).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn addresses_are_grouped_where_no_request_can_lose_its_way() {
        for (paths, groups) in [
            (&["/", "/a", "/a/{x}", "/b"][..], r#""/" /a["" "/{x}"] "/b""#),
            (&["/a/{x}", "/a/{x}/c", "/a/new"], r#"/a["/new" /{x}["" "/c"]]"#),
            // A request for /a/new/c must still find the variable.
            (&["/a/{x}/c", "/a/new/d", "/a/new/e"], r#"/a["/new/d" "/new/e" "/{x}/c"]"#),
            (&["/a/{x}/{rest:.+/.+}", "/a/{x}/d"], r#"/a[/{x}["/d" "/{rest:.+/.+}"]]"#),
            (&["/a/{x}/c", "/a/{x}/d", "/a/{y}"], r#"/a["/{x}/c" "/{x}/d" "/{y}"]"#),
        ] {
            let routes = paths.iter().map(|path| (*path, ())).collect();
            assert_eq!(drawn(&grouped(routes)), groups);
        }
    }
}
