publication-refused-published-meanwhile = Vừa có người công bố lần { $version }. Vui lòng xem lần công bố đó rồi làm tiếp nếu cần.
publication-refused-nothing-to-say = Chưa có giải nào được trao hoặc bài nào được chọn để công bố.
publication-refused-nothing-new = Nội dung không khác lần công bố { $version } nên không công bố lại.
publication-refused-not-decided = Cụm thi chưa có quyết định nên chưa công bố được.
publication-invalid-reason = Cần ghi lý do đính chính lần công bố trước.
publication-invalid-too-long = Dài quá { $max } ký tự.
