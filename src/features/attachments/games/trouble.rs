use crate::{base::sentence::Sentence, infra::files::PackageTrouble};

/// Why a zip is not taken; the file's own name is put in by whoever knows it.
pub fn sentence_of(trouble: &PackageTrouble) -> Sentence {
    use PackageTrouble::{
        BadName, Broken, Empty, Encrypted, GrowsTooMuch, Link, NameTooLong, PackedAgain, TooDeep, TooLarge,
        TooManyFiles, Twice,
    };
    match trouble {
        TooManyFiles(max) => Sentence::new("games-refused-many").with("max", *max),
        TooLarge => Sentence::new("games-refused-large"),
        GrowsTooMuch => Sentence::new("games-refused-bomb"),
        BadName(path) => Sentence::new("games-refused-path").with("path", path.clone()),
        TooDeep(path) => Sentence::new("games-refused-deep").with("path", path.clone()),
        NameTooLong(path) => Sentence::new("games-refused-long").with("path", path.clone()),
        Link(path) => Sentence::new("games-refused-link").with("path", path.clone()),
        Twice(_) => Sentence::new("games-refused-twice"),
        Encrypted => Sentence::new("games-refused-locked"),
        PackedAgain(path) => Sentence::new("games-refused-nested").with("path", path.clone()),
        Broken => Sentence::new("attachments-refused-broken"),
        Empty => Sentence::new("games-refused-empty"),
    }
}
