my-home-title = Việc của tôi
my-home-open = Đang chờ hoàn thành
my-home-contests = Cuộc thi đang nhận bài
my-home-sent = Bài đã gửi
my-home-sent-none = Chưa gửi bài nào
my-home-sent-none-text = Bài đã gửi sẽ hiện ở đây cùng đường đi của bài.
my-home-manage = Đến phần quản lý
