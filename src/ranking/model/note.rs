//! What must be said beside a result, for people.

use thiserror::Error;

#[derive(Debug, Clone, PartialEq, Error)]
pub enum Note {
    #[error("There are no ratings.")]
    Empty,
    #[error(
        "The panels fall into {0} parts that no judge joins. Ranking them together assumes that the judges of every part are \
         equally generous on average; nothing in the marks can confirm it."
    )]
    Apart(usize),
    #[error(
        "Each entry has one rating only, so nothing says how much judges differ or how sure the ranking is: raw means are shown."
    )]
    NothingRepeated,
    #[error(
        "All judges gave the same marks to the same entries: there is no variation to estimate, and raw means are shown."
    )]
    NoVariation,
    #[error("There is no sign that judges differ in generosity: calibrated scores equal raw means.")]
    JudgesAlike,
    #[error(
        "There are only {0} judges, too few to estimate how much judges differ; the calibration assumes that their \
         variance is a quarter of the residual variance."
    )]
    FewJudges(usize),
    #[error(
        "The marks are explained by entries and judges almost without a rest, so the corrections are full and no error can be estimated."
    )]
    PerfectFit,
    #[error("There are not more ratings than things to estimate, so no standard errors can be computed.")]
    NoDegreesOfFreedom,
    #[error("The equations could not be solved to the accuracy required; raw means are shown.")]
    NotSolved,
    #[error(
        "Judge {0} rated only entries that nobody else rated; they can be compared with others only by assuming an average judge."
    )]
    LonelyJudge(String),
    #[error(
        "Judge {0} uses the scale so unlike the others that the correction was limited to a factor of two."
    )]
    SpreadClipped(String),
    #[error(
        "Judge {0} gave one mark to everything, or rated too little, to say how wide a range the judge uses."
    )]
    SpreadUnknown(String),
    #[error("The panel did not separate these entries: their differences are no larger than the noise.")]
    EntriesAlike,
    #[error(
        "Judge {0} gave every entry the same mark, so these marks say nothing here and count as average."
    )]
    NoSpread(String),
    #[error("{0} of the entries have too few ratings to be trimmed and keep their plain mean.")]
    Untrimmed(usize),
    #[error(
        "Standard errors and place intervals are computed for the methods mean, least-squares, mixed and mixed-spread only."
    )]
    NoErrorsForMethod,
    #[error("There are so many entries that place intervals are computed only near the cut.")]
    PlacesNearCutOnly,
    #[error(
        "Scores are compared after rounding to {0} decimals, because they all lie within less than one point."
    )]
    FinerPrecision(u32),
    #[error("Some ratings of an entry by the same judge stand more than once; each of them counts.")]
    Repeated,
    #[error(
        "Too few ratings are shared to tell judges' generosity from noise; the calibration assumes that the judges' variance \
         is a quarter of the residual variance."
    )]
    NotSeparable,
    #[error(
        "z-scores assume that entries were given to judges at random, so that every judge met an equally good set."
    )]
    AssumesRandomDraw,
    #[error(
        "There are too many entries and judges for the variance components of the model with random entries."
    )]
    TooManyLevels,
    #[error(
        "Not all can be linked by wins and losses, so each was also given half a win and half a loss against an average opponent."
    )]
    NotAllLinked,
}

impl Note {
    pub fn key(&self) -> &'static str {
        match self {
            Self::Empty => "ranking-note-empty",
            Self::Apart(_) => "ranking-note-apart",
            Self::NothingRepeated => "ranking-note-nothing-repeated",
            Self::NoVariation => "ranking-note-no-variation",
            Self::JudgesAlike => "ranking-note-judges-alike",
            Self::FewJudges(_) => "ranking-note-few-judges",
            Self::PerfectFit => "ranking-note-perfect-fit",
            Self::NoDegreesOfFreedom => "ranking-note-no-degrees-of-freedom",
            Self::NotSolved => "ranking-note-not-solved",
            Self::LonelyJudge(_) => "ranking-note-lonely-judge",
            Self::SpreadClipped(_) => "ranking-note-spread-clipped",
            Self::SpreadUnknown(_) => "ranking-note-spread-unknown",
            Self::EntriesAlike => "ranking-note-entries-alike",
            Self::NoSpread(_) => "ranking-note-no-spread",
            Self::Untrimmed(_) => "ranking-note-untrimmed",
            Self::NoErrorsForMethod => "ranking-note-no-errors-for-method",
            Self::PlacesNearCutOnly => "ranking-note-places-near-cut-only",
            Self::FinerPrecision(_) => "ranking-note-finer-precision",
            Self::Repeated => "ranking-note-repeated",
            Self::AssumesRandomDraw => "ranking-note-assumes-random-draw",
            Self::NotSeparable => "ranking-note-not-separable",
            Self::TooManyLevels => "ranking-note-too-many-levels",
            Self::NotAllLinked => "ranking-note-not-all-linked",
        }
    }
}
