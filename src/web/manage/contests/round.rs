//! One round.

use actix_web::{HttpResponse, web::Path};
use chrono_tz::Tz;

use super::{
    form_page::{Choice, Control, Group, Values},
    frame::{Crumb, FormSpec, Held, answer, hold, save as save_with, show_form},
    reading::{Reader, put, put_check, put_moment, put_some},
    rows::row_id,
};
use crate::{
    base::{ids::RoundId, sentence::FieldErrors},
    features::{
        contests::{
            Aggregation, Criterion, CutPolicy, EntryKind, Feedback, QuotaRules, Round, RoundMethod, TieStep,
            change::{RoundForm, save_round},
            checklist::Part,
            text_rules::MAX_NAME,
        },
        units::{LevelCode, UnitKind},
    },
    web::{
        error::WebError,
        form::{AppData, Form},
        site::contests::rounds::{method_word, tie_word},
        visitor::SignedIn,
        words::Words,
    },
};

/// More steps than anybody declares.
const TIE_STEPS: usize = 4;
const KINDS: [EntryKind; 2] = [EntryKind::Individual, EntryKind::Collective];

pub async fn edit(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
) -> Result<HttpResponse, WebError> {
    let (slug, id) = path.into_inner();
    let held = hold(&app, &signed, &slug).await?;
    let spec = spec(&held, row_id(&id)?.as_ref(), &signed.visitor.words)?;
    show_form(&app, &signed.visitor, &held, spec)
}

pub async fn save(
    app: AppData,
    signed: SignedIn,
    path: Path<(String, String)>,
    form: Form,
) -> Result<HttpResponse, WebError> {
    let (slug, id) = path.into_inner();
    let id = row_id(&id)?;
    let saved = save_with(&app, &signed, &slug, &form, read(&form, app.zone, id.clone()), save_round).await?;
    let held = hold(&app, &signed, &slug).await?;
    let spec = spec(&held, id.as_ref(), &signed.visitor.words)?;
    answer(&app, &signed.visitor, &held, spec, &form, saved, &held.href(Part::Rounds))
}

fn read(form: &Form, zone: Tz, id: Option<RoundId>) -> Result<RoundForm, FieldErrors> {
    let mut reader = Reader::new(form, zone);
    let tie_chain =
        (1..=TIE_STEPS).filter_map(|number| read_tie(form.get(&format!("tie_{number}")))).collect();
    let mut quota = QuotaRules { total: reader.whole_number("quota_total"), ..QuotaRules::default() };
    for kind in KINDS {
        if let Some(limit) = reader.whole_number(&format!("quota_kind_{kind}")) {
            quota.by_kind.insert(kind, limit);
        }
    }
    for kind in UnitKind::ALL {
        if let Some(limit) = reader.whole_number(&format!("quota_unit_{kind}")) {
            quota.by_unit_kind.insert(*kind, limit);
        }
    }
    let round = RoundForm {
        id,
        name: reader.text("name"),
        name_en: reader.text("name_en"),
        pool_level: LevelCode::new(form.get("pool_level")),
        method: reader.word("method", RoundMethod::Score),
        judges_per_entry: reader.whole_number("judges_per_entry").unwrap_or(0),
        is_blind: reader.is_checked("is_blind"),
        aggregation: reader.word("aggregation", Aggregation::Mean),
        tie_chain,
        cut_policy: reader.word("cut_policy", CutPolicy::Chain),
        vote_weight: reader.whole_number("vote_weight").unwrap_or(0),
        quota,
        opens_at: reader.moment("opens", false),
        closes_at: reader.moment("closes", true),
        feedback: if form.has("feedback") { reader.word("feedback", Feedback::None) } else { Feedback::None },
        is_standardised: reader.is_checked("is_standardised"),
        carry_weight: reader.whole_number("carry_weight").unwrap_or(0),
    };
    reader.done(round)
}

fn read_tie(word: &str) -> Option<TieStep> {
    match word {
        "head_to_head" => Some(TieStep::HeadToHead),
        "median" => Some(TieStep::Median),
        "chair" => Some(TieStep::Chair),
        "lot" => Some(TieStep::Lot),
        other => other.parse().ok().map(|criterion| TieStep::Criterion { criterion }),
    }
}

fn tie_value(step: &TieStep) -> String {
    match step {
        TieStep::Criterion { criterion } => criterion.to_string(),
        TieStep::HeadToHead => "head_to_head".to_owned(),
        TieStep::Median => "median".to_owned(),
        TieStep::Chair => "chair".to_owned(),
        TieStep::Lot => "lot".to_owned(),
    }
}

fn stored_values(round: &Round, words: &Words) -> Values {
    let mut stored = Vec::new();
    put(&mut stored, "name", &round.name);
    put(&mut stored, "name_en", &round.name_en);
    put(&mut stored, "pool_level", round.pool_level.as_str());
    put(&mut stored, "method", round.method);
    put(&mut stored, "judges_per_entry", round.judges_per_entry);
    put_check(&mut stored, "is_blind", round.is_blind);
    put(&mut stored, "aggregation", round.aggregation);
    for (number, step) in (1..).zip(round.tie_chain.iter()) {
        put(&mut stored, &format!("tie_{number}"), tie_value(step));
    }
    put(&mut stored, "cut_policy", round.cut_policy);
    put(&mut stored, "vote_weight", round.vote_weight);
    put_some(&mut stored, "quota_total", round.quota.total);
    for (kind, limit) in &round.quota.by_kind {
        put(&mut stored, &format!("quota_kind_{kind}"), limit);
    }
    for (kind, limit) in &round.quota.by_unit_kind {
        put(&mut stored, &format!("quota_unit_{kind}"), limit);
    }
    put(&mut stored, "feedback", round.feedback);
    put_check(&mut stored, "is_standardised", round.is_standardised);
    put(&mut stored, "carry_weight", round.carry_weight);
    put_moment(&mut stored, "opens", round.opens_at, words.zone);
    put_moment(&mut stored, "closes", round.closes_at, words.zone);
    stored
}

/// What most rounds are: scored by three, ties told apart by head-to-head and then by lot.
fn new_values(held: &Held) -> Values {
    let mut stored = Vec::new();
    put(&mut stored, "pool_level", held.declared.host.level.as_str());
    put(&mut stored, "method", RoundMethod::Score);
    put(&mut stored, "judges_per_entry", 3);
    put(&mut stored, "aggregation", Aggregation::Mean);
    put(&mut stored, "tie_1", "head_to_head");
    put(&mut stored, "tie_2", "lot");
    put(&mut stored, "cut_policy", CutPolicy::Chain);
    put(&mut stored, "vote_weight", 20);
    put(&mut stored, "feedback", Feedback::None);
    put(&mut stored, "carry_weight", 0);
    stored
}

fn spec(held: &Held, id: Option<&RoundId>, words: &Words) -> Result<FormSpec, WebError> {
    let say = |key: &str| words.say(key);
    let list = held.href(Part::Rounds);
    let found = id.and_then(|id| held.declared.rounds.iter().find(|row| row.round.id == *id));
    if id.is_some() && found.is_none() {
        return Err(WebError::NotFound);
    }
    let criteria: &[Criterion] = found.map_or(&[], |row| &row.criteria);
    let stored = found.map_or_else(|| new_values(held), |row| stored_values(&row.round, words));
    Ok(FormSpec {
        part: Part::Rounds,
        title: found.map_or_else(|| say("setup-round-new"), |row| row.round.name_in(words.lang).to_owned()),
        lead: say("setup-round-lead"),
        action: format!("{list}/{}", id.map_or("new", RoundId::as_str)),
        back: Some(Crumb { href: list, label: say("setup-part-rounds") }),
        groups: vec![
            Group::of(what(held, words)),
            Group::named(say("setup-round-judging"), judging(words)),
            Group::named(say("setup-round-ties"), ties(criteria, words))
                .with_help(say("setup-round-ties-help")),
            Group::named(say("setup-round-quota"), quota(words)).with_help(say("setup-round-quota-help")),
            Group::named(say("setup-round-dates"), dates(words)),
        ],
        stored,
    })
}

fn what(held: &Held, words: &Words) -> Vec<Control> {
    let say = |key: &str| words.say(key);
    let host = held.declared.level_position(&held.declared.host.level).unwrap_or(0);
    let levels = held.declared.levels.iter().filter(|level| level.position >= host);
    let levels = levels.map(|level| Choice::new(level.code.as_str(), level.name_in(words.lang).to_owned()));
    let methods = RoundMethod::ALL.iter().map(|method| {
        Choice::with_help(method, method_word(*method, words), say(&format!("setup-method-{method}-help")))
    });
    vec![
        Control::line("name", say("setup-round-name")).max(MAX_NAME),
        Control::pick("pool_level", say("setup-round-level"), levels.collect())
            .help(say("setup-round-level-help")),
        Control::radios("method", say("setup-round-method"), methods.collect()),
        Control::line("name_en", say("setup-name-en")).max(MAX_NAME).optional(words),
    ]
}

fn judging(words: &Words) -> Vec<Control> {
    let say = |key: &str| words.say(key);
    let aggregations = Aggregation::ALL.iter();
    let aggregations = aggregations.map(|way| Choice::new(way, say(&format!("setup-aggregation-{way}"))));
    let feedback = Feedback::ALL.iter();
    let feedback = feedback.map(|what| Choice::new(what, say(&format!("setup-feedback-{what}"))));
    vec![
        Control::number("judges_per_entry", say("setup-round-judges")).help(say("setup-round-judges-help")),
        Control::check("is_blind", say("setup-round-blind")).help(say("setup-round-blind-help")),
        Control::radios("aggregation", say("setup-round-aggregation"), aggregations.collect()),
        Control::number("vote_weight", say("setup-round-vote-weight"))
            .help(say("setup-round-vote-weight-help")),
        Control::number("carry_weight", say("setup-round-carry")).help(say("setup-round-carry-help")),
        Control::check("is_standardised", say("setup-round-standardised"))
            .help(say("setup-round-standardised-help")),
        Control::radios("feedback", say("setup-round-feedback"), feedback.collect())
            .help(say("setup-round-feedback-help")),
    ]
}

fn ties(criteria: &[Criterion], words: &Words) -> Vec<Control> {
    let say = |key: &str| words.say(key);
    let steps = criteria.iter().map(|row| TieStep::Criterion { criterion: row.id.clone() }).chain([
        TieStep::HeadToHead,
        TieStep::Median,
        TieStep::Chair,
        TieStep::Lot,
    ]);
    let mut options = vec![Choice::new("", say("setup-tie-none"))];
    options.extend(steps.map(|step| Choice::new(tie_value(&step), tie_word(&step, criteria, words))));
    let mut controls: Vec<Control> = (1..=TIE_STEPS)
        .map(|number| {
            let label = words.say_with("setup-tie-step", &[("number", number.into())]);
            Control::pick(&format!("tie_{number}"), label, options.clone())
        })
        .collect();
    let policies =
        CutPolicy::ALL.iter().map(|policy| Choice::new(policy, say(&format!("setup-cut-{policy}"))));
    controls.push(Control::radios("cut_policy", say("setup-cut"), policies.collect()));
    controls
}

fn quota(words: &Words) -> Vec<Control> {
    let mut controls = vec![Control::number("quota_total", words.say("setup-quota-total")).optional(words)];
    controls.extend(KINDS.iter().map(|kind| {
        let kind_word = words.say(&format!("contests-kind-{kind}"));
        let label = words.say_with("setup-quota-kind", &[("kind", kind_word.into())]);
        Control::number(&format!("quota_kind_{kind}"), label).optional(words)
    }));
    controls.extend(UnitKind::ALL.iter().map(|kind| {
        let kind_word = words.say(&format!("contests-unit-kind-{kind}"));
        let label = words.say_with("setup-quota-unit", &[("kind", kind_word.into())]);
        Control::number(&format!("quota_unit_{kind}"), label).optional(words)
    }));
    controls
}

fn dates(words: &Words) -> Vec<Control> {
    vec![
        Control::date("opens_date", words.say("setup-round-opens")).optional(words),
        Control::time("opens_time", words.say("setup-time")).optional(words),
        Control::date("closes_date", words.say("setup-round-closes")).optional(words),
        Control::time("closes_time", words.say("setup-time")).optional(words),
    ]
}
