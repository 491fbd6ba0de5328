const bins = [
  { name: "Hữu cơ", colour: "#17603f" },
  { name: "Tái chế", colour: "#1b4f8f" },
  { name: "Còn lại", colour: "#7a4e00" },
];
const leaf = '<path d="M10 50 Q12 12 52 10 Q50 50 10 50Z" fill="#5fae7f"/><path d="M12 48 L44 18" stroke="#17603f" stroke-width="2"/>';
const bottle = '<rect x="22" y="18" width="18" height="38" rx="5" fill="#8fd0e6" stroke="#4a98b5" stroke-width="2"/><rect x="26" y="6" width="10" height="12" fill="#2c6f8a"/>';
const paper = '<rect x="12" y="10" width="38" height="44" fill="#fff" stroke="#8a8291" stroke-width="2"/><path d="M18 22H44M18 32H44M18 42H36" stroke="#8a8291" stroke-width="2"/>';
const nut = '<circle cx="31" cy="34" r="20" fill="#8c5a20"/><circle cx="31" cy="34" r="12" fill="#fff"/>';
const bag = '<path d="M14 20 H48 L44 56 H18Z" fill="#e2b3c4"/><path d="M22 20 Q22 6 31 6 Q40 6 40 20" stroke="#a6124f" stroke-width="3" fill="none"/>';
const can = '<rect x="18" y="10" width="26" height="44" rx="6" fill="#c9c3cf"/><rect x="18" y="22" width="26" height="18" fill="#a6124f"/>';
const items = [
  ["Vỏ trái cây, rau héo", leaf, 0, "Ủ được thành phân bón cho vườn."],
  ["Chai nhựa đã tráng sạch", bottle, 1, "Bán ve chai, gây quỹ chi hội."],
  ["Báo cũ, thùng giấy", paper, 1, "Giấy khô làm được giấy mới."],
  ["Gáo dừa, bã dừa", nut, 0, "Bã dừa ủ phân; gáo dừa còn làm hàng thủ công."],
  ["Túi ni lông bẩn", bag, 2, "Khó tái chế: hãy dùng giỏ đi chợ."],
  ["Lon nước ngọt", can, 1, "Nhôm tái chế được mãi."],
  ["Tã lót đã dùng", bag, 2, "Gói kín, bỏ vào thùng còn lại."],
  ["Lá khô quét sân", leaf, 0, "Che gốc cây, giữ ẩm cho đất."],
];
const find = (id) => document.getElementById(id);
let turn = 0;
let right = 0;

function show() {
  if (turn === items.length) return finish();
  const [name, drawing] = items[turn];
  find("progress").textContent = `Món ${turn + 1}/${items.length} · đúng ${right}`;
  find("name").textContent = name;
  find("sign").innerHTML = `<svg viewBox="0 0 62 62">${drawing}</svg>`;
  find("bins").replaceChildren(...bins.map((bin, n) => button(bin.name, bin.colour, () => answer(n))));
}

function button(words, colour, act) {
  const made = document.createElement("button");
  made.textContent = words;
  made.style.background = colour;
  made.onclick = act;
  return made;
}

function answer(chosen) {
  const [, , bin, because] = items[turn];
  if (chosen === bin) right += 1;
  find("said").textContent = `${chosen === bin ? "Đúng!" : `Chưa đúng, đây là rác ${bins[bin].name.toLowerCase()}.`} ${because}`;
  turn += 1;
  show();
}

function finish() {
  find("progress").textContent = "Kết quả";
  find("name").textContent = `Đúng ${right}/${items.length} món`;
  find("bins").replaceChildren(button("Chơi lại", bins[0].colour, () => {
    turn = 0;
    right = 0;
    find("said").textContent = "";
    show();
  }));
}

show();
