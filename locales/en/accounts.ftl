accounts-name-label = Full name
accounts-name-missing = A full name is needed.
accounts-name-too-long = A full name has at most { $max } characters.
accounts-phone-label = Phone number
accounts-phone-help = For example 0912 345 678. It is used to sign in.
accounts-phone-invalid = That is not a phone number. For example 0912 345 678.
accounts-phone-taken = This phone number has an account already. Send an invitation link, which can be accepted with that account.
accounts-email-label = E-mail
accounts-email-invalid = That is not an e-mail address. For example an@example.vn.
accounts-email-taken = This e-mail address has an account already.
accounts-contact-missing = A phone number or an e-mail address is needed to sign in.
accounts-title-too-long = At most { $max } characters fit here.

accounts-password-label = Password
accounts-password-title = Change the password
accounts-password-lead = Everywhere else that is signed in will be signed out.
accounts-password-old-label = Current password
accounts-password-new-label = New password
accounts-password-new-help = At least { $min } characters. A short sentence that is easy to remember is best.
accounts-password-again-label = New password once more
accounts-password-save = Change the password
accounts-password-changed = The password is changed. Everywhere else is signed out.
accounts-password-changed-meanwhile = The password was changed elsewhere just now. Please sign in again.
accounts-password-must-change = This is a one-time password. Please choose one of your own to go on.
accounts-password-too-short = A password needs at least { $min } characters.
accounts-password-too-long = A password has at most { $max } characters.
accounts-password-guessed-first = This password is too easy to guess. Please choose another one.
accounts-password-unchanged = The new password must differ from the current one.
accounts-password-again-differs = The new password was not typed the same twice.
accounts-password-old-missing = The current password is needed.
accounts-password-old-wrong = The current password is not right.

accounts-sign-in-title = Sign in
accounts-sign-in-lead = With the phone number or e-mail address that the unit knows.
accounts-sign-in-name = Phone number or e-mail
accounts-sign-in-name-help = For example 0912 345 678
accounts-sign-in-errors = Not signed in:
accounts-sign-in-name-missing = A phone number or an e-mail address is needed.
accounts-sign-in-password-missing = The password is needed.
accounts-sign-in-wrong = The phone number, e-mail address or password is not right.
accounts-sign-in-disabled = This account is closed. Please ask an officer of the unit.
accounts-sign-in-closed = Too many wrong tries. Please wait { $minutes } minutes and try again, or ask an officer for a new password.
accounts-sign-in-help-title = No account yet, or the password forgotten?
accounts-sign-in-help-text = Officers of the unit make accounts, send invitation links and give new passwords. Please ask one of them.
accounts-signed-out = Signed out.

accounts-sessions-title = Sign-ins
accounts-sessions-lead = If a device is unknown or lost, sign it out and change the password.
accounts-sessions-end-others = Sign out everywhere else
accounts-sessions-end-others-confirm = Sign out everywhere else and keep only this device?
accounts-sessions-ended = Signed out in { $count ->
    [one] { $count } other place
   *[other] { $count } other places
}.
accounts-session-device = Device
accounts-session-unknown-device = Unknown device
accounts-session-api = Connected program
accounts-session-started = Signed in at
accounts-session-seen = Last used
accounts-session-current = In use now
accounts-session-end = Sign out
accounts-session-ended = That device is signed out.

accounts-details-title = Personal details
accounts-details-save = Save the details
accounts-details-saved = The details are saved.
accounts-details-password-help = The password confirms the change.
accounts-safety-title = Safety

accounts-offices-title = Offices
accounts-offices-none = No office of any unit yet.
accounts-office-since = Since { $at }
accounts-office-until = until { $at }
accounts-office-not-held = Not held now
accounts-office-refused = This office cannot be given: the unit is closed, or the office is held already.
accounts-office-unit-closed = This unit is closed, so no new office can be given.
accounts-office-held-already = This account holds that office of this unit already.
accounts-office-ends-too-early = The end must come after the beginning.
accounts-role-member = Member
accounts-role-officer = Officer
accounts-role-judge = Judge
accounts-role-administrator = Administrator

accounts-reset-holds-more = This person holds something outside the units that you cover. Please ask the level above or an administrator.
accounts-disable-own = The account in use cannot be closed.
accounts-administrator-own = Nobody can take administration from the account in use.

accounts-invitation-days = From 1 to { $max } days.
accounts-invitation-used = This invitation was used already.
accounts-invitation-cancelled = This invitation was taken back.
accounts-invitation-expired = This invitation has expired. Please ask for a new one.
accounts-invitation-refused = The invitation was not accepted: { $reason }
accounts-invitation-accepted = The invitation is accepted.
accounts-invitation-title = Invitation
accounts-invitation-lead = Written by { $name }.
accounts-invitation-role = Office
accounts-invitation-until = Open until
accounts-invitation-own-title = Accept
accounts-invitation-own-text = Signed in as { $name }. The invitation will be accepted for this account.
accounts-invitation-accept = Accept the invitation
accounts-invitation-known-title = An account already?
accounts-invitation-known-text = Sign in to accept with that account.
accounts-invitation-new-title = No account yet
accounts-invitation-accept-new = Make an account and accept
