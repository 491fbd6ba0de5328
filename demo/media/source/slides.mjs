// The slide decks of the form "Bài trình chiếu".
import * as s from "./scenery.mjs";

const picture = (body) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360">${body}</svg>`;

export const decks = [
  {
    name: "trinh-chieu-kien-thuc-phap-luat", theme: "kiến thức pháp luật", title: "Bình đẳng giới trong gia đình", colour: "1B4F8F",
    cover: picture(s.sky(640, 360, "#dfe7f6", "#fffaf2") + s.balance(320, 320, 2, 0) + s.person(130, 330, 1.6, { wave: 40 }) + s.person(510, 330, 1.65, { shirt: "#1b4f8f", bun: false })),
    slides: [
      ["Vì sao cần biết?", ["Hiểu luật để tự bảo vệ mình và người thân", "Việc nhà là việc chung, tài sản chung cùng đứng tên", "Con gái, con trai được học hành như nhau"]],
      ["Vợ chồng bình đẳng", ["Ngang nhau về quyền và nghĩa vụ trong quan hệ dân sự", "Cùng bàn bạc, quyết định nguồn lực và cách chi tiêu", "Cùng chăm con ốm, cùng được nghỉ theo quy định"]],
      ["Câu hỏi nhanh", ["Giấy đất là tài sản chung: ghi tên ai?", "Chồng cấm vợ đi họp chi hội: đúng hay sai?", "Ai được nghỉ chăm con ốm?"]],
      ["Đáp án", ["Ghi tên cả vợ và chồng", "Sai: cản trở tham gia hoạt động xã hội", "Cả cha và mẹ, theo quy định về bảo hiểm xã hội"]],
    ],
  },
  {
    name: "trinh-chieu-cham-soc-tre-em", theme: "chăm sóc trẻ em", title: "Cùng con lớn lên an toàn", colour: "A6124F",
    cover: picture(s.sky(640, 360, "#a9dcf2", "#fef6e4") + s.ground(640, 360, 280, "#a9d98f") + s.person(220, 335, 1.5, { wave: 40 }) + s.child(320, 338, 1.7, "#1b4f8f", 70) + s.child(400, 340, 1.5, s.colours.gold, 60) + s.kite(500, 110, 1.2, 24)),
    slides: [
      ["Ba điều con cần", ["An toàn: nhà có rào chắn ao, ổ điện được che", "Yêu thương: được nghe, được ôm, được khen đúng lúc", "Được học: đi học đều, có giờ chơi, giờ đọc sách"]],
      ["Phòng đuối nước", ["Không để trẻ một mình gần ao, mương, kênh", "Cho con học bơi và kỹ năng nổi", "Rào ao, đậy lu nước, dạy con gọi người lớn"]],
      ["Con và điện thoại", ["Đặt giờ dùng rõ ràng, người lớn làm gương", "Xem cùng con, hỏi con thấy gì", "Không đăng ảnh, trường lớp, lịch học của con"]],
      ["Khi cần giúp đỡ", ["Tổng đài quốc gia bảo vệ trẻ em: 111", "Chi hội phụ nữ và trạm y tế xã", "Giáo viên chủ nhiệm"]],
    ],
  },
];

export async function write(PptxGen, deck, cover, file) {
  const show = new PptxGen();
  show.layout = "LAYOUT_16x9";
  show.title = deck.title;
  const first = show.addSlide();
  first.background = { color: "FFFDFA" };
  first.addImage({ data: `data:image/jpeg;base64,${cover.toString("base64")}`, x: 4.5, y: 1.0, w: 5.2, h: 2.925 });
  first.addShape("rect", { x: 0, y: 0, w: 0.25, h: 5.625, fill: { color: deck.colour } });
  first.addText(deck.title, { x: 0.5, y: 1.3, w: 3.9, h: 1.8, fontFace: "Noto Sans", fontSize: 34, bold: true, color: deck.colour });
  first.addText(`Chuyên đề: ${deck.theme}\nBài trình chiếu minh họa`, { x: 0.5, y: 3.2, w: 3.9, h: 0.9, fontFace: "Noto Sans", fontSize: 15, color: "645D6B" });
  deck.slides.forEach(([heading, lines], n) => {
    const slide = show.addSlide();
    slide.background = { color: "FFFDFA" };
    slide.addShape("rect", { x: 0, y: 0, w: 10, h: 1.05, fill: { color: deck.colour } });
    slide.addText(heading, { x: 0.5, y: 0.15, w: 9, h: 0.75, fontFace: "Noto Sans", fontSize: 28, bold: true, color: "FFFFFF" });
    slide.addText(lines.map((text) => ({ text, options: { bullet: true, breakLine: true, paraSpaceAfter: 14 } })), { x: 0.6, y: 1.4, w: 8.8, h: 3.4, fontFace: "Noto Sans", fontSize: 22, color: "1F1B24", valign: "top" });
    slide.addText(`${n + 2}/${deck.slides.length + 1}`, { x: 8.6, y: 5.1, w: 0.9, h: 0.35, fontFace: "Noto Sans", fontSize: 12, color: "645D6B", align: "right" });
  });
  await show.writeFile({ fileName: file });
}
