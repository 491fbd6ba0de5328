my-home-title = What waits for me
my-home-open = To be finished
my-home-contests = Contests that take entries
my-home-sent = Entries sent in
my-home-sent-none = Nothing sent in yet
my-home-sent-none-text = Entries that were sent in will be here with their path.
my-home-manage = To management
