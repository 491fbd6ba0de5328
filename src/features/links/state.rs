//! What looks at a link say about it over time: pure.

use chrono::Duration;

use crate::base::clock::Moment;

crate::text_enum! {
    pub enum LinkState {
        NotYet = "not_yet",
        Alive = "alive",
        /// Something is there, for those who sign in or were invited.
        Private = "private",
        /// It leads to a place that this server does not ask.
        Refused = "refused",
        /// Nobody answered so far: there or on the way there.
        Unreachable = "unreachable",
        Dead = "dead",
    }
}

/// What one look saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// An answer with this status; `asks_to_sign_in` when the redirects ended at a door.
    Answered {
        status: u16,
        asks_to_sign_in: bool,
    },
    Refused,
    Nobody,
}

/// A page that is gone says so itself, but may come back within the day.
const GONE_FOR: Duration = Duration::hours(20);
const GONE_TIMES: i32 = 2;
/// A server that does not answer may be mended, moved or flooded.
const SILENT_FOR: Duration = Duration::days(3);
const SILENT_TIMES: i32 = 4;

/// How often it went wrong, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failing {
    pub count: i32,
    pub since: Option<Moment>,
}

/// The state after a look. `network_seen`: something else answered in the same round, so that silence is the link's own and
/// not ours.
pub fn after(
    look: Look,
    before: (LinkState, Failing),
    network_seen: bool,
    now: Moment,
) -> (LinkState, Failing) {
    let (state, failing) = before;
    let worse = || Failing { count: failing.count + 1, since: failing.since.or(Some(now)) };
    let lasts = |failing: Failing, times: i32, span: Duration| {
        failing.count >= times && failing.since.is_some_and(|since| now - since >= span)
    };
    match look {
        Look::Refused => (LinkState::Refused, Failing::default()),
        Look::Answered { status: 401 | 403, .. } | Look::Answered { asks_to_sign_in: true, .. } => {
            (LinkState::Private, Failing::default())
        }
        Look::Answered { status: 404 | 410, .. } => {
            let failing = worse();
            let is_dead = state == LinkState::Dead || lasts(failing, GONE_TIMES, GONE_FOR);
            (if is_dead { LinkState::Dead } else { LinkState::Unreachable }, failing)
        }
        // Too many questions, or trouble over there: an answer all the same.
        Look::Answered { status: 429 | 500.., .. } => silent(state, worse(), lasts),
        Look::Answered { .. } => (LinkState::Alive, Failing::default()),
        Look::Nobody if !network_seen => {
            (if state == LinkState::Dead { state } else { LinkState::Unreachable }, failing)
        }
        Look::Nobody => silent(state, worse(), lasts),
    }
}

fn silent(
    state: LinkState,
    failing: Failing,
    lasts: impl Fn(Failing, i32, Duration) -> bool,
) -> (LinkState, Failing) {
    let is_dead = state == LinkState::Dead || lasts(failing, SILENT_TIMES, SILENT_FOR);
    (if is_dead { LinkState::Dead } else { LinkState::Unreachable }, failing)
}

/// Whether redirects ended where people are asked who they are.
pub fn asks_to_sign_in(asked: &str, ended: &str) -> bool {
    const DOORS: &[&str] = &[
        "accounts.google.com",
        "login.microsoftonline.com",
        "login.live.com",
        "facebook.com/login",
        "/login",
        "/signin",
        "/sign-in",
        "/ServiceLogin",
    ];
    asked != ended && DOORS.iter().any(|door| ended.contains(door) && !asked.contains(door))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16) -> Look {
        Look::Answered { status, asks_to_sign_in: false }
    }

    #[test]
    fn a_link_is_dead_only_after_it_failed_for_a_while() {
        let start: Moment = "2024-03-15T12:00:00".parse().unwrap();
        use LinkState::{Alive, Dead, Private, Refused, Unreachable};
        type Step = (i64, Look, bool, LinkState);
        let stories: [&[Step]; 8] = [
            &[(0, answered(200), true, Alive), (24, answered(206), true, Alive)],
            &[
                (0, answered(404), true, Unreachable),
                (1, answered(404), true, Unreachable),
                (24, answered(404), true, Dead),
            ],
            &[
                (0, answered(404), true, Unreachable),
                (24, answered(200), true, Alive),
                (48, answered(410), true, Unreachable),
            ],
            &[(0, answered(403), true, Private), (24, answered(401), true, Private)],
            &[(0, Look::Answered { status: 200, asks_to_sign_in: true }, true, Private)],
            &[(0, Look::Refused, true, Refused), (24, answered(200), true, Alive)],
            // The network is away: nothing is held against the link, however long.
            &[
                (0, Look::Nobody, false, Unreachable),
                (24, Look::Nobody, false, Unreachable),
                (48, Look::Nobody, false, Unreachable),
                (96, Look::Nobody, false, Unreachable),
                (120, Look::Nobody, true, Unreachable),
            ],
            &[
                (0, Look::Nobody, true, Unreachable),
                (24, answered(503), true, Unreachable),
                (48, Look::Nobody, true, Unreachable),
                (72, answered(500), true, Dead),
                (73, Look::Nobody, false, Dead),
                (96, answered(200), true, Alive),
            ],
        ];
        for story in stories {
            let mut now = (LinkState::NotYet, Failing::default());
            for (hours, look, network_seen, expected) in story {
                now = after(*look, now, *network_seen, start + Duration::hours(*hours));
                assert_eq!(now.0, *expected, "{look:?} after {hours} h in {story:?}");
            }
        }
    }

    #[test]
    fn a_door_is_told_by_where_the_redirects_end() {
        for (asked, ended, is_door) in [
            ("https://drive.google.com/file/d/1/view", "https://accounts.google.com/ServiceLogin?x", true),
            ("https://www.facebook.com/x", "https://www.facebook.com/login/?next=x", true),
            ("https://a.vn/login", "https://a.vn/login", false),
            ("https://a.vn/x", "https://a.vn/y", false),
        ] {
            assert_eq!(asks_to_sign_in(asked, ended), is_door, "{ended}");
        }
    }
}
