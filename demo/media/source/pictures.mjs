// The pictures: posters that entries of the form "Ứng dụng/đường dẫn" and others show.
import * as s from "./scenery.mjs";

const { colours } = s;
export const width = 960, height = 640;

const card = (x, y, w, h, words, colour) =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="16" fill="#fff" stroke="${colour}" stroke-width="3"/>` +
  words.map((line, n) => `<text x="${x + w / 2}" y="${y + h / 2 + (n - (words.length - 1) / 2) * 30 + 8}" text-anchor="middle" font-size="23" font-weight="${n ? 400 : 700}" fill="${n ? colours.ink : colour}">${line}</text>`).join("");

const violence = () =>
  s.sky(width, height, "#f8dbe7", "#fff8f2") + `<circle cx="480" cy="330" r="230" fill="#fff" opacity=".7"/>` +
  s.person(400, 500, 1.9, { shirt: colours.sen, wave: 60 }) + s.person(560, 500, 1.9, { shirt: "#1b4f8f", bun: false, wave: -20 }) + s.child(480, 505, 1.7, colours.gold, 20) +
  s.heart(480, 210, 2) + card(40, 210, 250, 110, ["Lắng nghe", "và tôn trọng nhau"], colours.sen) + card(670, 210, 250, 110, ["Lên tiếng", "khi thấy bạo lực"], colours.sen) +
  card(40, 360, 250, 110, ["Địa chỉ tin cậy", "tại cộng đồng"], colours.leaf) + card(670, 360, 250, 110, ["Tổng đài 111", "bảo vệ trẻ em"], colours.leaf) +
  s.heading(width / 2, 92, 54, "Nói không với bạo lực gia đình") + s.ribbon(width, height, "Gia đình là nơi bình yên", "Phòng, chống bạo lực gia đình là trách nhiệm của mọi người");

const startUp = () =>
  s.sky(width, height, "#fdebc4", "#fffaf0") + s.sun(860, 90, 46) + s.ground(width, height, 440, "#b9d79b") + s.palm(90, 500, 2.2) + s.palm(880, 500, 2) +
  `<g transform="translate(480 520)"><rect x="-190" y="-120" width="380" height="120" fill="#b5803f"/><rect x="-205" y="-134" width="410" height="20" rx="6" fill="#8a6238"/><rect x="-206" y="-262" width="10" height="142" fill="#8a6238"/><rect x="196" y="-262" width="10" height="142" fill="#8a6238"/>
   <text y="-48" text-anchor="middle" font-size="40" font-weight="700" fill="#fff">Sản phẩm từ dừa</text></g>` +
  s.basket(370, 388, 1.1) + s.basket(600, 388, 0.9) + s.person(488, 402, 1.02, { shirt: colours.leaf, hat: true, wave: 60 }) +
  `<g transform="translate(480 490)"><path d="M-220 -290 H220 L250 -230 H-250Z" fill="${colours.sen}"/>${[-200, -100, 0, 100].map((x) => `<path d="M${x} -290 h50 l12 60 h-56z" fill="#fff" opacity=".85"/>`).join("")}</g>` +
  s.heading(width / 2, 92, 54, "Phụ nữ khởi nghiệp", colours.leaf) + s.ribbon(width, height, "Từ vườn dừa đến sàn thương mại điện tử", "Chụp ảnh đẹp · viết mô tả thật · đóng gói sạch · giao đúng hẹn", 1, colours.leaf);

const law = () =>
  s.sky(width, height, "#dfe7f6", "#fffaf2") + `<circle cx="480" cy="330" r="220" fill="#fff" opacity=".75"/>` + s.balance(480, 500, 1.75, 0) + s.book(210, 470, 2) +
  s.person(760, 520, 1.9, { shirt: "#1b4f8f", wave: 110 }) + card(60, 190, 270, 90, ["Luật Bình đẳng giới"], "#1b4f8f") + card(640, 190, 270, 90, ["Luật Hôn nhân", "và gia đình"], "#1b4f8f") +
  s.heading(width / 2, 92, 54, "Mỗi tuần một điều luật", "#1b4f8f") + s.ribbon(width, height, "Hiểu luật để sống đúng, sống vui", "Quét mã, trả lời 5 câu hỏi, xem giải thích ngay", 1, "#1b4f8f");

const sorting = () =>
  s.sky(width, height) + s.sun(110, 110, 46) + s.cloud(330, 120, 1.5) + s.cloud(760, 90, 1.3) + s.ground(width, height, 420, "#9fd08c") + s.palm(890, 470, 1.5) + s.palm(800, 450, 1.1) +
  s.bin(330, 520, 2, colours.leaf, "Hữu cơ").replace('font-size="20"', 'font-size="11"') + s.bin(480, 520, 2, "#1b4f8f", "Tái chế").replace('font-size="20"', 'font-size="11"') + s.bin(630, 520, 2, "#7d5a16", "Còn lại").replace('font-size="20"', 'font-size="11"') +
  s.person(180, 530, 1.8, { shirt: colours.leaf, hat: true, wave: 75 }) + s.bottle(265, 420, 2, 40) +
  s.heading(width / 2, 230, 54, "Ba thùng, một thói quen", colours.leaf) + s.heading(width / 2, 290, 28, "Phân loại rác ngay trong bếp", colours.ink) +
  s.ribbon(width, height, "Rác hôm nay, phân xanh ngày mai", "Chi hội phụ nữ không rác thải nhựa", 1, colours.leaf);

const reading = () =>
  s.sky(width, height, "#fbe3ef", "#fffaf4") + s.ground(width, height, 430, "#cfe6b8") + s.house(760, 470, 2.1) + s.palm(90, 480, 2) +
  s.person(330, 530, 1.8, { shirt: colours.sen, wave: 40 }) + s.child(430, 535, 1.8, "#1b4f8f", 70) + s.child(250, 535, 1.6, colours.gold, 30) + s.book(520, 540, 1.2, "Truyện") + s.kite(600, 190, 1.4, 24) +
  s.heading(430, 100, 50, "Mỗi tối cùng con đọc sách") + s.heading(430, 156, 27, "15 phút không điện thoại", colours.ink) +
  s.ribbon(width, height, "Chăm sóc trẻ từ những điều nhỏ", "Đọc cùng con, nghe con kể, khen con đúng lúc");

const password = () =>
  s.sky(width, height, "#e0e3f7", "#fffaf4") + `<circle cx="330" cy="320" r="220" fill="#fff" opacity=".7"/>` +
  s.phone(330, 530, 2, `<text y="-150" text-anchor="middle" font-size="10" font-weight="700" fill="${colours.ink}">Đăng nhập</text><rect x="-36" y="-138" width="72" height="18" rx="4" fill="#eef1f6"/><text y="-125" text-anchor="middle" font-size="9">091* *** 678</text><rect x="-36" y="-114" width="72" height="18" rx="4" fill="#eef1f6"/><text y="-99" text-anchor="middle" font-size="12">••••••••••••</text><rect x="-36" y="-88" width="72" height="20" rx="5" fill="${colours.sen}"/><text y="-74" text-anchor="middle" font-size="9" fill="#fff" font-weight="700">Vào</text>`) +
  s.shield(330, 440, 1) + card(560, 190, 340, 84, ["Dài từ 12 ký tự"], "#3a2a6b") + card(560, 292, 340, 84, ["Không dùng chung"], "#3a2a6b") + card(560, 394, 340, 84, ["Bật xác nhận hai bước"], "#3a2a6b") +
  s.heading(width / 2, 92, 54, "Mật khẩu mạnh, an tâm hơn", "#3a2a6b") + s.ribbon(width, height, "Không đưa mật khẩu cho bất kỳ ai", "Cán bộ thật không bao giờ hỏi mã OTP", 1, "#3a2a6b");

const app = "Ứng dụng/đường dẫn";
export const pictures = [
  { name: "anh-phong-chong-bao-luc-gia-dinh", theme: "phòng chống bạo lực gia đình", title: "Nói không với bạo lực gia đình", product_form: app, draw: violence },
  { name: "anh-khoi-nghiep", theme: "khởi nghiệp", title: "Từ vườn dừa đến sàn thương mại điện tử", product_form: app, draw: startUp },
  { name: "anh-kien-thuc-phap-luat", theme: "kiến thức pháp luật", title: "Mỗi tuần một điều luật", product_form: app, draw: law },
  { name: "anh-bao-ve-moi-truong", theme: "bảo vệ môi trường", title: "Ba thùng, một thói quen", product_form: app, draw: sorting },
  { name: "anh-cham-soc-tre-em", theme: "chăm sóc trẻ em", title: "Mỗi tối cùng con đọc sách", product_form: app, draw: reading },
  { name: "anh-an-toan-tren-mang", theme: "an toàn trên mạng", title: "Mật khẩu mạnh, an tâm hơn", product_form: app, draw: password },
];
