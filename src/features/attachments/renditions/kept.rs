//! What was made of files, kept between requests: a document has hundreds of pieces, and once all is made nothing of it changes
//! until it is made anew, which ends at another moment.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use super::{Rendering, RenderingStatus, Viewing};
use crate::features::attachments::FileHash;

/// Pieces of all together; beyond it all is read anew.
const MAX_PIECES: usize = 20_000;

#[derive(Default)]
struct Kept {
    viewings: HashMap<FileHash, Arc<Viewing>>,
    n_pieces: usize,
}

static KEPT: LazyLock<Mutex<Kept>> = LazyLock::new(Mutex::default);

/// The pieces that were made by just this making.
pub(super) fn find(rendering: &Rendering) -> Option<Arc<Viewing>> {
    let kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.viewings.get(&rendering.source_hash).filter(|viewing| viewing.rendering == *rendering).cloned()
}

pub(super) fn keep(viewing: &Arc<Viewing>) {
    if viewing.rendering.status != RenderingStatus::Done {
        return;
    }
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.n_pieces >= MAX_PIECES {
        *kept = Kept::default();
    }
    kept.n_pieces += viewing.renditions.len() + 1;
    kept.viewings.insert(viewing.rendering.source_hash.clone(), Arc::clone(viewing));
}
