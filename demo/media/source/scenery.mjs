// The pieces that every drawn scene is put together from. Each gives a piece of SVG as text; sizes are in the
// scene's own units and (x, y) is where the piece stands on the ground.

export const colours = {
  ink: "#1f1b24", paper: "#fffdfa", sen: "#a6124f", senLight: "#f4a6c6", leaf: "#17603f", leafLight: "#5fae7f",
  gold: "#f2b134", sky: "#d9eef7", river: "#7cc0d8", earth: "#caa472", skin: "#f3c9a5", hair: "#2b2026",
};

const at = (x, y, size, body) => `<g transform="translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${size})">${body}</g>`;
export const turned = (degrees, body) => `<g transform="rotate(${degrees.toFixed(2)})">${body}</g>`;
export const faded = (amount, body) => `<g opacity="${Math.max(0, Math.min(1, amount)).toFixed(3)}">${body}</g>`;

// 0 before `start`, 1 after `end`, and gently between.
export function eased(t, start, end) {
  const part = Math.max(0, Math.min(1, (t - start) / (end - start)));
  return part * part * (3 - 2 * part);
}

export const sky = (width, height, from = "#bfe3f2", to = "#fdf3e1") =>
  `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs>
   <rect width="${width}" height="${height}" fill="url(#sky)"/>`;

export const sun = (x, y, radius) =>
  `<circle cx="${x}" cy="${y}" r="${radius * 1.5}" fill="#ffe9a8" opacity=".6"/><circle cx="${x}" cy="${y}" r="${radius}" fill="${colours.gold}"/>`;

export const cloud = (x, y, size) =>
  at(x, y, size, `<g fill="#fff" opacity=".9"><ellipse rx="34" ry="13"/><circle cx="-12" cy="-9" r="13"/><circle cx="10" cy="-12" r="16"/></g>`);

export const ground = (width, height, y, colour) =>
  `<path d="M0 ${y} Q${width * 0.25} ${y - 14} ${width * 0.5} ${y} T${width} ${y} V${height} H0Z" fill="${colour}"/>`;

export function river(width, top, bottom, t) {
  let waves = "";
  for (let row = 0; row < 4; row += 1) {
    const y = top + 10 + ((bottom - top) * row) / 4;
    for (let n = -1; n < 7; n += 1) {
      const x = n * 120 + row * 46 + ((t * 16 * (row + 2)) % 120);
      waves += `<path d="M${x.toFixed(1)} ${y} q12 -5 24 0 t24 0" stroke="#fff" stroke-width="2" fill="none" opacity=".55"/>`;
    }
  }
  return `<rect y="${top}" width="${width}" height="${bottom - top}" fill="${colours.river}"/>${waves}`;
}

export function palm(x, y, size, t = 0) {
  const sway = Math.sin(t * 1.3 + x) * 3;
  const leaves = [-165, -135, -105, -75, -45, -15, 15]
    .map((angle, n) => `<g transform="rotate(${angle + sway})"><path d="M0 0 Q28 -16 58 6 Q28 -4 0 0Z" fill="${n % 2 ? "#2f8a57" : colours.leaf}"/></g>`)
    .join("");
  return at(x, y, size,
    `<path d="M-5 0 Q4 -50 -2 -104 L5 -104 Q12 -50 7 0Z" fill="#8a6238"/><g transform="translate(2 -104)">${leaves}
     <circle cx="-6" cy="7" r="6" fill="#a5702c"/><circle cx="6" cy="9" r="6" fill="#8c5a20"/></g>`);
}

export const house = (x, y, size, wall = "#fff3d6") =>
  at(x, y, size,
    `<rect x="-58" y="-62" width="116" height="62" fill="${wall}"/><path d="M-74 -58 L0 -104 L74 -58Z" fill="#b5483a"/>
     <rect x="-14" y="-42" width="28" height="42" rx="3" fill="#7a4a2b"/><circle cx="8" cy="-20" r="2.4" fill="${colours.gold}"/>
     <g fill="#bfe3f2" stroke="#fff" stroke-width="3"><rect x="-46" y="-44" width="22" height="20"/><rect x="25" y="-44" width="22" height="20"/></g>`);

// A person in an áo bà ba; `hat` draws the nón lá, `wave` lifts the right arm by degrees.
export const person = (x, y, size, { shirt = colours.sen, hat = false, wave = 20, bun = true, face = "" } = {}) =>
  at(x, y, size,
    `<path d="M-13 0 L-11 -40 H11 L13 0Z" fill="${colours.ink}"/><path d="M-19 -34 Q-20 -78 0 -80 Q20 -78 19 -34Z" fill="${shirt}"/>
     <path d="M0 -78 V-36" stroke="#fff" stroke-width="1.5" opacity=".6"/>
     <g transform="translate(-16 -72) rotate(16)"><rect x="-5" width="10" height="34" rx="5" fill="${shirt}"/><circle cy="36" r="5" fill="${colours.skin}"/></g>
     <g transform="translate(16 -72) rotate(${(-wave).toFixed(2)})"><rect x="-5" width="10" height="34" rx="5" fill="${shirt}"/><circle cy="36" r="5" fill="${colours.skin}"/></g>
     ${bun ? `<circle cx="0" cy="-116" r="8" fill="${colours.hair}"/>` : ""}<circle cy="-98" r="17" fill="${colours.hair}"/>
     <circle cy="-94" r="15" fill="${colours.skin}"/><path d="M-15 -97 Q0 -112 15 -97 Q8 -104 0 -103 Q-8 -104 -15 -97Z" fill="${colours.hair}"/>
     <circle cx="-5" cy="-93" r="1.7"/><circle cx="5" cy="-93" r="1.7"/>${face || '<path d="M-5 -87 q5 5 10 0" stroke="#8a3b2e" stroke-width="1.8" fill="none"/>'}
     <g fill="#ee9a8a" opacity=".6"><circle cx="-9" cy="-88" r="2.6"/><circle cx="9" cy="-88" r="2.6"/></g>
     ${hat ? '<path d="M-30 -101 Q0 -110 30 -101 L0 -128Z" fill="#efd9a3" stroke="#c9a95f" stroke-width="1.5"/>' : ""}`);

export const child = (x, y, size, shirt, wave = 40) => person(x, y, size * 0.68, { shirt, wave, bun: false });

export const boat = (x, y, size, t) =>
  at(x, y + Math.sin(t * 2) * 2, size,
    `<path d="M-70 -16 Q0 -4 70 -18 Q56 12 30 12 H-34 Q-58 10 -70 -16Z" fill="#7a4a2b"/><path d="M-64 -10 Q0 2 64 -12" stroke="#c28a55" stroke-width="3" fill="none"/>`);

export const bin = (x, y, size, colour, letter) =>
  at(x, y, size,
    `<path d="M-22 -50 H22 L17 0 H-17Z" fill="${colour}"/><rect x="-26" y="-58" width="52" height="10" rx="4" fill="${colour}"/>
     <text y="-18" text-anchor="middle" font-size="20" font-weight="700" fill="#fff">${letter}</text>`);

export const bottle = (x, y, size, degrees = 0) =>
  at(x, y, size, turned(degrees, `<rect x="-5" y="-18" width="10" height="20" rx="3" fill="#8fd0e6" stroke="#4a98b5"/><rect x="-3" y="-24" width="6" height="6" fill="#2c6f8a"/>`));

export function motorbike(x, y, size, t) {
  const wheel = (cx) => `<g transform="translate(${cx} -15) rotate(${(t * 300) % 360})"><circle r="15" fill="${colours.ink}"/><circle r="8" fill="#c9c3cf"/><path d="M-8 0H8M0 -8V8" stroke="${colours.ink}" stroke-width="2"/></g>`;
  return at(x, y, size,
    `${wheel(-34)}${wheel(36)}<path d="M-44 -34 Q-20 -42 -2 -28 L18 -28 L28 -62 L34 -62 L40 -20 L24 -18 H-24Z" fill="${colours.sen}"/>
     <path d="M-46 -38 H-4 V-45 H-40Z" fill="${colours.ink}"/><path d="M22 -62 H38" stroke="${colours.ink}" stroke-width="4"/>`);
}

export const helmet = (x, y, size, colour = colours.gold) =>
  at(x, y, size, `<path d="M-19 0 Q-19 -24 0 -24 Q19 -24 19 0Z" fill="${colour}"/><path d="M-22 0 H24" stroke="${colours.ink}" stroke-width="4" stroke-linecap="round"/><path d="M-14 0 Q-10 14 0 16" stroke="${colours.ink}" stroke-width="2" fill="none"/>`);

export const trafficLight = (x, y, size, lit) =>
  at(x, y, size,
    `<rect x="-4" y="-120" width="8" height="120" fill="#5c5663"/><rect x="-17" y="-190" width="34" height="84" rx="8" fill="${colours.ink}"/>
     ${["#e23b3b", "#f2b134", "#35b36b"].map((colour, n) => `<circle cy="${-174 + n * 26}" r="10" fill="${colour}" opacity="${lit === n ? 1 : 0.22}"/>`).join("")}`);

export const phone = (x, y, size, screen) =>
  at(x, y, size, `<rect x="-52" y="-190" width="104" height="190" rx="14" fill="${colours.ink}"/><rect x="-45" y="-176" width="90" height="160" rx="4" fill="#fff"/>${screen}<circle cy="-8" r="4" fill="#5c5663"/>`);

export const shield = (x, y, size, colour = colours.leaf) =>
  at(x, y, size, `<path d="M0 -46 L36 -34 V-4 Q34 26 0 44 Q-34 26 -36 -4 V-34Z" fill="${colour}"/><path d="M-15 -2 L-4 11 L17 -14" stroke="#fff" stroke-width="8" fill="none" stroke-linecap="round" stroke-linejoin="round"/>`);

export const kite = (x, y, size, degrees) =>
  at(x, y, size, turned(degrees, `<path d="M0 -30 L24 0 L0 38 L-24 0Z" fill="${colours.sen}"/><path d="M0 -30 L24 0 H-24Z" fill="${colours.gold}"/><path d="M0 38 q-10 14 0 24 t0 22" stroke="${colours.sen}" stroke-width="3" fill="none"/>`));

export const lotus = (x, y, size) =>
  at(x, y, size, [-64, -34, 34, 64, 0].map((angle, n) => `<g transform="rotate(${angle})"><path d="M0 0 Q-14 -22 0 -46 Q14 -22 0 0Z" fill="${n === 4 ? "#f7bdd3" : n < 2 ? "#e986ae" : "#ef9cbd"}"/></g>`).join(""));

export const heart = (x, y, size) =>
  at(x, y, size, `<path d="M0 16 C-34 -8 -20 -34 0 -16 C20 -34 34 -8 0 16Z" fill="${colours.sen}"/>`);

export const balance = (x, y, size, degrees = 0) =>
  at(x, y, size,
    `<rect x="-4" y="-120" width="8" height="120" fill="#8a6238"/><rect x="-34" y="-8" width="68" height="10" rx="4" fill="#8a6238"/>
     <g transform="translate(0 -118) rotate(${degrees.toFixed(2)})"><rect x="-70" y="-3" width="140" height="6" rx="3" fill="#b5803f"/>
     ${[-66, 66].map((cx) => `<g transform="translate(${cx} 0) rotate(${(-degrees).toFixed(2)})"><path d="M0 0 L-22 46 M0 0 L22 46" stroke="#8a6238" stroke-width="2"/><path d="M-28 46 H28 Q20 64 0 64 Q-20 64 -28 46Z" fill="${colours.gold}"/></g>`).join("")}</g><circle cy="-120" r="8" fill="${colours.sen}"/>`);

export const book = (x, y, size, title = "LUẬT") =>
  at(x, y, size, `<path d="M-64 -54 Q-30 -66 0 -52 Q30 -66 64 -54 V4 Q30 -8 0 6 Q-30 -8 -64 4Z" fill="${colours.sen}"/><path d="M-58 -56 Q-28 -66 0 -52 V0 Q-28 -12 -58 -2Z" fill="#fff"/><path d="M58 -56 Q28 -66 0 -52 V0 Q28 -12 58 -2Z" fill="#fbf4ea"/>
     <text x="-29" y="-24" text-anchor="middle" font-size="17" font-weight="700" fill="${colours.sen}">${title}</text><path d="M12 -42 Q32 -50 48 -46 M12 -30 Q32 -38 48 -34 M12 -18 Q32 -26 48 -22" stroke="#c9bfae" stroke-width="3" fill="none"/>`);

export const basket = (x, y, size) =>
  at(x, y, size, `<g fill="#8c5a20"><circle cx="-22" cy="-40" r="15"/><circle cx="6" cy="-46" r="17" fill="#a5702c"/><circle cx="30" cy="-38" r="14"/></g><path d="M-50 -36 H50 L38 0 H-38Z" fill="#d8ac62"/><path d="M-46 -24 H46 M-42 -12 H42" stroke="#b3843c" stroke-width="3"/>`);

// The words of a scene: a ribbon at the foot with the main line and a smaller one.
export function ribbon(width, height, line, under, shown = 1, colour = colours.sen) {
  const size = width / 21, tall = size * 2.5, y = height - tall * shown;
  return `<g transform="translate(0 ${y.toFixed(2)})"><rect width="${width}" height="${tall + 4}" fill="${colour}"/><rect width="${width}" height="${size * 0.14}" fill="${colours.gold}"/>
   <text x="${width / 2}" y="${size * 1.28}" text-anchor="middle" font-size="${size}" font-weight="700" fill="#fff">${line}</text>
   <text x="${width / 2}" y="${size * 2.02}" text-anchor="middle" font-size="${size * 0.55}" fill="#ffe9f2">${under}</text></g>`;
}

export const heading = (x, y, size, words, colour = colours.sen, anchor = "middle") =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}" font-size="${size}" font-weight="700" fill="${colour}" stroke="#fff" stroke-width="${size * 0.16}" paint-order="stroke" stroke-linejoin="round">${words}</text>`;
