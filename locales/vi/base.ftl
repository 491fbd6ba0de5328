base-left-days = còn { $n } ngày
base-left-hours = còn { $n } giờ
base-left-minutes = còn { $n } phút
base-ago-days = { $n } ngày trước
base-ago-hours = { $n } giờ trước
base-ago-minutes = { $n } phút trước
