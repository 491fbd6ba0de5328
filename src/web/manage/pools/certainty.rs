//! How sure the standing is: the mean beside the calibrated score with its one-line explanation, the places an entry could
//! have, the border of the cut, and one more judge for the entries there.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpRequest, HttpResponse, web::Path};
use serde::{Deserialize, Serialize};

use super::{
    certainty_pair::{PickChoice, ShownPair, shown_pair},
    head::{Led, PoolHead, pool_id},
    ranking_words::{JudgeNames, note, signed_ratio},
};
use crate::{
    base::{ids::AccountId, sentence::Sentence},
    features::{
        judging::{
            deliberation::{self, MAX_EXTRA_DRAWS, one_more_judge},
            standing::{
                Certainty, Standing, StandingRow, SureRow, certainty_of, ratio_text, seats_of, standing_of,
            },
            views,
        },
        pools::PoolStatus,
        voting,
    },
    infra::db::{Db, DbError},
    ranking::standing::Ratio,
    web::{
        error::WebError,
        form::{AppData, Form, query},
        render::Page,
        visitor::SignedIn,
        words::Words,
    },
};

#[derive(Debug, Serialize)]
pub struct CertaintyPage {
    pub head: PoolHead,
    pub seats: String,
    pub without: i32,
    pub judges: Vec<PickChoice>,
    pub notes: Vec<String>,
    pub noise: String,
    pub rows: Vec<ShownSureRow>,
    pub border: Vec<String>,
    pub n_border: usize,
    /// Why there is no button, where the reader could expect one.
    pub no_more: String,
    pub can_draw_more: bool,
    pub draws_done: Vec<String>,
    pub chart: Vec<IntervalRow>,
    /// Two entries side by side, and what can be said of them; nothing with fewer than two.
    pub pair: Option<ShownPair>,
    /// In per cent of the chart; below 0 without one.
    pub cut: i32,
    pub is_part: bool,
}

#[derive(Debug, Serialize)]
pub struct ShownSureRow {
    pub code: String,
    pub title: String,
    pub official: String,
    pub raw_place: usize,
    pub place: usize,
    pub moves: bool,
    pub raw: String,
    pub adjustment: String,
    pub score: String,
    pub line: String,
    pub sum: String,
    pub error: String,
    pub places: String,
    pub chance: String,
    pub is_at_border: bool,
}

#[derive(Debug, Serialize)]
pub struct IntervalRow {
    pub rank: String,
    pub label: String,
    pub value: String,
    pub low: String,
    pub high: String,
    pub mid: String,
    pub note: String,
    pub faint: bool,
}

impl Page for CertaintyPage {
    const TEMPLATE: &'static str = "manage/pools/certainty.html";
}

const NO_CUT: i32 = -1;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    top: String,
    /// The number of a judge.
    without: String,
    /// Codes of two entries.
    one: String,
    other: String,
}

struct Facts {
    led: Led,
    standing: Standing,
    judges: Vec<crate::features::judging::assigning::JudgeFacts>,
    seats: Option<usize>,
    draws: Vec<deliberation::ExtraDraw>,
}

pub(super) fn votes_of(db: &mut Db, led: &Led) -> Result<HashMap<crate::base::ids::EntryId, i64>, DbError> {
    if led.place.round.takes_votes() {
        voting::views::counts_of(db, &led.place.pool.id)
    } else {
        Ok(HashMap::new())
    }
}

fn read(
    db: &mut Db,
    person: &crate::features::accounts::Person,
    id: &crate::base::ids::PoolId,
    words: &Words,
) -> Result<Option<Facts>, DbError> {
    let Some(led) = Led::read(db, person, id)?.filter(Led::may_lead) else { return Ok(None) };
    if !led.place.round.takes_sheets() {
        return Ok(None);
    }
    let votes = votes_of(db, &led)?;
    Ok(Some(Facts {
        standing: standing_of(db, &led.place.pool, &votes)?,
        judges: views::list_judges(db, id, words.now)?,
        seats: seats_of(db, &led.place.pool, &led.place.round)?,
        draws: deliberation::store::list_extra_draws(db, id)?,
        led,
    }))
}

pub async fn show(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    request: HttpRequest,
) -> Result<HttpResponse, WebError> {
    let (id, person) = (pool_id(&pool)?, Arc::clone(&signed.person));
    let words = signed.visitor.words;
    let facts = app.db.read(move |db| read(db, &person, &id, &words)).await?.ok_or(WebError::NotFound)?;
    let asked: Asked = query(&request);
    let top = asked.top.trim().parse().ok().filter(|top| *top > 0).or(facts.seats);
    let number: Option<i32> = asked.without.parse().ok();
    let without = facts.judges.iter().find(|judge| Some(judge.member.number) == number);
    let without = without.map(|judge| judge.member.account_id.clone());
    // Thousands of draws: off the threads that answer requests.
    let (facts, certainty, without) = actix_web::web::block(move || {
        let certainty = certainty_of(&facts.standing, top, without.as_ref());
        (facts, certainty, without)
    })
    .await
    .map_err(|error| WebError::Internal(error.into()))?;
    let codes = (asked.one.trim(), asked.other.trim());
    let mut page = shown(&facts, certainty.as_ref(), top, without.as_ref(), &words);
    page.pair = certainty.and_then(|certainty| shown_pair(&certainty, &page.rows, codes, &words));
    app.page(&signed.visitor, &page)
}

pub async fn more(
    app: AppData,
    signed: SignedIn,
    pool: Path<String>,
    _form: Form,
) -> Result<HttpResponse, WebError> {
    let (id, person, now) = (pool_id(&pool)?, Arc::clone(&signed.person), signed.visitor.words.now);
    let to = format!("/manage/pools/{id}/certainty");
    let done = app
        .db
        .write(move |db| {
            let votes = voting::views::counts_of(db, &id)?;
            one_more_judge(db, &person, &id, &votes, now)
        })
        .await;
    let said = match done.map_err(WebError::from) {
        Ok(more) => ("ok", Sentence::new("certainty-more-done").with("n", more.entries)),
        Err(WebError::Refused(sentence)) => ("no", sentence),
        Err(error) => return Err(error),
    };
    Ok(signed.visitor.redirect(&app, &to, Some(said)))
}

fn shown(
    facts: &Facts,
    certainty: Option<&Certainty>,
    top: Option<usize>,
    without: Option<&AccountId>,
    words: &Words,
) -> CertaintyPage {
    let names = JudgeNames::of(&facts.judges);
    let by_entry: HashMap<_, &StandingRow> =
        facts.standing.rows.iter().map(|row| (&row.entry_id, row)).collect();
    let rows: Vec<ShownSureRow> = certainty
        .iter()
        .flat_map(|certainty| &certainty.rows)
        .filter_map(|row| Some(sure_row(&facts.led, row, by_entry.get(&row.entry_id)?, &names, words)))
        .collect();
    let (chart, cut) = certainty.map_or((Vec::new(), NO_CUT), |certainty| chart(certainty, &rows, words));
    let border: Vec<String> = rows
        .iter()
        .filter(|row| row.is_at_border)
        .map(|row| format!("{} ({})", row.code, row.chance))
        .collect();
    let no_more = why_no_more(facts, &border, words);
    CertaintyPage {
        seats: top.map(|top| top.to_string()).unwrap_or_default(),
        without: without.map_or(0, |judge| names.number(judge)),
        judges: judge_choices(facts, without, words),
        notes: certainty
            .map(|certainty| certainty.notes.iter().map(|said| note(said, &names, words)).collect())
            .unwrap_or_default(),
        noise: certainty.and_then(|certainty| noise(certainty, words)).unwrap_or_default(),
        can_draw_more: no_more.is_empty() && without.is_none() && top == facts.seats,
        no_more,
        draws_done: facts.draws.iter().map(|draw| draw_done(draw, &by_entry, words)).collect(),
        n_border: border.len(),
        border,
        chart,
        cut,
        is_part: !facts.standing.weights.is_empty(),
        pair: None,
        rows,
        head: facts.led.head("certainty", words),
    }
}

fn judge_choices(facts: &Facts, without: Option<&AccountId>, words: &Words) -> Vec<PickChoice> {
    let nobody = PickChoice {
        value: String::new(),
        label: words.say("certainty-without-nobody"),
        chosen: without.is_none(),
    };
    let judges = facts.judges.iter().map(|judge| PickChoice {
        value: judge.member.number.to_string(),
        label: words.say_with("judge-seat", &[("n", judge.member.number.into())]),
        chosen: without == Some(&judge.member.account_id),
    });
    std::iter::once(nobody).chain(judges).collect()
}

/// "Nhất hơn nhì 0,09 điểm; độ nhiễu của ban giám khảo là 1,2 điểm".
fn noise(certainty: &Certainty, words: &Words) -> Option<String> {
    let (first, second) = (certainty.rows.first()?, certainty.rows.get(1)?);
    let versus = certainty.versus(&first.entry_id, &second.entry_id)?;
    let args = [
        ("lead", ratio_text(versus.lead, 2, words.lang).into()),
        ("noise", words.lang.decimal(versus.error, 1).into()),
        ("scatter", words.lang.decimal(certainty.noise?, 1).into()),
        ("judges", words.lang.decimal(certainty.judges_differ?, 1).into()),
    ];
    Some(words.say_with("certainty-noise", &args))
}

fn why_no_more(facts: &Facts, border: &[String], words: &Words) -> String {
    let pool = &facts.led.place.pool;
    let is_judging = pool.status == PoolStatus::Judging && pool.judging_closed_at.is_none();
    let missing = facts.standing.sheets_missing();
    if facts.draws.len() >= usize::try_from(MAX_EXTRA_DRAWS).unwrap_or(0) {
        words.say("certainty-refused-already-twice")
    } else if !is_judging {
        words.say("judging-refused-not-open")
    } else if facts.seats.is_none() {
        words.say("certainty-refused-no-cut")
    } else if missing > 0 {
        words.say_with("certainty-refused-sheets-first", &[("n", missing.into())])
    } else if border.is_empty() {
        words.say("certainty-refused-nobody-at-border")
    } else {
        String::new()
    }
}

fn draw_done(
    draw: &deliberation::ExtraDraw,
    by_entry: &HashMap<&crate::base::ids::EntryId, &StandingRow>,
    words: &Words,
) -> String {
    let codes: Vec<&str> =
        draw.entries.iter().filter_map(|entry| Some(by_entry.get(entry)?.code.as_str())).collect();
    let args = [
        ("number", draw.number.into()),
        ("at", words.date_time(draw.drawn_at).into()),
        ("codes", codes.join(", ").into()),
    ];
    words.say_with("certainty-more-was", &args)
}

fn sure_row(
    led: &Led,
    row: &SureRow,
    official: &StandingRow,
    names: &JudgeNames,
    words: &Words,
) -> ShownSureRow {
    let mut terms: Vec<(i32, Ratio)> =
        row.terms.iter().map(|(judge, _, generosity)| (names.number(judge), *generosity)).collect();
    terms.sort_unstable();
    ShownSureRow {
        code: official.code.clone(),
        title: led.title_of(&official.title, &official.authors, &official.unit_name),
        official: official.place.map(|place| place.to_string()).unwrap_or_default(),
        raw_place: row.raw_place,
        place: row.place,
        moves: row.place != row.raw_place,
        raw: ratio_text(row.raw, 2, words.lang),
        adjustment: signed_ratio(row.adjustment, words),
        score: ratio_text(row.score, 2, words.lang),
        line: line(row, words),
        sum: sum(&terms, words),
        error: row.error.map(|error| format!("±{}", words.lang.decimal(error, 1))).unwrap_or_default(),
        places: row
            .places
            .map(|(low, high)| if low == high { low.to_string() } else { format!("{low}–{high}") })
            .unwrap_or_default(),
        chance: row
            .chance
            .map(|chance| format!("{}%", words.lang.decimal(chance * 100.0, 0)))
            .unwrap_or_default(),
        is_at_border: row.is_at_border,
    }
}

/// "−0,40: 3 giám khảo của bài này rộng tay hơn trung bình 0,40 điểm".
fn line(row: &SureRow, words: &Words) -> String {
    let key = match row.adjustment.cmp(&Ratio::ZERO) {
        std::cmp::Ordering::Less => "certainty-line-generous",
        std::cmp::Ordering::Greater => "certainty-line-severe",
        std::cmp::Ordering::Equal => "certainty-line-none",
    };
    let amount = ratio_text(row.adjustment, 2, words.lang);
    let args = [
        ("adjustment", signed_ratio(row.adjustment, words).into()),
        ("n", row.terms.len().into()),
        ("amount", amount.trim_start_matches('-').into()),
    ];
    words.say_with(key, &args)
}

/// "−(GK1 +1,20; GK4 −0,30) : 2": what a pocket calculator makes the adjustment of.
fn sum(terms: &[(i32, Ratio)], words: &Words) -> String {
    let each: Vec<String> = terms
        .iter()
        .map(|(number, generosity)| {
            let args = [("number", (*number).into()), ("points", signed_ratio(*generosity, words).into())];
            words.say_with("certainty-term", &args)
        })
        .collect();
    format!("−({}) : {}", each.join("; "), terms.len())
}

fn chart(certainty: &Certainty, rows: &[ShownSureRow], words: &Words) -> (Vec<IntervalRow>, i32) {
    let lows = certainty.rows.iter().map(|row| row.low);
    let highs = certainty.rows.iter().map(|row| row.high);
    let (from, to) = (lows.fold(f64::INFINITY, f64::min), highs.fold(f64::NEG_INFINITY, f64::max));
    let wide = (to - from).max(1e-9);
    let share = |score: f64| ((score - from) / wide * 96.0 + 2.0).clamp(0.0, 100.0);
    let at = |score: f64| format!("{:.1}", share(score));
    let drawn = certainty.rows.iter().zip(rows).map(|(row, shown)| IntervalRow {
        rank: shown.place.to_string(),
        label: format!("{} · {}", shown.code, shown.title),
        value: shown.score.clone(),
        low: at(row.low),
        high: at(row.high),
        mid: at(row.score.to_f64()),
        note: if row.is_at_border { words.say("certainty-at-border") } else { String::new() },
        faint: certainty.seats.is_some_and(|seats| row.place > seats),
    });
    // The line lies half-way between the last above and the first below.
    let cut = certainty.seats.and_then(|seats| {
        let (above, below) = (certainty.rows.get(seats.checked_sub(1)?)?, certainty.rows.get(seats)?);
        let place = share(f64::midpoint(above.score.to_f64(), below.score.to_f64()));
        #[expect(clippy::cast_possible_truncation, reason = "between 0 and 100")]
        Some(place.round() as i32)
    });
    (drawn.collect(), cut.unwrap_or(NO_CUT))
}
