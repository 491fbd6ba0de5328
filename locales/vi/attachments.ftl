attachments-kind-video = video
attachments-kind-audio = âm thanh
attachments-kind-picture = ảnh
attachments-kind-document = tài liệu
attachments-kind-slides = bài trình chiếu
attachments-kind-game = trò chơi HTML

attachments-refused-empty = Tệp “{ $name }” trống (0 byte). Hãy kiểm tra lại tệp.
attachments-refused-broken = Tệp “{ $name }” không nguyên vẹn: một phần bị thiếu. Hãy chép lại tệp gốc rồi tải lên.
attachments-refused-unknown-type = Tệp “{ $name }” không thuộc loại nào mà hệ thống nhận. Loại tệp được nhận biết theo nội dung, không theo tên.
attachments-refused-other-type-than-name = Tệp “{ $name }” có đuôi .{ $ending } nhưng nội dung là { $is }. Hãy đặt lại đuôi đúng (.{ $right }) hoặc chọn tệp khác.
attachments-refused-kind = Tệp “{ $name }” là { $is }; mục này không nhận loại đó.
attachments-refused-size = Tệp “{ $name }” quá lớn: mục này nhận tệp không quá { $max } MB.
attachments-refused-minutes = Tệp “{ $name }” dài { $minutes } phút; mục này nhận nhiều nhất { $max } phút.
attachments-refused-count = Mục này đã đủ { $max } tệp. Gỡ một tệp rồi tải lên lại.
attachments-refused-cut-off = Kết nối bị ngắt giữa chừng nên tệp chưa đến đủ. Chưa có gì được lưu; vui lòng tải lên lại.
attachments-refused-no-file = Chưa chọn tệp nào.
attachments-refused-disk-full = Máy chủ tạm hết chỗ lưu tệp. Chưa có gì được lưu; vui lòng thử lại sau.
