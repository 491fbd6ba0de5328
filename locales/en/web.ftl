nav-contests = Contests
nav-my-entries = My entries
nav-judge = Judging
nav-manage = Manage
nav-admin = Administration
nav-account = Account
nav-sessions = Sign-ins

web-error-signed-out = Please sign in to go on.
web-error-forbidden = This account may not do that.
web-error-foreign-form = The page was open for too long, or the form is not one of ours. Please reload the page and send it again; what was saved is still there.
web-error-not-found = There is nothing at this address, or this account may not see it.
web-error-invalid = Something in the form is not right.
web-error-json = The JSON is not right: { $error }
web-error-too-large = What was sent is larger than allowed.
web-error-too-many = Too many tries. Please wait a while and try again.
web-error-unavailable = The data cannot be reached just now. Please try again in a few minutes; what was saved is still there.
web-error-internal = Something broke on our side. It has been written down; what was saved is still there.

web-error-title-401 = Please sign in
web-error-title-403 = Not allowed
web-error-title-404 = Not found
web-error-title-409 = Not done
web-error-title-413 = Too large
web-error-title-422 = Please correct
web-error-title-429 = Please try later
web-error-title-500 = Something broke
web-error-title-503 = Interrupted
web-error-title-507 = No room left

web-failure-again-text = What you typed is still in this page. Keep the page open and send it again in a few minutes.
web-failure-again-do = Send again
