judging-error-max-entries = The most entries is a whole number from 1 to 10,000, or nothing.
judging-error-mark-missing = “{ $criterion }” has no mark yet.
judging-error-mark-not-a-number = The mark for “{ $criterion }” must be a number from { $min } to { $max }.
judging-error-mark-out-of-range = The mark for “{ $criterion }” must be from { $min } to { $max }.
judging-error-mark-off-step = Marks for “{ $criterion }” go in steps of { $step } from { $min }.
judging-error-text-too-long = The text has more than { $max } characters.
judging-error-reason-missing = Please give the reason.

judging-refused-pool-decided = This pool has been decided or its judging was closed; it can no longer be changed.
judging-refused-already-seated = This person is on the panel already.
judging-refused-head-taken = The panel has a head already.
judging-refused-account-disabled = This account is disabled.
judging-refused-not-open = The judging of this pool has not begun, or is over.
judging-refused-closed = The judging is closed. Sheets can no longer change.
judging-refused-already-submitted = This sheet was submitted. To change it, reopen it and give the reason.
judging-refused-saved-elsewhere = This sheet was just saved on another page. Please compare the two and choose.
judging-refused-not-submitted = This sheet was not submitted.
judging-refused-no-sheets-in-round = This round is not scored with sheets.
judging-refused-no-entries = No entry was accepted in this pool yet.
judging-refused-no-judges = Nobody is on the panel yet.
judging-refused-lack-judges = { $n } entries lack judges: { $entries }. They need { $wanted } more sheets, but the judges who may score them can give only { $possible }.{ $n_full ->
        [0] {""}
       *[other] {" "}With as many entries as they take: judge { $full }.
    }{ $n_barred ->
        [0] {""}
       *[other] {" "}Kept from some of these by a conflict of interest or their categories: judge { $barred }.
    } Please add judges, raise their limits, or ask for fewer judges per entry.
judging-refused-not-on-panel = This person is not on the panel.
judging-refused-in-conflict = { $judge } has a conflict of interest with { $code } and cannot be assigned.
judging-refused-already-assigned = This judge has this entry already.
judging-refused-at-capacity = { $judge } has { $max } entries already, which is the limit.
judging-refused-sheet-given = The sheet was submitted. To take it out, void it and give the reason.
judging-refused-conflict-already-declared = This conflict of interest is on record already.
judging-refused-already-open = This pool is being judged.
judging-refused-not-closed = The judging of this pool was not closed.
judging-refused-chain-not-shown = The judging can't begin yet: an organiser must first see on made-up entries how ties are told apart in the round “{ $round }”, and confirm.
judging-refused-nothing-assigned = No entry was assigned to a judge yet.
judging-refused-sheets-missing = { $n } sheets are missing: { $named }. To close the judging nevertheless, give the reason.

judging-refused-forgotten = Entries without a sheet and without a judge: { $n }: { $named }. Closing the judging needs a reason.
judging-refused-below-quorum = The rules ask for at least { $needed } submitted sheets for every entry. Entries that lack some: { $n } (in brackets, the sheets they have): { $named }. Wait for their sheets, or assign more judges to them.

judging-standing-problem = There is no ranking yet: the round has no criteria, or the sheets do not fit them.
judging-split-criterion = better in the criterion that decides ties
judging-split-head-to-head = preferred by more judges
judging-split-median = higher median
judging-split-chair = ruled by the head
judging-split-lot = by lot

judging-refused-nothing-to-submit = No sheet is complete yet.
judging-refused-some-kept-back = Nothing was submitted: { $n } sheets lack marks or were just saved on another page ({ $named }).
judging-refused-not-pulled = In this round entries are assigned beforehand; none is asked for.
judging-refused-pulled = In this round judges ask for entries one by one; nothing is drawn beforehand. Assigning by hand still works.
judging-refused-at-own-capacity = This judge has { $max } entries already, which is the limit.
judging-refused-nothing-left = There is no further entry: each has enough judges, or is kept from this judge by a conflict of interest or the categories.
judging-refused-only-aside-left = There is no new entry. { $n } that were put aside are in the list below.
judging-refused-same-person = Somebody else must take the place.
judging-refused-viewing-not-kept = This round does not note what was looked at.
judging-refused-already-waived = This was waived for this judge already.
judging-refused-own-viewing = Nobody can waive this for themselves.
judging-refused-not-seen = Too little was looked at to submit the sheet: file number { $files }. In brackets stands what was seen of what is needed, in seconds of films and recordings, in pages of documents. What is seen is noted where JavaScript is on; the head of the panel can waive it with a reason. What you wrote is still on this page.
judging-refused-too-many-calibrations = A pool has { $max } calibration entries at most.
judging-refused-already-calibration = This is a calibration entry already.
judging-refused-not-calibration = This is no calibration entry.
judging-refused-calibration-has-sheets = This entry has sheets already, so how they count cannot change.
judging-refused-sample-by-organisers = Only whoever runs the pool may choose a sample that does not compete.
judging-refused-calibration-first = The calibration entries come first: { $codes }.
judging-wrong-note-moment = The moment is not right. Please type minutes and seconds, for example 2:03.
judging-wrong-note-missing = A note needs words.
judging-wrong-note-long = The note has { $n } characters; at most { $max } are allowed.
judging-refused-notes-many = This sheet already has { $max } notes. Delete some, then add it again.
