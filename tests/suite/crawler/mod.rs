//! Blind means blind: a crawler signs in as each role, walks every address that it finds or can guess, and fails on anything
//! planted that would say who made an entry or where it is from.

mod reading;
mod walk;
mod world;

use walk::{Leak, Walk};
use world::World;

#[actix_web::test]
async fn nobody_who_judges_blindly_finds_a_maker_by_any_address() {
    let mut world = World::new().await;
    for role in ["judge", "head", "officer who judges"] {
        let mut walk = Walk::new(&world.markers, &world.names);
        walk.through(world.guest(role)).await;
        assert!(walk.n_seen() > 60, "{role} saw only {} addresses", walk.n_seen());
        // A file of each sort was really handed out, and what can't be cleaned was withheld.
        if role == "judge" {
            for kind in [
                "image/jpeg",
                "application/pdf",
                "video/mp4",
                "wordprocessingml",
                "application/zip",
                "image/png",
            ] {
                assert!(
                    walk.kinds.iter().any(|seen| seen.contains(kind)),
                    "no {kind} among {:?}",
                    walk.kinds
                );
            }
            assert!(walk.kinds.contains("text/html; charset=utf-8"));
        }
        assert_eq!(walk.leaks, Vec::<Leak>::new(), "{role}");
    }
}

/// What the time of an answer could tell: work that is done for a search that finds a hidden maker and not for one that finds
/// nobody.
#[actix_web::test]
async fn asking_for_a_maker_is_answered_and_costs_as_asking_for_nobody_does() {
    let mut world = World::new().await;
    let slug = world.names["slug"][0].clone();
    let searches = [
        format!("/contests/{slug}/entries?q="),
        format!("/api/v1/contests/{slug}/entries?scope=all&q="),
        format!("/manage/units/{}/entries?q=", world.names["unit"][1]),
    ];
    for search in searches {
        for role in ["judge", "head", "officer who judges"] {
            for words in ["bi+mat", "kin+bung", "0987651234"] {
                let known = world.ask(role, &format!("{search}{words}")).await;
                let unknown = world.ask(role, &format!("{search}khong+ai")).await;
                assert_eq!(known, unknown, "{role} {search}{words}");
            }
        }
    }
    // Pages of hidden entries are as little there as those of entries that do not exist.
    let nobody = "01900000-0000-7000-8000-000000000000";
    let (entry, code) = (world.names["entry"][1].clone(), world.names["code"][1].clone());
    let contest = format!("/contests/{slug}/entries");
    for (start, known, unknown) in [
        (contest.as_str(), code.as_str(), "BT-9999"),
        ("/manage/entries", &entry, nobody),
        ("/my/entries", &entry, nobody),
        ("/api/v1/entries", &entry, nobody),
    ] {
        for role in ["judge", "head", "officer who judges"] {
            let known = world.ask(role, &format!("{start}/{known}")).await;
            let unknown = world.ask(role, &format!("{start}/{unknown}")).await;
            assert_eq!((known.0, known.1), (unknown.0, unknown.1), "{role} {start}");
        }
    }
}

#[actix_web::test]
async fn strangers_find_no_more_than_what_was_published() {
    let mut world = World::new().await;
    world.unpublish().await;
    for role in ["anyone", "member from elsewhere", "officer from elsewhere"] {
        let mut walk = Walk::new(&world.markers, &world.names);
        walk.through(world.guest(role)).await;
        assert_eq!(walk.leaks, Vec::<Leak>::new(), "{role}");
    }
    // Those who deal with the entries are not blind: for them the planted names are there to be found.
    let mut walk = Walk::new(&world.markers, &world.names);
    walk.through(world.guest("organiser")).await;
    for marker in &world.markers {
        assert!(walk.leaks.iter().any(|leak| leak.marker == *marker), "{marker} was planted in vain");
    }
}

#[actix_web::test]
async fn the_crawler_sees_a_leak_wherever_one_is_planted() {
    for (what, where_) in [
        ("a round that is not blind", "/judge/pools/"),
        ("a copy of a file that was not cleaned", "/files/"),
        ("a word that the veil does not know", "/judge/pools/"),
        ("a panel that was left", "/contests/"),
    ] {
        let mut world = World::new().await;
        world.plant(what).await;
        let mut walk = Walk::new(&world.markers, &world.names);
        walk.through(world.guest("judge")).await;
        let found = walk.leaks.iter().any(|leak| leak.address.starts_with(where_));
        assert!(found, "{what}: {:?}", walk.leaks);
    }
}
