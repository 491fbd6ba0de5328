nomination-answered = { $by }, { $at }
nomination-none-ticked = No entry was ticked.
nomination-accepted = { $n ->
    [one] { $n } nomination was accepted.
   *[other] { $n } nominations were accepted.
}
nomination-returned = The nomination was returned.
nomination-recalled = The nomination was recalled.
nomination-incoming-title = Nominated from below
nomination-incoming-help = An accepted entry stands in this pool. Untick those that are not to be accepted yet.
nomination-incoming-none = Nothing has been nominated yet. What the level below nominates will be here.
nomination-outgoing-title = Sent to the level above
nomination-outgoing-none = Nothing has been sent. What a decision nominates will be here.
nomination-from = From
nomination-to = To
nomination-status = State
nomination-do = To do
nomination-accept = Accept what is ticked
nomination-return = Return
nomination-return-reason = Why it is returned
nomination-recall = Recall
nomination-recall-reason = Why it is recalled
nomination-dossier = Dossier
nomination-dossier-help = The copy that was frozen with the nomination: the entry as last sent in, sheets, place and minutes. It never changes.
nomination-code = Code
nomination-sent = Nominated
nomination-back = Back to the nominations
nomination-place = Place
nomination-entry = The entry as last sent in
nomination-sheets = Sheets
nomination-decision = The decision to nominate
nomination-copy = The frozen copy, word for word
