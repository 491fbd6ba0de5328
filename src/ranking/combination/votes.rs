//! Votes, for an order of display: few of them say little.

/// Of a 95 % interval.
const Z: f64 = 1.959_964;

/// The lower end of Wilson's interval (1927) for the share of votes in favour; zero without votes.
pub fn wilson_lower_bound(in_favour: u64, votes: u64) -> f64 {
    if votes == 0 {
        return 0.0;
    }
    let (n, share) = (votes as f64, in_favour.min(votes) as f64 / votes as f64);
    let spread = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((share + Z * Z / (2.0 * n) - spread) / (1.0 + Z * Z / n)).max(0.0)
}

/// The mean of stars, drawn to everybody's mean as if so many usual votes had been there: `(C m + sum)/(C + n)`.
pub fn star_mean(sum: f64, votes: u64, usual_mean: f64, usual_votes: f64) -> f64 {
    let all = usual_votes + votes as f64;
    if all > 0.0 { (usual_votes * usual_mean + sum) / all } else { usual_mean }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_good_votes_beat_one() {
        for (in_favour, votes, expected) in
            [(1, 1, 0.2065), (10, 10, 0.7225), (90, 100, 0.8256), (95, 100, 0.8882), (0, 5, 0.0)]
        {
            assert!((wilson_lower_bound(in_favour, votes) - expected).abs() < 5e-5, "{in_favour}/{votes}");
        }
        assert!(wilson_lower_bound(0, 0).abs() < 1e-12);
        assert!((star_mean(5.0, 1, 3.0, 9.0) - 3.2).abs() < 1e-12);
        assert!((star_mean(0.0, 0, 3.0, 0.0) - 3.0).abs() < 1e-12);
    }
}
