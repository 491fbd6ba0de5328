deliberation-title = Thảo luận
deliberation-what = Ý kiến của ban giám khảo về từng bài. Ý kiến không sửa và không xóa được. Muốn đổi điểm, mở lại phiếu và ghi lý do.
deliberation-decided = Đã có quyết định kèm biên bản
deliberation-decide = Ghi quyết định kèm biên bản
deliberation-nothing = Chưa có ý kiến nào.
deliberation-remark = Ý kiến
deliberation-remark-help = Cả ban giám khảo và người tổ chức đọc được.
deliberation-say = Ghi ý kiến
deliberation-said = Đã ghi ý kiến.
deliberation-error-empty = Cần ghi ý kiến.
deliberation-error-entry = Cần chọn một bài.
deliberation-error-order = Mỗi bài một số, từ 1 trở đi, không trùng và không bỏ trống.
deliberation-refused-sheets-first = Còn { $n } phiếu của chính mình chưa chốt. Chốt xong mới đọc và ghi ý kiến, để ai cũng chấm độc lập trước.
deliberation-refused-chair-not-declared = Thể lệ của vòng này không giao việc phân hạng bằng điểm cho trưởng ban.
deliberation-refused-still-marking = Khi kết thúc chấm, trưởng ban mới phân hạng các bài bằng điểm.
deliberation-refused-not-tied = Các bài này không bằng điểm nhau. Hãy xem lại bảng xếp hạng.
deliberation-refused-no-feedback = Thể lệ của vòng này không cho người dự thi xem nhận xét.
deliberation-ties = Bằng điểm
deliberation-ties-text = Thể lệ giao cho trưởng ban xếp thứ tự các bài vẫn bằng nhau sau những bước trước, có lý do.
deliberation-tie = Hạng { $place }, { $score } điểm
deliberation-rule = Ghi thứ tự
deliberation-ruled = Đã ghi thứ tự.
deliberation-no-ties = Không có bài nào chờ trưởng ban xếp thứ tự.
deliberation-record = Diễn biến
deliberation-record-none = Chưa có gì thay đổi sau những phiếu đầu tiên.
deliberation-pool-open-judging = Bắt đầu chấm.
deliberation-pool-close-judging = Kết thúc chấm.
deliberation-pool-reopen-judging = Cho chấm tiếp.
deliberation-sheet-submitted = { $judge } chốt lại phiếu của bài { $entry }.
deliberation-sheet-reopened = Mở lại phiếu của { $judge } cho bài { $entry }.
deliberation-sheet-voided = Hủy phiếu của { $judge } cho bài { $entry }.
deliberation-ruling = Trưởng ban xếp thứ tự: { $order }.
deliberation-more = Thêm một giám khảo quanh ngưỡng, lần { $number }: { $entries }.

comments-title = Nhận xét cho người dự thi
comments-what = Sau khi công bố kết quả, người dự thi chỉ đọc được những nhận xét đã duyệt. Tên giám khảo không hiện. Nhận xét sửa sau khi duyệt thì phải duyệt lại.
comments-all = Duyệt cả { $n } nhận xét còn lại
comments-all-confirm = Duyệt mọi nhận xét còn lại?
comments-one = Duyệt nhận xét
comments-is-released = đã duyệt
comments-is-changed = đã sửa sau khi duyệt
comments-none = Chưa có nhận xét nào.
comments-released = { $n } nhận xét được duyệt.

feedback-title = Điểm và nhận xét
feedback-no-comments = Không có nhận xét nào được duyệt.
feedback-none = Chưa có gì để xem
feedback-none-text = Nếu thể lệ cho phép, điểm và nhận xét hiện ở đây sau khi công bố kết quả.

export-program = Phần mềm: hoithi { $version }
export-files = marks.csv: từng điểm, mỗi dòng một tiêu chí của một phiếu được tính. standing.csv: thứ hạng, hạng trước khi phân bằng điểm, điểm dạng phân số. rules.json: quy tắc như phần mềm đọc.
export-rubric = Điểm của một phiếu = tổng của trọng số × (điểm − điểm thấp nhất)/(điểm cao nhất − điểm thấp nhất) × 100, chia cho tổng trọng số. Tính bằng phân số, chỉ làm tròn khi in.
export-aggregation-mean = Điểm của bài = trung bình cộng điểm các phiếu.
export-aggregation-median = Điểm của bài = trung vị điểm các phiếu; số phiếu chẵn thì lấy trung bình hai phiếu giữa.
export-command = Tính lại: { $command }. Cột rank bằng cột place_before_ties.
export-chain = Khi bằng điểm: { $chain }.
export-commitment = Bốc thăm: SHA-256 của hạt giống là { $hash }. Thứ tự theo SHA-256(hạt giống || id), nhỏ đứng trước; id là cột cuối của standing.csv.
export-seed = Hạt giống: { $seed }
export-seed-later = Hạt giống được mở khi kết thúc chấm.
export-calibrated = Điểm hiệu chỉnh: hoithi rank marks.csv --method mixed --draws { $draws } --seed { $seed }.
export-hash = Mã kiểm tra của bảng xếp hạng: { $hash }
export-parts = Điểm của bài trong vòng này còn gồm phần khác ngoài điểm giám khảo; marks.csv chỉ tính lại phần giám khảo. Trọng số ở rules.json, lượt bình chọn ở standing.csv.
