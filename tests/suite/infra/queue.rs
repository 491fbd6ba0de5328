use chrono::Duration;
use hoithi::{
    infra::{
        db::DbError,
        queue::{self, Job, JobStatus, NewJob},
    },
    jobs::{Outcome, Setback, Tools, Work, run_due},
};

use crate::support::Stage;

const LEASE: Duration = Duration::minutes(1);

impl Stage {
    async fn enqueue(&self, subject: &'static str) {
        let now = self.now();
        self.write(move |db| queue::enqueue(db, &NewJob::now("clean", subject, now), now)).await.unwrap();
    }

    async fn claim(&self) -> Option<Job> {
        let now = self.now();
        self.write(move |db| queue::claim(db, &["clean"], LEASE, now)).await.unwrap()
    }

    async fn jobs_of(&self, subject: &'static str) -> Vec<Job> {
        self.read(move |db| queue::list_of_subject(db, subject)).await.unwrap()
    }
}

#[actix_web::test]
async fn a_job_waits_once_and_is_claimed_once() {
    let stage = Stage::new();
    stage.enqueue("a").await;
    stage.enqueue("a").await;
    let now = stage.now();
    let later = NewJob::now("clean", "b", now).due_at(now + Duration::hours(1));
    stage.write(move |db| queue::enqueue(db, &later, now)).await.unwrap();
    let job = stage.claim().await.expect("a job is due");
    assert_eq!((job.subject.as_str(), job.attempts, job.status), ("a", 1, JobStatus::Running));
    assert_eq!(stage.claim().await, None);
    // While it runs, the same may be asked for again.
    stage.enqueue("a").await;
    assert_eq!(stage.jobs_of("a").await.len(), 2);
    assert_eq!(stage.claim().await.map(|job| job.subject), Some("a".to_owned()));
    stage.clock_forward(Duration::minutes(59) + LEASE);
    let due: Vec<_> = [stage.claim().await, stage.claim().await, stage.claim().await, stage.claim().await]
        .into_iter()
        .flatten()
        .map(|job| (job.subject, job.attempts))
        .collect();
    assert_eq!(due, [("a".into(), 2), ("a".into(), 2), ("b".into(), 1)], "leases ran out");
}

#[actix_web::test]
async fn many_workers_share_the_jobs() {
    let stage = Stage::new();
    let now = stage.now();
    stage
        .write(move |db| -> Result<(), DbError> {
            (0..40).try_for_each(|n| queue::enqueue(db, &NewJob::now("clean", n, now), now))
        })
        .await
        .unwrap();
    let claims = futures_util::future::join_all((0..40).map(|_| stage.claim())).await;
    let mut subjects: Vec<i32> =
        claims.into_iter().map(|job| job.unwrap().subject.parse().unwrap()).collect();
    subjects.sort_unstable();
    assert_eq!(subjects, (0..40).collect::<Vec<_>>());
}

#[actix_web::test]
async fn who_lost_the_lease_ends_nothing() {
    let stage = Stage::new();
    stage.enqueue("a").await;
    let slow = stage.claim().await.unwrap();
    stage.clock_forward(LEASE * 2);
    let quick = stage.claim().await.unwrap();
    let now = stage.now();
    stage.write(move |db| queue::fail(db, &slow, "too slow", None, now)).await.unwrap();
    assert_eq!(stage.jobs_of("a").await[0].status, JobStatus::Running);
    let still_mine = {
        let quick = quick.clone();
        stage.write(move |db| queue::extend(db, &quick, 50, now + LEASE)).await.unwrap()
    };
    assert!(still_mine);
    stage.write(move |db| queue::finish(db, &quick, now)).await.unwrap();
    assert_eq!(stage.jobs_of("a").await[0].status, JobStatus::Done);
}

fn moody(_: Tools, job: Job) -> Outcome {
    Box::pin(async move {
        match (job.subject.as_str(), job.attempts) {
            ("hopeless", _) => Err(Setback::ForGood("the file is broken".into())),
            ("breaks", _) => panic!("a worker's job broke"),
            ("second try", 1) => Err(Setback::ForNow("the store is away".into())),
            _ => Ok(()),
        }
    })
}

#[actix_web::test]
async fn what_went_wrong_for_now_is_tried_again_and_what_is_hopeless_says_why() {
    let stage = Stage::new();
    for subject in ["fine", "hopeless", "breaks", "second try"] {
        stage.enqueue(subject).await;
    }
    let tools = stage.tools();
    let works = [Work { kind: "clean", run: moody }];
    assert_eq!(run_due(&tools, &works).await.unwrap(), 4);
    assert_eq!(run_due(&tools, &works).await.unwrap(), 0);
    stage.clock_forward(Duration::hours(1));
    assert_eq!(run_due(&tools, &works).await.unwrap(), 2);
    for _ in 0..5 {
        stage.clock_forward(Duration::hours(1));
        run_due(&tools, &works).await.unwrap();
    }
    for (subject, status, reason) in [
        ("fine", JobStatus::Done, None),
        ("hopeless", JobStatus::Failed, Some("the file is broken")),
        ("second try", JobStatus::Done, None),
    ] {
        let job = stage.jobs_of(subject).await.remove(0);
        assert_eq!((job.status, job.reason.as_deref()), (status, reason), "{subject}");
    }
    let broken = stage.jobs_of("breaks").await.remove(0);
    assert_eq!((broken.status, broken.attempts), (JobStatus::Failed, 5));
}
