publication-refused-published-meanwhile = Version { $version } has just been published by somebody else. Please look at it first.
publication-refused-nothing-to-say = No award has been granted and no entry chosen yet, so there is nothing to publish.
publication-refused-nothing-new = This says the same as version { $version }, so nothing is published again.
publication-refused-not-decided = The pool has not been decided yet, so it cannot be published.
publication-invalid-reason = Say why the earlier version is corrected.
publication-invalid-too-long = Longer than { $max } characters.
