//! Counters for Prometheus.

use std::time::{Duration, Instant};

use actix_web::{
    HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};
use prometheus::{HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, TextEncoder};

use super::app::App;
use crate::infra::queue;

pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
    queries: IntGauge,
    jobs: IntGauge,
}

impl Metrics {
    pub fn new() -> prometheus::Result<Self> {
        let registry = Registry::new();
        let requests = IntCounterVec::new(
            Opts::new("hoithi_requests_total", "Answered requests by address, method and status"),
            &["address", "method", "status"],
        )?;
        let seconds = HistogramVec::new(
            HistogramOpts::new("hoithi_request_seconds", "Time to answer by address"),
            &["address"],
        )?;
        let queries = IntGauge::new("hoithi_database_queries_total", "Queries since the start")?;
        let jobs = IntGauge::new("hoithi_jobs_unfinished", "Jobs that wait or are being done")?;
        registry.register(Box::new(jobs.clone()))?;
        registry.register(Box::new(requests.clone()))?;
        registry.register(Box::new(seconds.clone()))?;
        registry.register(Box::new(queries.clone()))?;
        Ok(Self { registry, requests, seconds, queries, jobs })
    }

    fn observe(&self, address: &str, method: &str, status: &str, took: Duration) {
        self.requests.with_label_values(&[address, method, status]).inc();
        self.seconds.with_label_values(&[address]).observe(took.as_secs_f64());
    }
}

/// Counts by the pattern of the address, never by the address itself, which would have no bound.
pub async fn count(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let started = Instant::now();
    let app = request.app_data::<Data<App>>().cloned();
    let method = request.method().clone();
    let response = next.call(request).await?;
    if let Some(app) = app {
        // Only now: before, the address would have to be found among all of them, and then once more to be served.
        let address = response.request().match_pattern().unwrap_or_else(|| "unknown".to_owned());
        app.metrics.observe(&address, method.as_str(), response.status().as_str(), started.elapsed());
    }
    Ok(response)
}

pub async fn show(app: Data<App>) -> HttpResponse {
    let queries = i64::try_from(app.db.queries().total()).unwrap_or(i64::MAX);
    app.metrics.queries.set(queries);
    // While the database is away the last number stands.
    if let Ok(jobs) = app.db.read(queue::count_unfinished).await {
        app.metrics.jobs.set(jobs);
    }
    match TextEncoder::new().encode_to_string(&app.metrics.registry.gather()) {
        Ok(text) => {
            HttpResponse::Ok().insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4")).body(text)
        }
        Err(error) => {
            tracing::error!(%error, "metrics could not be written");
            HttpResponse::InternalServerError().finish()
        }
    }
}
