contests-status-draft = Being prepared
contests-status-open = Open
contests-status-ended = Ended
contests-kind-individual = Individual
contests-kind-collective = Collective
contests-kind-not_recorded = Not recorded

contests-error-empty = This is needed.
contests-error-too-long = { $count } characters, at most { $max } fit.
contests-error-range = Needs a number from { $min } to { $max }.
contests-error-slug = The name in addresses has letters without marks, digits and hyphens, at most 80 characters.
contests-error-slug-taken = Another contest has this name in addresses.
contests-error-dates-order = The closing must be after the opening.

contests-refused-not-officer = Only officers of the host unit can make a contest for it.
contests-refused-host-abolished = This unit no longer exists, so it cannot host a new contest.
contests-open-refused-not-a-draft = This contest was opened already.
contests-open-refused-missing = { $count ->
    [one] One thing is still to be done before the contest can open.
   *[other] { $count } things are still to be done before the contest can open.
}

contests-missing-title = A title is needed.
contests-missing-summary = A short introduction is advised, for the home page and lists.
contests-missing-rules = The rules are needed.
contests-missing-english = An English title is advised, for readers of English.
contests-missing-closing = A deadline for entries is needed.
contests-missing-dates-order = The deadline must be after the opening.
contests-missing-closing-past = The deadline has passed.
contests-missing-short = Entries are taken for less than a day.
contests-missing-kinds = At least one kind must be allowed: individual or collective.
contests-missing-prefix = The letters before entry codes are needed, for example BT.
contests-missing-fields = The entry form has no field yet.
contests-missing-options = “{ $name }” needs at least two options.
contests-missing-media = “{ $name }” must say which files it takes.
contests-missing-file-limits = “{ $name }” needs limits of size and number of files.
contests-missing-number-range = “{ $name }”: the largest number must not be below the smallest.
contests-missing-no-files = The entry form has no place for files or links.
contests-missing-consents = At least one consent is needed, for example on personal data.
contests-missing-consent-text = The consent “{ $name }” has no text.
contests-missing-rounds = At least one round is needed.
contests-missing-level = { $name }: the organisation has no such level.
contests-missing-level-above-host = { $name }: its level is above the host unit.
contests-missing-rounds-climb = { $name }: a later round must be at the level of the one before, or above it.
contests-missing-vote-first = The first round is a vote alone: every entry is voted on, none is scored before.
contests-missing-judges = { $name }: at least one judge for each entry is needed.
contests-missing-ties = { $name }: say in which order equal scores are told apart.
contests-missing-vote-weight = { $name }: the share of the vote must be from 1 to 99 per cent.
contests-missing-round-dates = { $name }: the end must be after the beginning.
contests-missing-quota = { $name }: no quota for the next round, every unit may send up as many as it likes.
contests-missing-criteria = { $name }: the form has no criterion.
contests-missing-tie-criterion = { $name }: the order for equal scores names a criterion that is gone.
contests-missing-weight = Criterion “{ $name }”: the weight must be above 0.
contests-missing-range = Criterion “{ $name }”: the highest mark must be above the lowest.
contests-missing-step = Criterion “{ $name }”: the step must divide the range of marks.
contests-missing-awards = At least one award for entries is needed.
