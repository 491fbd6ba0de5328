judging-error-max-entries = Số bài tối đa là số nguyên từ 1 đến 10.000, hoặc để trống.
judging-error-mark-missing = Chưa cho điểm tiêu chí “{ $criterion }”.
judging-error-mark-not-a-number = Điểm của “{ $criterion }” phải là một số từ { $min } đến { $max }.
judging-error-mark-out-of-range = Điểm của “{ $criterion }” phải từ { $min } đến { $max }.
judging-error-mark-off-step = Điểm của “{ $criterion }” tăng theo bước { $step }, tính từ { $min }.
judging-error-text-too-long = Phần chữ dài quá { $max } ký tự.
judging-error-reason-missing = Cần ghi lý do.

judging-refused-pool-decided = Cụm thi này đã có quyết định hoặc đã kết thúc chấm, không thay đổi được nữa.
judging-refused-already-seated = Người này đã có trong ban giám khảo.
judging-refused-head-taken = Ban giám khảo đã có trưởng ban.
judging-refused-account-disabled = Tài khoản này đã bị khóa.
judging-refused-not-open = Cụm thi chưa bắt đầu chấm điểm hoặc đã kết thúc chấm.
judging-refused-closed = Đã kết thúc chấm điểm. Phiếu điểm không thay đổi được nữa.
judging-refused-already-submitted = Phiếu điểm này đã chốt. Muốn sửa, cần mở lại phiếu và ghi lý do.
judging-refused-saved-elsewhere = Phiếu điểm này vừa được lưu ở một trang khác. Hãy so hai bản rồi chọn.
judging-refused-not-submitted = Phiếu điểm này chưa chốt.
judging-refused-no-sheets-in-round = Vòng này không chấm bằng phiếu điểm.
judging-refused-no-entries = Chưa có bài nào được tiếp nhận trong cụm thi này.
judging-refused-no-judges = Ban giám khảo chưa có ai.
judging-refused-lack-judges = { $n } bài không đủ giám khảo: { $entries }. Các bài này cần thêm { $wanted } phiếu, nhưng những giám khảo được phép chấm chỉ nhận được { $possible } phiếu.{ $n_full ->
        [0] {""}
       *[other] {" "}Đã nhận đủ số bài tối đa: giám khảo { $full }.
    }{ $n_barred ->
        [0] {""}
       *[other] {" "}Không được chấm một số bài trong đó vì xung đột lợi ích hoặc hạng mục: giám khảo { $barred }.
    } Hãy thêm giám khảo, tăng số bài tối đa, hoặc giảm số giám khảo mỗi bài.
judging-refused-not-on-panel = Người này không có trong ban giám khảo.
judging-refused-in-conflict = { $judge } có xung đột lợi ích với bài { $code }, không thể phân công.
judging-refused-already-assigned = Giám khảo này đã được phân công bài này.
judging-refused-at-capacity = { $judge } đã nhận đủ { $max } bài.
judging-refused-sheet-given = Phiếu điểm đã chốt. Muốn bỏ phiếu này, cần hủy phiếu và ghi lý do.
judging-refused-conflict-already-declared = Xung đột lợi ích này đã được ghi.
judging-refused-already-open = Cụm thi này đang chấm điểm.
judging-refused-not-closed = Cụm thi này chưa kết thúc chấm.
judging-refused-chain-not-shown = Chưa bắt đầu chấm được: người tổ chức cần xem thử cách xử lý bằng điểm của vòng “{ $round }” trên bài giả định rồi xác nhận.
judging-refused-nothing-assigned = Chưa phân công bài nào cho giám khảo.
judging-refused-sheets-missing = Còn thiếu { $n } phiếu điểm: { $named }. Muốn kết thúc chấm, cần ghi lý do.

judging-refused-forgotten = { $n } bài chưa có phiếu nào và chưa giao cho ai: { $named }. Muốn kết thúc chấm, cần ghi lý do.
judging-refused-below-quorum = Thể lệ yêu cầu mỗi bài có ít nhất { $needed } phiếu đã chốt. { $n } bài chưa đủ (trong ngoặc là số phiếu đã có): { $named }. Hãy chờ thêm phiếu hoặc phân công thêm giám khảo cho các bài này.

judging-standing-problem = Chưa xếp hạng được: vòng này chưa có tiêu chí, hoặc phiếu điểm không khớp với tiêu chí.
judging-split-criterion = hơn ở tiêu chí ưu tiên
judging-split-head-to-head = được nhiều giám khảo xếp cao hơn
judging-split-median = trung vị cao hơn
judging-split-chair = trưởng ban quyết định
judging-split-lot = bốc thăm

judging-refused-nothing-to-submit = Chưa có phiếu nào đủ điểm để chốt.
judging-refused-some-kept-back = Chưa chốt phiếu nào: { $n } phiếu còn thiếu điểm hoặc vừa được lưu ở trang khác ({ $named }).
judging-refused-not-pulled = Vòng này phân công trước, không nhận từng bài.
judging-refused-pulled = Vòng này giám khảo tự nhận từng bài, không phân công trước. Vẫn có thể phân công bằng tay.
judging-refused-at-own-capacity = Đã nhận đủ { $max } bài.
judging-refused-nothing-left = Không còn bài nào để nhận thêm: các bài đã đủ giám khảo, hoặc không giao được cho giám khảo này vì xung đột lợi ích hay hạng mục.
judging-refused-only-aside-left = Không còn bài mới để nhận. Còn { $n } bài đã để sau trong danh sách dưới đây.
judging-refused-same-person = Người thay phải là người khác.
judging-refused-viewing-not-kept = Vòng này không ghi nhận việc xem bài.
judging-refused-already-waived = Giám khảo này đã được miễn xem bài này.
judging-refused-own-viewing = Không thể tự miễn cho chính mình.
judging-refused-not-seen = Chưa xem đủ bài để chốt: tệp số { $files }. Trong ngoặc là phần đã xem trên phần cần xem, tính bằng giây với phim và bản ghi âm, bằng trang với tài liệu. Phần đã xem được ghi khi trình duyệt bật JavaScript; trưởng ban giám khảo có thể miễn và ghi lý do. Những gì vừa ghi vẫn còn trên trang này.
judging-refused-too-many-calibrations = Mỗi cụm thi có nhiều nhất { $max } bài hiệu chỉnh.
judging-refused-already-calibration = Bài này đã là bài hiệu chỉnh.
judging-refused-not-calibration = Bài này không phải bài hiệu chỉnh.
judging-refused-calibration-has-sheets = Bài này đã có phiếu điểm nên không đổi được cách tính.
judging-refused-sample-by-organisers = Chỉ người điều hành cụm thi mới được chọn bài mẫu không dự thi.
judging-refused-calibration-first = Cần chốt bài hiệu chỉnh trước: { $codes }.
judging-wrong-note-moment = Thời điểm chưa đúng. Hãy gõ phút và giây, ví dụ 2:03.
judging-wrong-note-missing = Cần có nội dung ghi chú.
judging-wrong-note-long = Ghi chú có { $n } ký tự; nhiều nhất là { $max } ký tự.
judging-refused-notes-many = Phiếu này đã có { $max } ghi chú. Xóa bớt rồi thêm lại.
