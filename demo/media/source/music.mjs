// A plucked tune on the five-note scale of the South, made by the Karplus-Strong rule: a burst of noise that a loop
// of the string's length smooths a little at each turn. The same seed always makes the same sound.
const rate = 44100;

function noise(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

function pluck(samples, start, frequency, loudness, random) {
  const length = Math.round(rate / frequency);
  const string = Float32Array.from({ length }, random);
  const from = Math.round(start * rate);
  for (let n = 0; n < rate * 2.2 && from + n < samples.length; n += 1) {
    const place = n % length;
    const value = string[place];
    string[place] = 0.4985 * (value + string[(place + 1) % length]);
    samples[from + n] += value * loudness;
  }
}

export function tune(seconds, seed) {
  const scale = [261.63, 293.66, 349.23, 392.0, 440.0, 523.25, 587.33];
  const samples = new Float32Array(seconds * rate);
  const random = noise(seed);
  let step = 2;
  for (let beat = 0; beat * 0.36 < seconds - 1.2; beat += 1) {
    step = Math.max(0, Math.min(scale.length - 1, step + Math.round(random() * 2)));
    pluck(samples, beat * 0.36, scale[step], 0.16, random);
    if (beat % 4 === 0) pluck(samples, beat * 0.36, scale[beat % 8 ? 3 : 0] / 2, 0.2, random);
  }
  const fade = rate * 0.8;
  const wav = Buffer.alloc(44 + samples.length * 2);
  wav.write("RIFF", 0); wav.writeUInt32LE(36 + samples.length * 2, 4); wav.write("WAVEfmt ", 8);
  wav.writeUInt32LE(16, 16); wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22); wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28); wav.writeUInt16LE(2, 32); wav.writeUInt16LE(16, 34); wav.write("data", 36);
  wav.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((value, n) => {
    const left = Math.min(1, (samples.length - n) / fade);
    wav.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value * left)) * 32000), 44 + n * 2);
  });
  return wav;
}
