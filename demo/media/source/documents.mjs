// The documents of the form "Bộ tài liệu mã QR": HTML that the browser prints to PDF.
import * as s from "./scenery.mjs";

const drawing = (body) => `<svg viewBox="0 0 640 230" width="100%">${body}</svg>`;

const sheet = (title, colour, pages) => `<!doctype html><html lang="vi"><meta charset="utf-8"><title>${title}</title><style>
  @page { size: A4; margin: 0 } body { margin: 0; font: 13.5pt/1.6 "Be Vietnam Pro"; color: #1f1b24 }
  section { box-sizing: border-box; width: 210mm; height: 296.5mm; padding: 18mm 20mm; break-after: page; position: relative } section:last-child { break-after: auto }
  h1 { color: ${colour}; font-size: 27pt; line-height: 1.2; margin: 0 0 5mm } h2 { color: ${colour}; font-size: 16pt; margin: 7mm 0 2mm }
  ol, ul { margin: 0; padding-left: 7mm } li { margin-bottom: 1.5mm } .note { border-left: 1.2mm solid ${colour}; background: #faf4f7; padding: 3mm 5mm; margin-top: 6mm }
  table { border-collapse: collapse; width: 100%; font-size: 12.5pt } th, td { border: 0.3mm solid #b9b1be; padding: 2mm 3mm; text-align: left; vertical-align: top } th { background: #f6eef2 }
  footer { position: absolute; bottom: 10mm; left: 20mm; right: 20mm; font-size: 9.5pt; color: #645d6b; display: flex; justify-content: space-between }
</style><body>${pages.map((page, n) => `<section>${page}<footer><span>${title} · tài liệu minh họa</span><span>Trang ${n + 1}/${pages.length}</span></footer></section>`).join("")}</body></html>`;

const online = sheet("Sổ tay nhận diện tin nhắn lừa đảo", "#3a2a6b", [
  `<h1>Sổ tay nhận diện<br>tin nhắn lừa đảo</h1>${drawing(s.sky(640, 230, "#e0e3f7", "#fffaf4") + s.phone(200, 225, 1.1, `<rect x="-38" y="-160" width="76" height="44" rx="8" fill="#eef1f6"/><text y="-142" text-anchor="middle" font-size="6.6" font-weight="700">Bạn đã trúng thưởng!</text><text y="-128" text-anchor="middle" font-size="6">Gửi mã OTP để nhận quà</text>`) + s.shield(330, 130, 1.4) + s.person(460, 222, 1.2, { shirt: "#1b4f8f", wave: 110 }))}
   <p>Tài liệu dành cho hội viên, phụ nữ khi dùng điện thoại hằng ngày: đọc trong năm phút, dán ở nhà văn hóa ấp, hoặc quét mã QR để xem lại.</p>
   <h2>Năm dấu hiệu thường gặp</h2><ol><li>Thúc giục: “chỉ còn 10 phút”, “tài khoản sắp bị khóa”.</li><li>Hỏi mật khẩu, mã OTP hoặc ảnh giấy tờ tùy thân.</li><li>Liên kết lạ, gần giống địa chỉ thật nhưng sai vài chữ.</li><li>Xưng là công an, ngân hàng, điện lực nhưng chỉ nói qua điện thoại.</li><li>Lãi cao, quà to, việc nhẹ: điều tốt đến khó tin.</li></ol>`,
  `<h2>Bốn bước cần làm</h2><table><tr><th>Bước</th><th>Việc làm</th><th>Vì sao</th></tr><tr><td>1. Dừng lại</td><td>Không bấm, không gọi lại, không chuyển tiền.</td><td>Kẻ lừa đảo sống nhờ sự vội vàng.</td></tr><tr><td>2. Kiểm tra</td><td>Tự tìm số điện thoại chính thức và gọi.</td><td>Số hiện trên màn hình có thể bị giả.</td></tr><tr><td>3. Hỏi người thân</td><td>Đọc tin nhắn cho chi hội trưởng hoặc con cháu nghe.</td><td>Người ngoài cuộc thường tỉnh táo hơn.</td></tr><tr><td>4. Báo</td><td>Chụp màn hình, báo công an xã và ngân hàng.</td><td>Để người khác không bị lừa như mình.</td></tr></table>
   <h2>Đặt mật khẩu tốt</h2><ul><li>Ít nhất 12 ký tự; ghép vài từ dễ nhớ với nhau.</li><li>Mỗi ứng dụng một mật khẩu; bật xác nhận hai bước.</li><li>Không lưu mật khẩu trong tin nhắn, không cho mượn điện thoại đã mở khóa.</li></ul>
   <div class="note"><b>Ghi nhớ.</b> Cán bộ thật không bao giờ hỏi mã OTP. Cuộc thi, bình chọn chính thức cũng không cần mật khẩu của ứng dụng khác.</div>`,
]);

const family = sheet("Cẩm nang phòng, chống bạo lực gia đình", "#a6124f", [
  `<h1>Cẩm nang phòng, chống<br>bạo lực gia đình</h1>${drawing(s.sky(640, 230, "#f8dbe7", "#fff8f2") + s.house(320, 215, 1.7) + s.person(150, 222, 1.15, { wave: 40 }) + s.person(480, 222, 1.2, { shirt: "#1b4f8f", bun: false }) + s.child(540, 222, 1.2, s.colours.gold, 90) + s.heart(240, 60, 1) + s.heart(400, 50, 0.8))}
   <p>Bạo lực gia đình không chỉ là đánh đập. Lăng mạ, kiểm soát tiền bạc, ngăn cấm gặp người thân, ép buộc trong đời sống vợ chồng đều là bạo lực, và đều có thể được ngăn lại.</p>
   <h2>Bốn hình thức</h2><ul><li><b>Thể chất:</b> đánh, xô, nhốt, bỏ đói.</li><li><b>Tinh thần:</b> chửi mắng, đe dọa, cô lập, xúc phạm.</li><li><b>Kinh tế:</b> chiếm đoạt tài sản riêng, cấm làm việc, kiểm soát thu nhập.</li><li><b>Tình dục:</b> ép buộc trái ý muốn.</li></ul>`,
  `<h2>Khi là người bị bạo lực</h2><ol><li>Rời khỏi chỗ nguy hiểm, đến nhà hàng xóm hoặc địa chỉ tin cậy ở ấp.</li><li>Gọi người giúp: chi hội trưởng, trưởng ấp, công an xã; trẻ em gọi 111.</li><li>Đi khám, giữ giấy khám; giữ lại tin nhắn, hình ảnh làm bằng chứng.</li><li>Nhờ Hội hỗ trợ làm đơn và tìm nơi tạm lánh.</li></ol>
   <h2>Khi là người chứng kiến</h2><ul><li>Báo ngay cho công an xã hoặc Ủy ban nhân dân xã.</li><li>Không chụp ảnh nạn nhân đưa lên mạng.</li><li>Hỏi thăm, ở bên, không trách “tại sao không bỏ đi”.</li></ul>
   <div class="note"><b>Quyền của người bị bạo lực.</b> Được bảo vệ tính mạng, danh dự; được tư vấn, khám chữa bệnh, giữ bí mật nơi tạm lánh; được yêu cầu áp dụng biện pháp ngăn chặn.</div>`,
  `<h2>Giữ lửa yêu thương mỗi ngày</h2><table><tr><th>Thay vì</th><th>Hãy thử</th></tr><tr><td>“Lúc nào cũng về trễ!”</td><td>“Cả nhà chờ cơm, về trễ nhớ gọi một tiếng.”</td></tr><tr><td>Im lặng nhiều ngày</td><td>Hẹn nhau nói chuyện khi đã bình tĩnh</td></tr><tr><td>Quyết định tiền bạc một mình</td><td>Cùng ghi sổ thu chi mỗi tối chủ nhật</td></tr><tr><td>La mắng con trước mặt người khác</td><td>Nói riêng với con, nói về việc làm, không nói về con người</td></tr></table>
   <h2>Việc của chi hội</h2><ol><li>Niêm yết số điện thoại địa chỉ tin cậy ở nhà văn hóa ấp.</li><li>Mỗi quý một buổi sinh hoạt về kỹ năng làm dịu xung đột.</li><li>Theo dõi, thăm hỏi gia đình có nguy cơ cao.</li></ol>
   ${drawing(s.sky(640, 230, "#fdf3e1", "#fff") + [90, 200, 310, 420, 530].map((x, n) => s.person(x, 222, 1.05, { shirt: ["#a6124f", "#17603f", "#1b4f8f", "#b5521b", "#5b2a6e"][n], wave: 150, hat: n % 2 === 0 })).join(""))}`,
]);

export const documents = [
  { name: "tai-lieu-nhan-dien-lua-dao", theme: "an toàn trên mạng", title: "Sổ tay nhận diện tin nhắn lừa đảo", html: online },
  { name: "tai-lieu-phong-chong-bao-luc", theme: "phòng chống bạo lực gia đình", title: "Cẩm nang phòng, chống bạo lực gia đình", html: family },
];
