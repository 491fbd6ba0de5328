//! Pictures by what they show: a perceptual hash that survives another size, another compression, grey and a slight crop.

use image::{DynamicImage, GrayImage, imageops::FilterType};
use image_hasher::{HashAlg, HasherConfig};

use super::syllables::mix;

/// Bits of 256 in which two pictures may differ and still be the same picture.
pub const MAX_DISTANCE: u32 = 36;
/// Side of the square of which a view's hash is taken.
const VIEW: u32 = 64;
/// Side of the square on which structure is measured.
const GLANCE: u32 = 32;
/// Standard deviation of brightness (0 to 255) below which a picture is as good as blank.
const MIN_DEVIATION: f64 = 12.0;
/// Neighbours on the small square that differ by more than this are an edge, and how many a picture must have.
const EDGE: u8 = 10;
const MIN_EDGES: usize = 100;
/// Longest side on which a QR code is looked for.
const QR_SIDE: u32 = 640;
/// A picture of which a QR code takes more than this share is that code: all of them look the same.
const MAX_QR_SHARE: f64 = 0.12;

/// 256 bits of a perceptual hash for each of three views of a picture: whole, and with 3 % and 6 % of each side cut off. Of a
/// picture and a slight crop of it, some two views show the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PictureHash(pub [[u8; 32]; 3]);

impl PictureHash {
    /// Bits that differ between the two views that differ least, from 0 to 256 (Hamming 1950).
    pub fn distance(&self, other: &Self) -> u32 {
        let differing = |a: &[u8; 32], b: &[u8; 32]| a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum();
        let pairs = self.0.iter().flat_map(|a| other.0.iter().map(move |b| (a, b)));
        pairs.map(|(a, b)| differing(a, b)).min().unwrap_or(256)
    }

    /// How sure it is that both are one picture, from 0 to 100: unrelated pictures differ in about half of the bits.
    pub fn score(distance: u32) -> i32 {
        100 - i32::try_from(distance.min(128) * 100 / 128).unwrap_or(100)
    }

    /// The keys under which a hash is found again: the 16 parts of 16 bits of each view.
    pub fn kept_keys(&self) -> Vec<i64> {
        sorted(self.parts().map(|(band, part)| key(band, part)).collect())
    }

    /// The parts and each of them with one bit turned. Multi-index hashing (Norouzi, Punjani and Fleet 2012): of 31 bits that
    /// differ, at most one falls on some of 16 parts, so nothing within 31 is missed, and little between 32 and
    /// [`MAX_DISTANCE`].
    pub fn asked_keys(&self) -> Vec<i64> {
        let turned = |part: u16| (0..16).map(move |bit| part ^ (1 << bit)).chain([part]);
        sorted(self.parts().flat_map(|(band, part)| turned(part).map(move |part| key(band, part))).collect())
    }

    fn parts(&self) -> impl Iterator<Item = (u64, u16)> {
        self.0.iter().flat_map(|view| {
            (0_u64..).zip(view.chunks_exact(2)).map(|(band, pair)| {
                (band, pair.iter().fold(0_u16, |part, byte| (part << 8) | u16::from(*byte)))
            })
        })
    }

    pub fn to_hex(self) -> String {
        self.0.iter().map(|view| crate::base::seal::hex(view)).collect()
    }

    pub fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 192 {
            return None;
        }
        let mut views = [[0; 32]; 3];
        for (byte, at) in views.iter_mut().flatten().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(text.get(at..at + 2)?, 16).ok()?;
        }
        Some(Self(views))
    }
}

fn sorted(mut keys: Vec<i64>) -> Vec<i64> {
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn key(band: u64, part: u16) -> i64 {
    mix((0x91c7_u64 << 48) | (band << 16) | u64::from(part)).cast_signed()
}

/// The hash of a picture, or nothing when it shows too little to be told from others: blank and flat pictures, plain
/// gradients, QR codes.
pub fn hash_picture(picture: &DynamicImage) -> Option<PictureHash> {
    let small = picture.resize(QR_SIDE, QR_SIDE, FilterType::Triangle).grayscale();
    if !has_structure(&small) || is_qr_code(&small.to_luma8()) {
        return None;
    }
    let config = HasherConfig::with_bytes_type::<[u8; 32]>();
    let hasher = config.hash_size(16, 16).hash_alg(HashAlg::Median).preproc_dct().to_hasher();
    let view = |hundredths: u32| {
        let (x, y) = (small.width() * hundredths / 100, small.height() * hundredths / 100);
        let cut = small.crop_imm(x, y, small.width() - 2 * x, small.height() - 2 * y);
        hasher.hash_image(&cut.resize_exact(VIEW, VIEW, FilterType::Triangle)).into_inner()
    };
    Some(PictureHash([view(0), view(3), view(6)]))
}

fn has_structure(picture: &DynamicImage) -> bool {
    let glance = picture.resize_exact(GLANCE, GLANCE, FilterType::Triangle).to_luma8();
    let n_pixels = f64::from(GLANCE * GLANCE);
    let mean = glance.as_raw().iter().map(|pixel| f64::from(*pixel)).sum::<f64>() / n_pixels;
    let variance =
        glance.as_raw().iter().map(|pixel| (f64::from(*pixel) - mean).powi(2)).sum::<f64>() / n_pixels;
    if variance.sqrt() < MIN_DEVIATION {
        return false;
    }
    let rows = glance.as_raw().chunks(GLANCE as usize);
    let beside = rows.clone().flat_map(|row| row.iter().zip(row.iter().skip(1)));
    let below = rows.clone().zip(rows.skip(1)).flat_map(|(row, next)| row.iter().zip(next));
    beside.chain(below).filter(|(a, b)| a.abs_diff(**b) > EDGE).count() >= MIN_EDGES
}

fn is_qr_code(picture: &GrayImage) -> bool {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        picture.as_raw().get(y * width + x).copied().unwrap_or(0)
    });
    let covered: f64 = prepared.detect_grids().iter().map(|grid| area(&grid.bounds)).sum();
    covered > MAX_QR_SHARE * f64::from(picture.width()) * f64::from(picture.height())
}

/// Of a quadrilateral, by its diagonals.
fn area(corners: &[rqrr::Point; 4]) -> f64 {
    let [first, second, third, fourth] = corners;
    let falling = (f64::from(third.x - first.x), f64::from(third.y - first.y));
    let rising = (f64::from(fourth.x - second.x), f64::from(fourth.y - second.y));
    (falling.0 * rising.1 - falling.1 * rising.0).abs() / 2.0
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, imageops::FilterType};

    use super::*;

    fn demo(name: &str) -> DynamicImage {
        image::open(format!("demo/media/{name}")).unwrap()
    }

    fn jpeg(picture: &DynamicImage, quality: u8) -> DynamicImage {
        let mut out = std::io::Cursor::new(Vec::new());
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut out, quality);
        picture.to_rgb8().write_with_encoder(encoder).unwrap();
        image::load_from_memory(out.get_ref()).unwrap()
    }

    fn cropped(picture: &DynamicImage, hundredths: u32) -> DynamicImage {
        let (w, h) = (picture.width() * hundredths / 100, picture.height() * hundredths / 100);
        picture.crop_imm(w, h, picture.width() - 2 * w, picture.height() - 2 * h)
    }

    fn shared_key(a: &PictureHash, b: &PictureHash) -> bool {
        let kept = a.kept_keys();
        b.asked_keys().iter().any(|key| kept.contains(key))
    }

    #[test]
    fn a_picture_is_known_again_after_what_people_do_to_it() {
        for name in
            ["anh-khoi-nghiep.jpg", "clip-bao-ve-moi-truong.webp", "trinh-chieu-kien-thuc-phap-luat-5.webp"]
        {
            let picture = demo(name);
            let hash = hash_picture(&picture).unwrap();
            for (what, changed) in [
                (
                    "a third of the size",
                    picture.resize(picture.width() / 3, picture.height() / 3, FilterType::Triangle),
                ),
                ("poorly compressed", jpeg(&picture, 15)),
                ("grey", DynamicImage::ImageLuma8(picture.to_luma8())),
                ("brighter", picture.brighten(15)),
                ("cropped by 2 % on each side", cropped(&picture, 2)),
                ("cropped by 3 % and recompressed", jpeg(&cropped(&picture, 3), 40)),
            ] {
                let found = hash_picture(&changed).unwrap();
                assert!(hash.distance(&found) <= MAX_DISTANCE, "{name}, {what}: {}", hash.distance(&found));
                assert!(shared_key(&hash, &found) || shared_key(&found, &hash), "{name}, {what}");
            }
        }
    }

    #[test]
    fn other_pictures_are_other_pictures() {
        let names = [
            "anh-khoi-nghiep.jpg",
            "anh-bao-ve-moi-truong.jpg",
            "clip-cham-soc-tre-em.webp",
            "trinh-chieu-kien-thuc-phap-luat-1.webp",
            "trinh-chieu-cham-soc-tre-em-1.webp",
            "trinh-chieu-cham-soc-tre-em-3.webp",
            "trinh-chieu-cham-soc-tre-em-4.webp",
        ];
        let hashes: Vec<PictureHash> = names.iter().map(|name| hash_picture(&demo(name)).unwrap()).collect();
        for (at, hash) in hashes.iter().enumerate() {
            for (other, name) in hashes.iter().zip(names).skip(at + 1) {
                assert!(
                    hash.distance(other) > MAX_DISTANCE,
                    "{} and {name}: {}",
                    names[at],
                    hash.distance(other)
                );
            }
        }
    }

    #[test]
    fn what_shows_nothing_has_no_hash() {
        let flat = image::RgbImage::from_pixel(300, 200, image::Rgb([240, 240, 240]));
        let gradient =
            image::RgbImage::from_fn(300, 200, |x, _| image::Rgb([u8::try_from(x * 255 / 300).unwrap(); 3]));
        let tiny = image::RgbImage::from_pixel(1, 1, image::Rgb([9, 9, 9]));
        for (what, picture) in [
            ("flat", DynamicImage::ImageRgb8(flat)),
            ("a gradient", DynamicImage::ImageRgb8(gradient)),
            ("one pixel", DynamicImage::ImageRgb8(tiny)),
            ("a QR code", demo("ma-qr-cham-soc-tre-em.png")),
            ("another QR code, small", demo("ma-qr-an-toan-giao-thong.webp")),
        ] {
            assert_eq!(hash_picture(&picture), None, "{what}");
        }
    }

    #[test]
    fn nothing_within_31_bits_is_missed() {
        let hash = PictureHash([[0x5a; 32]; 3]);
        for n_bits in [0_usize, 1, 16, 31] {
            let mut other = hash;
            // Spread as evenly as can be, which is the worst for the parts.
            for bit in 0..n_bits {
                let place = bit % 16 * 16 + bit / 16;
                for view in &mut other.0 {
                    view[place / 8] ^= 1 << (place % 8);
                }
            }
            assert_eq!(hash.distance(&other) as usize, n_bits);
            assert!(shared_key(&hash, &other), "{n_bits}");
        }
        assert_eq!(PictureHash::from_hex(&hash.to_hex()), Some(hash));
        assert!([("zz", None), ("", None)].iter().all(|(text, none)| PictureHash::from_hex(text) == *none));
        assert_eq!((PictureHash::score(0), PictureHash::score(32), PictureHash::score(200)), (100, 75, 0));
    }
}
