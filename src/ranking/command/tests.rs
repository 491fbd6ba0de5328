//! Files in, reports out.

use super::*;

fn ranked(file: &str, method: Method) -> RankReport {
    rank(file.as_bytes(), &RankOptions { method, top: Some(1), ..RankOptions::default() }).unwrap()
}

fn order(report: &RankReport) -> String {
    report.entries.iter().map(|line| format!("{}{}", line.rank, line.entry)).collect::<Vec<_>>().join(" ")
}

/// Entries in lines, judges in columns, as a file.
fn a_file(rows: &[(&str, &[&str])]) -> String {
    let lines = rows.iter().flat_map(|(entry, marks)| {
        marks
            .iter()
            .enumerate()
            .filter(|(_, mark)| **mark != "-")
            .map(move |(judge, mark)| format!("{entry},judge {judge},{mark}\n"))
    });
    format!("entry,judge,score\n{}", lines.collect::<String>())
}

fn a_panel() -> String {
    a_file(&[
        ("A", &["70", "60", "-", "-", "66", "71"]),
        ("B", &["80", "-", "75", "-", "79", "70"]),
        ("C", &["-", "55", "71", "-", "60", "64"]),
        ("D", &["60", "-", "-", "50", "63", "-"]),
        ("E", &["-", "82", "-", "70", "-", "88"]),
        ("F", &["-", "-", "88", "79", "90", "91"]),
    ])
}

#[test]
fn columns_come_in_any_order_and_any_separator() {
    let plain = ranked("entry,judge,score\nA,x,8.5\nA,y,6\nB,x,7\nB,y,9\n", Method::Mean);
    assert_eq!(order(&plain), "1B 2A");
    for file in [
        "Score,note, JUDGE ,entry\n8.5,fine,x,A\n6,,y,A\n7,,x,B\n9,,y,B\n",
        "\u{feff}entry;judge;score\r\nB;y;9\r\nA;x;8,5\r\nA;y;6\r\n\r\nB;x;7\r\n",
        "entry\tjudge\tscore\nA\tx\t8.5\nA\ty\t6,0\nB\tx\t7\nB\ty\t9",
        "entry,judge,score\n\"A\",x,\"8,5\"\nA,y,6\nB,x,7\nB,y,9.000\n",
    ] {
        assert_eq!(ranked(file, Method::Mean), plain, "{file}");
    }
}

#[test]
fn a_bad_file_gets_the_line_and_the_reason() {
    for (file, message) in [
        ("", "the file has no ratings"),
        ("entry,judge,score\n", "the file has no ratings"),
        (
            "entry,score\n",
            "line 1: the column \"judge\" is missing; the first line must name entry, judge and score",
        ),
        ("entry,judge,score,Entry\n", "line 1: the column \"entry\" stands there twice"),
        ("entry,judge,score,weight\n", "line 1: a column \"weight\" needs a column \"criterion\""),
        ("entry,judge,score\nA,x,8\nA,y\n", "line 3: there are 2 fields where the first line has 3"),
        ("entry,judge,score\n\n\nA,x,eight\n", "line 4: \"eight\" is no score: it is not a number"),
        ("entry,judge,score\nA,x,NaN\n", "line 2: \"NaN\" is no score: it is not a number"),
        ("entry,judge,score\nA,x,inf\n", "line 2: \"inf\" is no score: it is not a number"),
        ("entry,judge,score\nA, ,8\n", "line 2: the field \"judge\" is empty"),
        ("entry,judge,score\nA,x,\n", "line 2: the field \"score\" is empty"),
        ("entry,judge,score\nA,x,8\nB,x,8\nA,x,9\n", "line 4: judge x scored A already on line 2"),
        ("entry,judge,criterion,score,weight\nA,x,c,8,0\n", "line 2: the weight must be above zero, not 0"),
        (
            "entry,judge,criterion,score,weight\nA,x,c,8,2\nA,y,c,8,3\n",
            "line 3: the weight of \"c\" is 3 here and was 2 before",
        ),
    ] {
        let refusal = rank(file.as_bytes(), &RankOptions::default()).unwrap_err();
        assert_eq!(refusal.to_string(), message);
        assert_eq!(reliability(file.as_bytes()).unwrap_err().to_string(), message);
        assert!(refusal.key().starts_with("ranking-"));
    }
    let refusal = rank(&b"entry,judge,score\nA,x,8\nB,\xff,8\n"[..], &RankOptions::default()).unwrap_err();
    assert_eq!(refusal.to_string(), "line 3: the text is not UTF-8");
}

#[test]
fn criteria_are_weighted_exactly_and_incomplete_sheets_do_not_count() {
    let file = "judge,entry,criterion,score,weight\n\
                x,A,idea,8,2\nx,A,art,5,1\nx,B,idea,7,2\nx,B,art,7,1\ny,A,idea,9,2\ny,B,idea,7,2\ny,B,art,7,1\n";
    let report = ranked(file, Method::Mean);
    // A: (2 * 8 + 5)/3 = 7 by x alone; B: 7 and 7. They are tied.
    assert_eq!(order(&report), "1A 1B");
    assert_eq!(report.entries[0].score, Some(7.0));
    assert_eq!((report.entries[0].ratings, report.entries[1].ratings), (1, 2));
    assert_eq!(report.warnings[0], "The sheet of judge y for A does not count: \"art\" is missing.");
}

#[test]
fn marks_with_their_scale_become_parts_of_a_hundred() {
    // 8 of 1 to 8 is 100, 5 of 0 to 10 is 50; weights 2 to 1: 250/3.
    let file = "entry,judge,criterion,score,weight,min,max\nA,x,idea,8,2,1,8\nA,x,art,5,1,0,10\n\
                B,x,idea,4.5,2,1,8\nB,x,art,10,1,0,10\n";
    let report = ranked(file, Method::Mean);
    assert_eq!(report.entries[0].score, Some(250.0 / 3.0));
    assert_eq!(report.entries[1].score, Some(200.0 / 3.0));
    // One of the two alone is a column like any other.
    assert_eq!(ranked("entry,judge,score,max\nA,x,8,9\n", Method::Mean).entries[0].score, Some(8.0));
    for (line, message) in [
        ("A,x,8,5,5", "line 2: the scale from 5 to 5 has no range"),
        ("A,x,8,0,", "line 2: the field \"max\" is empty"),
        ("A,x,8,o,9", "line 2: \"o\" is no min: it is not a number"),
    ] {
        let file = format!("entry,judge,score,min,max\n{line}\n");
        let refusal = rank(file.as_bytes(), &RankOptions::default()).unwrap_err();
        assert_eq!(refusal.to_string(), message);
    }
}

#[test]
fn exact_ties_are_ties_and_rounding_does_not_part_them() {
    // 0.1 + 0.2 + 0.3 in different orders, and three times 0.2.
    let file = a_file(&[
        ("A", &["0.1", "0.2", "0.3"]),
        ("B", &["0.3", "0.2", "0.1"]),
        ("C", &["0.2", "0.2", "0.2"]),
    ]);
    assert_eq!(order(&ranked(&file, Method::Mean)), "1A 1B 1C");
    assert_eq!(order(&ranked(&file, Method::Median)), "1A 1B 1C");
    assert_eq!(order(&ranked(&file, Method::Borda)), "1A 1B 1C");
}

#[test]
fn every_method_answers() {
    let file = a_panel();
    for (method, expected) in [
        (Method::Mean, "1F 2E 3B 4A 5C 6D"),
        (Method::Median, "1F 2E 3B 4A 5C 6D"),
        (Method::Trimmed(1), "1F 2E 3B 4A 5C 6D"),
        (Method::LeastSquares, "1F 2E 3B 4A 5C 6D"),
        (Method::Mixed, "1F 2E 3B 4A 5C 6D"),
        (Method::MixedSpread, "1F 2E 3B 4A 5C 6D"),
    ] {
        let report = ranked(&file, method);
        assert_eq!(report.method, method.to_string());
        assert_eq!(order(&report), expected, "{method}");
        assert!(report.to_string().contains("generosity"));
    }
    let refusal = rank(file.as_bytes(), &RankOptions { method: Method::ZScore, ..RankOptions::default() });
    let reason = "z-scores need at least 8 ratings by every judge, and judge judge 0 has 3";
    assert_eq!(refusal.unwrap_err().to_string(), reason);
}

#[test]
fn the_json_has_its_shape_and_null_where_nothing_is_known() {
    let report = ranked(&a_panel(), Method::Mixed);
    let json: serde_json::Value = serde_json::to_value(&report).unwrap();
    let keys =
        |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&json), "components entries judges method variance warnings");
    assert_eq!(keys(&json["entries"][0]), "entry mean p_top place_high place_low rank ratings score se");
    assert_eq!(keys(&json["judges"][0]), "generosity judge ratings se");
    assert_eq!(keys(&json["variance"]), "reml sigma2 tau2");
    assert_eq!(json["entries"][0]["rank"], 1);
    assert!(json["entries"][0]["se"].as_f64().unwrap() > 0.0);
    let median = serde_json::to_value(ranked(&a_panel(), Method::Median)).unwrap();
    assert!(median["entries"][0]["se"].is_null() && median["entries"][0]["p_top"].is_null());

    let report = serde_json::to_value(reliability(a_panel().as_bytes()).unwrap()).unwrap();
    assert_eq!(keys(&report), "alpha icc kendall mixed");
    assert_eq!(keys(&report["icc"]), "1,1 1,k 2,1 2,k 3,1 3,k");
    assert_eq!(keys(&report["alpha"]), "interval nominal ordinal ratio");
    assert_eq!(keys(&report["kendall"]), "chi2 df p w");
    assert_eq!(keys(&report["mixed"]), "entry judge reml residual");
    assert!(
        report["icc"]["1,1"].is_null()
            && report["alpha"]["interval"].is_f64()
            && report["mixed"]["reml"].is_f64()
    );
}

#[test]
fn edges_are_answered_with_a_sentence() {
    for (name, rows) in [
        ("one rating", &[("A", &["5"][..])][..]),
        ("one judge", &[("A", &["5"]), ("B", &["6"]), ("C", &["6"])]),
        ("one entry", &[("A", &["5", "6", "7", "8", "2"])]),
        ("all tied", &[("A", &["5", "5", "5", "5", "5"]), ("B", &["5", "5", "5", "5", "5"])]),
        (
            "two panels",
            &[("A", &["5", "6", "-", "-"]), ("B", &["7", "7", "-", "-"]), ("C", &["-", "-", "1", "2"])],
        ),
        (
            "a judge with one entry",
            &[("A", &["5", "6", "-"]), ("B", &["7", "7", "3"]), ("C", &["4", "4", "-"])],
        ),
    ] {
        let file = a_file(rows);
        for method in [
            Method::Mean,
            Method::Median,
            Method::Trimmed(1),
            Method::Borda,
            Method::LeastSquares,
            Method::Mixed,
            Method::MixedSpread,
        ] {
            let report = ranked(&file, method);
            assert_eq!(report.entries.len(), rows.len(), "{name} {method}");
            let says_something = !report.warnings.is_empty() || report.entries[0].se.is_some();
            assert!(says_something, "{name} {method}");
            let text = format!("{report}{}", serde_json::to_string(&report).unwrap());
            assert!(!text.contains("NaN") && !text.contains("inf"), "{name} {method}: {text}");
        }
        let report = reliability(file.as_bytes()).unwrap();
        let text = format!("{report}{}", serde_json::to_string(&report).unwrap());
        assert!(!text.contains("NaN") && !text.contains("inf"), "{name}: {text}");
    }
}

#[test]
fn the_complete_table_of_shrout_and_fleiss_is_reported() {
    let file = a_file(&[
        ("1", &["9", "2", "5", "8"]),
        ("2", &["6", "1", "3", "2"]),
        ("3", &["8", "4", "6", "8"]),
        ("4", &["7", "1", "2", "6"]),
        ("5", &["10", "5", "6", "9"]),
        ("6", &["6", "2", "4", "7"]),
    ]);
    let report = reliability(file.as_bytes()).unwrap();
    assert!((report.icc.single_random.unwrap() - 0.2898).abs() < 5e-5);
    assert!((report.mixed.entry.unwrap() - 2.5556).abs() < 5e-4);
    assert_eq!(report.kendall.df, Some(5));
    assert!(report.to_string().contains("judges needed"));
}

#[test]
fn more_judges_and_more_criteria_are_weighed_against_each_other() {
    // The first criterion is quality, the second is noise of entry and judge.
    let sheets = (0..6).flat_map(|entry| (0..3).map(move |judge| (entry, judge)));
    let lines = sheets.map(|(entry, judge)| {
        let (quality, noise) = (2 * entry + judge, (entry * 5 + judge * 7) % 4);
        format!("e{entry},j{judge},idea,{quality}\ne{entry},j{judge},art,{noise}\n")
    });
    let file = format!("entry,judge,criterion,score\n{}", lines.collect::<String>());
    let report = reliability(file.as_bytes()).unwrap();
    assert_eq!(report.facets, (3, 2));
    let parts = report.generalizability.unwrap();
    let said = format!("3 judges and 2 criteria: reliable by {:.3}", parts.coefficient(3, 2).unwrap());
    assert!(report.to_string().contains(&said), "{report}");
}

#[test]
fn the_order_of_lines_and_a_second_run_change_no_bit() {
    let file = a_panel();
    let mut lines: Vec<&str> = file.lines().skip(1).collect();
    lines.reverse();
    lines.rotate_left(5);
    let shuffled = format!("entry,judge,score\n{}\n", lines.join("\n"));
    for method in [Method::Mean, Method::LeastSquares, Method::Mixed, Method::MixedSpread, Method::Borda] {
        let json = |file: &str| serde_json::to_string(&ranked(file, method)).unwrap();
        assert_eq!(json(&file), json(&shuffled));
        assert_eq!(json(&file), json(&file));
    }
    assert_eq!(reliability(file.as_bytes()).unwrap(), reliability(shuffled.as_bytes()).unwrap());
}
