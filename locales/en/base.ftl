base-left-days = { $n } days left
base-left-hours = { $n } hours left
base-left-minutes = { $n ->
    [one] { $n } minute left
   *[other] { $n } minutes left
}
base-ago-days = { $n } days ago
base-ago-hours = { $n } hours ago
base-ago-minutes = { $n ->
    [one] { $n } minute ago
   *[other] { $n } minutes ago
}
