units-import-empty = The file is empty.
units-import-no-column = The first line lacks the column “{ $column }”.
units-import-not-utf8 = This line is not UTF-8. Please save the file as CSV UTF-8.
units-import-broken-quoting = The quotation marks on this line do not pair up.
units-import-too-few-cells = This line has only { $count } cells, fewer than the first line.
units-import-code-missing = The unit's code is missing.
units-import-code-too-long = A code has at most { $max } characters.
units-import-name-missing = The unit's name is missing.
units-import-name-too-long = A name has at most { $max } characters.
units-import-unknown-level = There is no level called “{ $level }”.
units-import-unknown-kind = There is no kind of unit called “{ $kind }”.
units-import-missing-parent = The parent with the code “{ $parent }” is neither in the file nor in the tree.
units-import-parent-not-above = The unit “{ $parent }” is not on a higher level than “{ $code }”.
units-import-repeated-code = The code “{ $code }” stands on line { $line } already.
units-import-cycle = The unit “{ $code }” stands in a circle: going up from it leads back to it.
units-import-too-early = The unit “{ $code }” changed after that day; nothing can be written before that.
units-import-has-errors = { $count } lines are wrong. Nothing was imported.
units-import-changed-meanwhile = The tree changed after the preview. Please look at the preview again.
units-import-refused = The tree does not take this change.

units-refused-in-future = That day has not come. A change is written down when it holds.
units-refused-too-early = “{ $name }” changed after that day; nothing can be written before that.
units-refused-closed = “{ $name }” is closed.
units-refused-parent-not-above = “{ $parent }” is not on a higher level, so it cannot be the parent.
units-refused-child-not-below = “{ $child }” hangs below it but is not on a lower level.
units-refused-has-children = { $count } units still hang below “{ $name }”. Please move them first.
units-refused-same-unit = A unit cannot become part of itself or of a unit below it.
units-code-taken = Another unit bears this code.
units-page-url-invalid = The address begins with https:// or http:// and has no spaces.

units-level-missing = There is no such level.
units-level-code-invalid = A level's code has small letters without marks, digits or underscores, at most 30.
units-level-code-taken = There is a level with this code already.
units-level-name-invalid = A level's name has from 1 to { $max } characters.
units-level-aliases-invalid = At most 20 other words, each with at most 60 characters.
units-levels-order-broken = In this order some unit would hang below one on a lower level. Nothing was saved.

units-merges-unknown-code = No unit bears the code “{ $code }” now.
units-merges-code-borne = The code “{ $code }” is borne by a unit that the map does not name.

units-title = Units
units-lead = Find a unit by its name or code.
units-unit = Unit
units-level = Level
units-code = Code
units-kind = Kind
units-since = Since
units-children = Below it
units-search = Name or code of a unit
units-search-below = Search the units below
units-found = { $count ->
    [one] { $count } unit
   *[other] { $count } units
}
units-none = No unit was found
units-none-text = Try a shorter name; marks do not matter.
units-no-children = No units hang below it.
units-below = Units below
units-closed = Closed
units-closed-on = Closed since { $date }.
units-merged-on = Since { $date } this unit is part of
units-predecessors = Units that became part of this one
units-page-url = The unit's page
units-people = People of the unit
units-admin = Edit the unit
units-kind-territorial = Of a territory
units-kind-police = Police
units-kind-army = Army
units-kind-enterprise = Enterprise
units-kind-school = School
units-kind-club = Club
units-kind-other-sector = Another sector
