//! The files of the demo's entries: a few small real ones, shared by entries of the same form.

use std::collections::HashMap;

use anyhow::Context;

use super::data::{MediaLine, media, media_bytes};
use crate::{
    base::ids::FieldId,
    features::{
        attachments::{FileHash, NewFile},
        contests::{Field, FieldKind},
        voting::ProofFile,
    },
    infra::files::{Look, StoredFile, look_in},
    web::app::App,
};

pub struct Works {
    lines: Vec<MediaLine>,
    stored: HashMap<String, (StoredFile, Look)>,
}

impl Works {
    /// Puts every file into the store, once.
    pub fn keep(app: &App) -> anyhow::Result<Self> {
        let lines = media()?;
        let mut stored = HashMap::new();
        for name in lines.iter().flat_map(|line| [Some(&line.file), line.poster.as_ref()]).flatten() {
            if !stored.contains_key(name) {
                let bytes = media_bytes(name)?;
                let file = app.files.keep_bytes(&bytes)?;
                let look = look_in(std::io::Cursor::new(&bytes), u64::try_from(bytes.len())?)?;
                stored.insert(name.clone(), (file, look));
            }
        }
        Ok(Self { lines, stored })
    }

    /// The work and its cover picture for an entry of this form, the `n`th of its kind; nearest in theme first.
    pub fn files_for(
        &self,
        fields: &[Field],
        form: &str,
        title: &str,
        n: usize,
    ) -> anyhow::Result<Vec<(NewFile, StoredFile)>> {
        let slot = |is_cover: bool| {
            let field = fields
                .iter()
                .find(|field| field.kind == FieldKind::Files && field.settings.is_cover == is_cover);
            field.map(|field| &field.id)
        };
        let of_form: Vec<&MediaLine> = self.lines.iter().filter(|line| line.product_form == form).collect();
        let by_theme = of_form.iter().find(|line| title.contains(&line.theme));
        let line = by_theme.or_else(|| of_form.get(n % of_form.len().max(1))).copied();
        let line = line.with_context(|| format!("no file for {form}"))?;
        let mut files = Vec::new();
        if let Some(slot) = slot(false) {
            files.push(self.file(slot, &line.file)?);
        }
        if let (Some(slot), Some(poster)) = (slot(true), &line.poster) {
            files.push(self.file(slot, poster)?);
        }
        Ok(files)
    }

    /// Some picture, as what shows a count of votes.
    pub fn a_picture(&self) -> anyhow::Result<ProofFile> {
        let mut pictures = self.lines.iter().filter_map(|line| line.poster.as_ref());
        let name = pictures.next().context("no picture")?;
        let (new, stored) = self.file(&FieldId::generate(), name)?;
        let hash = FileHash::from_store(&stored.hash);
        Ok(ProofFile { hash, byte_count: stored.byte_count, media_type: new.media_type })
    }

    fn file(&self, slot: &FieldId, name: &str) -> anyhow::Result<(NewFile, StoredFile)> {
        let (stored, look) = self.stored.get(name).with_context(|| format!("{name} is not in the store"))?;
        let new = NewFile::read(slot, name, look)
            .map_err(|sentence| anyhow::anyhow!("{name}: {}", sentence.key))?;
        Ok((new, stored.clone()))
    }
}
