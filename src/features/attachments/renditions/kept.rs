//! What was made of files, kept between requests: a document has hundreds of pieces, and once all is made nothing of it changes
//! until it is made anew, which ends at another moment.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{Rendering, RenderingStatus, Viewing};
use crate::features::attachments::FileHash;

/// Pieces of all together; beyond it all is read anew.
const MAX_PIECES: usize = 20_000;

/// Of one database; clones share it.
#[derive(Debug, Clone, Default)]
pub struct KeptViewings(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    viewings: HashMap<FileHash, Arc<Viewing>>,
    n_pieces: usize,
}

impl KeptViewings {
    /// The pieces that were made by just this making.
    pub(super) fn find(&self, rendering: &Rendering) -> Option<Arc<Viewing>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.viewings.get(&rendering.source_hash).filter(|viewing| viewing.rendering == *rendering).cloned()
    }

    pub(super) fn keep(&self, viewing: &Arc<Viewing>) {
        if viewing.rendering.status != RenderingStatus::Done {
            return;
        }
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.n_pieces >= MAX_PIECES {
            *kept = Kept::default();
        }
        kept.n_pieces += viewing.renditions.len() + 1;
        kept.viewings.insert(viewing.rendering.source_hash.clone(), Arc::clone(viewing));
    }
}
