// The short clips: each scene is a function from the second to what is to be seen then.
import * as s from "./scenery.mjs";

const { colours, eased } = s;
export const width = 640, height = 360, seconds = 8, framesPerSecond = 20;

function environment(t) {
  const collected = eased(t, 3, 5.4);
  return s.sky(width, height) + s.sun(545, 66, 26) + s.cloud(90 + t * 6, 62, 1) + s.cloud(350 + t * 4, 44, 0.8) +
    s.ground(width, height, 190, "#9fd08c") + s.palm(60, 205, 1, t) + s.palm(585, 208, 1.15, t) + s.palm(500, 200, 0.8, t) +
    s.river(width, 215, 310, t) + s.boat(120 + t * 34, 262, 1, t) + s.person(120 + t * 34, 250, 0.62, { shirt: colours.leaf, hat: true, wave: 50 + Math.sin(t * 4) * 20 }) +
    [0, 1, 2].map((n) => s.faded(1 - eased(t, 2.4 + n * 0.9, 3 + n * 0.9), s.bottle(220 + n * 95, 268 + (n % 2) * 22 + Math.sin(t * 3 + n) * 2, 0.9, 70))).join("") +
    s.faded(collected, s.bin(420, 214, 0.7, colours.leaf, "1") + s.bin(462, 214, 0.7, "#1b4f8f", "2")) +
    s.ribbon(width, height, t < 4 ? "Bảo vệ môi trường" : "Không xả rác xuống sông", "Phân loại rác tại nguồn, giữ xanh dòng sông quê dừa", eased(t, 0.3, 1.1), colours.leaf);
}

function family(t) {
  const words = [["5 không", "đói nghèo · vi phạm pháp luật · bạo lực · sinh con thứ 3 · trẻ bỏ học"], ["3 sạch", "sạch nhà · sạch bếp · sạch ngõ"]];
  const [line, under] = t < 4.2 ? words[0] : words[1];
  const broom = Math.sin(t * 5) * 14;
  return s.sky(width, height, "#fde7c8", "#fffaf0") + s.sun(90, 70, 24) + s.ground(width, height, 225, "#b8d89a") + s.palm(570, 235, 1.2, t) +
    s.house(300, 235, 1.35) + `<path d="M270 235 L330 235 L390 330 H210Z" fill="#e7cfa0"/>` +
    s.person(165, 280, 0.95, { shirt: colours.sen, wave: 30 + broom }) +
    `<g transform="translate(196 228) rotate(${(18 + broom).toFixed(2)})"><rect x="-2" width="4" height="34" fill="#8a6238"/><path d="M-10 32 H10 L16 54 H-16Z" fill="#d9b25c"/></g>` +
    s.person(430, 285, 0.98, { shirt: "#1b4f8f", bun: false, wave: 25 }) + s.child(485, 287, 1, colours.gold, 70 + Math.sin(t * 4) * 25) +
    [0, 1, 2].map((n) => s.faded(eased(t, 1 + n, 2 + n), s.heart(380 + n * 42, 120 - eased(t, 1 + n, 8) * 34 - n * 14, 0.55 + n * 0.1))).join("") +
    s.heading(width / 2, 52, 27, "Gia đình 5 không, 3 sạch") +
    s.ribbon(width, height, line, under, eased(t, 0.3, 1.1));
}

function traffic(t) {
  const lit = t < 2.6 ? 0 : t < 3.2 ? 1 : 2;
  const x = 150 + eased(t, 3.2, 7.4) * 330;
  const stripes = Array.from({ length: 9 }, (_, n) => `<rect x="${n * 80 - 10}" y="282" width="44" height="5" fill="#fff"/>`).join("");
  const helmeted = eased(t, 0.9, 1.9);
  return s.sky(width, height) + s.cloud(150, 60, 1) + s.cloud(430, 46, 0.9) + s.ground(width, height, 205, "#a6cf8f") + s.palm(70, 220, 0.9, t) + s.house(540, 222, 0.85, "#e8f0f7") +
    `<rect y="232" width="${width}" height="90" fill="#6d6874"/>${stripes}` +
    Array.from({ length: 5 }, (_, n) => `<rect x="${352 + n * 15}" y="236" width="9" height="80" fill="#fff" opacity=".9"/>`).join("") +
    s.trafficLight(325, 240, 0.85, lit) + s.motorbike(x, 276, 0.95, lit === 2 ? t : 0) +
    s.person(x - 12, 258, 0.68, { shirt: colours.leaf, wave: 66, bun: false }) + s.helmet(x - 12, 258 - 66 - (1 - helmeted) * 52, 0.62) +
    s.heading(width / 2, 46, 25, lit === 0 ? "Đèn đỏ: dừng lại" : lit === 1 ? "Đèn vàng: chậm lại" : "Đèn xanh: đi an toàn", lit === 0 ? "#b02020" : lit === 1 ? colours.ink : colours.leaf) +
    s.ribbon(width, height, "An toàn giao thông", "Đội mũ bảo hiểm, chấp hành tín hiệu đèn", eased(t, 0.3, 1.1), "#1b4f8f");
}

function children(t) {
  const kiteX = 430 + Math.sin(t * 1.1) * 46, kiteY = 108 + Math.cos(t * 1.5) * 22;
  return s.sky(width, height, "#a9dcf2", "#fef6e4") + s.sun(70, 70, 26) + s.cloud(200 + t * 5, 70, 1.1) + s.cloud(540 - t * 4, 48, 0.8) +
    s.ground(width, height, 220, "#a9d98f") + s.ground(width, height, 262, "#8cc873") + s.palm(585, 240, 1.1, t) +
    `<path d="M282 222 Q350 190 ${kiteX.toFixed(1)} ${kiteY.toFixed(1)}" stroke="#5c5663" stroke-width="1.5" fill="none"/>` + s.kite(kiteX, kiteY, 0.95, 24 + Math.sin(t * 2) * 12) +
    s.child(265, 285, 1.25, "#1b4f8f", 128) + s.child(185, 292, 1.15, colours.gold, 60 + Math.sin(t * 5) * 40) + s.child(345, 296, 1.1, "#e2733b", 60 + Math.cos(t * 5) * 40) +
    s.person(95, 292, 1, { shirt: colours.sen, wave: 40 + Math.sin(t * 3) * 12 }) +
    s.lotus(455, 300, 0.55) + s.lotus(520, 306, 0.42) +
    s.heading(width / 2, 46, 25, t < 4 ? "Trẻ em được vui chơi" : "Trẻ em được học hành, bảo vệ") +
    s.ribbon(width, height, "Chăm sóc, bảo vệ trẻ em", "Tổng đài quốc gia bảo vệ trẻ em: 111", eased(t, 0.3, 1.1), "#b5521b");
}

function online(t) {
  const message = eased(t, 1, 1.8), stopped = eased(t, 4, 4.8);
  const bubble = `<g opacity="${message.toFixed(3)}"><rect x="-38" y="-160" width="76" height="54" rx="8" fill="#eef1f6"/><text x="0" y="-142" text-anchor="middle" font-size="6.6" font-weight="700" fill="${colours.ink}">Chúc mừng trúng thưởng!</text>
    <text x="0" y="-129" text-anchor="middle" font-size="5.4" fill="${colours.ink}">Bấm vào liên kết, nhập mã</text><rect x="-26" y="-123" width="52" height="11" rx="5" fill="#c22f2f"/><text x="0" y="-115" text-anchor="middle" font-size="7.4" fill="#fff">NHẬN QUÀ</text></g>
    <g opacity="${stopped.toFixed(3)}"><path d="M-32 -158 L32 -108 M32 -158 L-32 -108" stroke="#c22f2f" stroke-width="7" stroke-linecap="round"/><rect x="-38" y="-92" width="76" height="40" rx="8" fill="#e4f3eb"/><text y="-75" text-anchor="middle" font-size="9" font-weight="700" fill="${colours.leaf}">Không bấm</text><text y="-62" text-anchor="middle" font-size="9" font-weight="700" fill="${colours.leaf}">Báo công an xã</text></g>`;
  return s.sky(width, height, "#e6dff3", "#fffaf4") + `<circle cx="320" cy="170" r="150" fill="#fff" opacity=".5"/>` +
    s.phone(320, 286, 1.18, bubble) + s.person(150, 300, 1.25, { shirt: "#1b4f8f", wave: 30 + stopped * 70 }) +
    s.faded(stopped, s.shield(490, 190, 1 + Math.sin(t * 4) * 0.04)) +
    s.heading(width / 2, 42, 25, t < 4 ? "Tin nhắn lạ? Hãy cảnh giác" : "Không cung cấp mã OTP", "#1b4f8f") +
    s.ribbon(width, height, "An toàn trên mạng", "Dừng lại, suy nghĩ, hỏi người thân trước khi bấm", eased(t, 0.3, 1.1), "#3a2a6b");
}

export const clips = [
  { name: "clip-bao-ve-moi-truong", theme: "bảo vệ môi trường", title: "Giữ xanh dòng sông quê dừa", draw: environment },
  { name: "clip-gia-dinh-5-khong-3-sach", theme: "gia đình 5 không 3 sạch", title: "Gia đình 5 không, 3 sạch", draw: family },
  { name: "clip-an-toan-giao-thong", theme: "an toàn giao thông", title: "Đội mũ bảo hiểm, dừng khi đèn đỏ", draw: traffic },
  { name: "clip-cham-soc-tre-em", theme: "chăm sóc trẻ em", title: "Trẻ em được vui chơi và học hành", draw: children },
  { name: "clip-an-toan-tren-mang", theme: "an toàn trên mạng", title: "Cảnh giác với tin nhắn lạ", draw: online },
];
