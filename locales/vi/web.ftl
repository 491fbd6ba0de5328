nav-contests = Cuộc thi
nav-my-entries = Bài của tôi
nav-judge = Chấm điểm
nav-manage = Quản lý
nav-admin = Quản trị
nav-account = Tài khoản
nav-sessions = Các lần đăng nhập

web-error-signed-out = Vui lòng đăng nhập để tiếp tục.
web-error-forbidden = Tài khoản này không được làm việc đó.
web-error-foreign-form = Trang đã mở quá lâu hoặc biểu mẫu không phải của trang này. Vui lòng tải lại trang rồi gửi lại; nội dung đã lưu vẫn còn.
web-error-not-found = Không có gì ở địa chỉ này, hoặc tài khoản đang dùng không được xem.
web-error-invalid = Có chỗ chưa đúng trong biểu mẫu.
web-error-json = Nội dung JSON chưa đúng: { $error }
web-error-too-large = Nội dung gửi lên lớn quá mức cho phép.
web-error-too-many = Đã thử quá nhiều lần. Vui lòng đợi một lúc rồi thử lại.
web-error-unavailable = Hệ thống tạm thời không truy cập được dữ liệu. Vui lòng thử lại sau ít phút; nội dung đã lưu vẫn còn.
web-error-internal = Hệ thống gặp lỗi. Lỗi đã được ghi lại; nội dung đã lưu vẫn còn.

web-error-title-401 = Cần đăng nhập
web-error-title-403 = Không được phép
web-error-title-404 = Không tìm thấy
web-error-title-409 = Chưa làm được
web-error-title-413 = Quá lớn
web-error-title-422 = Cần sửa lại
web-error-title-429 = Thử lại sau
web-error-title-500 = Hệ thống gặp lỗi
web-error-title-503 = Tạm thời gián đoạn
web-error-title-507 = Hết chỗ lưu

web-failure-again-text = Nội dung vừa gõ vẫn nằm trong trang này. Hãy để trang mở và bấm gửi lại sau ít phút.
web-failure-again-do = Gửi lại
