deliberation-title = Deliberation
deliberation-what = What the panel says about each entry. A remark is neither changed nor deleted. To change marks, reopen the sheet and give a reason.
deliberation-decided = There is a decision with minutes
deliberation-decide = Record the decision with minutes
deliberation-nothing = Nobody has said anything yet.
deliberation-remark = Remark
deliberation-remark-help = The whole panel and the organisers can read it.
deliberation-say = Record the remark
deliberation-said = The remark was recorded.
deliberation-error-empty = Please write a remark.
deliberation-error-entry = Please choose an entry.
deliberation-error-order = One number for each entry, from 1 on, none twice and none left out.
deliberation-refused-sheets-first = { $n } own sheets are not submitted. Remarks are read and written after that, so that everybody marks independently first.
deliberation-refused-chair-not-declared = The rules of this round do not leave ties to the chair.
deliberation-refused-still-marking = The chair orders tied entries once the judging is closed.
deliberation-refused-not-tied = These entries are not tied with each other. Please look at the standing again.
deliberation-refused-no-feedback = The rules of this round do not show comments to entrants.
deliberation-ties = Ties
deliberation-ties-text = The rules let the chair put entries in order that are still tied after the steps before, with a reason.
deliberation-tie = Place { $place }, { $score } points
deliberation-rule = Record the order
deliberation-ruled = The order was recorded.
deliberation-no-ties = No tie waits for the chair.
deliberation-record = What happened
deliberation-record-none = Nothing changed after the first sheets.
deliberation-pool-open-judging = The judging was opened.
deliberation-pool-close-judging = The judging was closed.
deliberation-pool-reopen-judging = The judging went on.
deliberation-sheet-submitted = { $judge } submitted the sheet for { $entry } again.
deliberation-sheet-reopened = The sheet of { $judge } for { $entry } was reopened.
deliberation-sheet-voided = The sheet of { $judge } for { $entry } was voided.
deliberation-ruling = The chair's order: { $order }.
deliberation-more = One more judge at the line, number { $number }: { $entries }.

comments-title = Comments for entrants
comments-what = After publication entrants read only comments that were released. Judges are not named. A comment that is changed afterwards must be released again.
comments-all = Release all { $n } that are left
comments-all-confirm = Release all comments that are left?
comments-one = Release
comments-is-released = released
comments-is-changed = changed since it was released
comments-none = There are no comments.
comments-released = { $n } comments were released.

feedback-title = Marks and comments
feedback-no-comments = No comment was released.
feedback-none = Nothing to see yet
feedback-none-text = If the rules allow it, marks and comments stand here after publication.

export-program = Program: hoithi { $version }
export-files = marks.csv: every mark, a line for each criterion of each sheet that counts. standing.csv: places, places before ties were split, scores as fractions. rules.json: the rules as the program reads them.
export-rubric = The score of a sheet = the sum of weight x (mark - lowest)/(highest - lowest) x 100, divided by the sum of weights. Computed in fractions, rounded only in print.
export-aggregation-mean = The score of an entry = the mean of its sheets.
export-aggregation-median = The score of an entry = the median of its sheets; of an even number the mean of the two in the middle.
export-command = To compute it again: { $command }. Its rank is place_before_ties.
export-chain = Ties: { $chain }.
export-commitment = Lot: the SHA-256 of the seed is { $hash }. Order by SHA-256(seed || id of the entry), smallest first.
export-seed = Seed: { $seed }
export-seed-later = The seed is revealed when the judging is closed.
export-calibrated = Calibrated scores: hoithi rank marks.csv --method mixed --draws { $draws } --seed { $seed }.
export-hash = Check code of the standing: { $hash }
export-parts = Scores of this round have more parts than the judges' marks; marks.csv computes the judges' part alone. Weights stand in rules.json, votes in standing.csv.
