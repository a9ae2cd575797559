// The grain of chalk: one tile of noise, the same on every machine, that lies still on the board.
const TILE = 256; // pixels, and as often as that the grain comes again: no eye finds it
const FINE = 0.7; // board pixels to one of the grain
const COARSE = 3; // pixels of the grain: crumbs, beside the dust
const HOLES = 0.34; // of the edge's surface the board shows through
const FEW_HOLES = 0.12; // of the middle's, where the stick is pressed
const SOFTNESS = 0.25; // of the noise between board and chalk: dust is no black and white

const patterns = new Map<string, CanvasPattern | null>();

/** A stroke's edge has many holes, its middle few. */
export function grain(ctx: CanvasRenderingContext2D, colour: string, part: "edge" | "middle") {
  const key = `${part} ${colour}`;
  const known = patterns.get(key);
  if (known) return known;
  const holes = part === "edge" ? HOLES : FEW_HOLES;
  const pattern = ctx.createPattern(tile(colour, holes), "repeat");
  pattern?.setTransform(new DOMMatrix([FINE, 0, 0, FINE, 0, 0]));
  patterns.set(key, pattern);
  return pattern ?? colour;
}

function tile(colour: string, holes: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = TILE;
  const ctx = canvas.getContext("2d") as CanvasRenderingContext2D;
  ctx.fillStyle = colour;
  ctx.fillRect(0, 0, TILE, TILE);
  const image = ctx.getImageData(0, 0, TILE, TILE);
  for (let y = 0; y < TILE; y++) {
    for (let x = 0; x < TILE; x++) {
      image.data[4 * (y * TILE + x) + 3] = 255 * opacity(noise(x, y), holes);
    }
  }
  ctx.putImageData(image, 0, 0);
  return canvas;
}

function opacity(noise: number, holes: number): number {
  return Math.min(1, Math.max(0, (noise - holes) / SOFTNESS + 0.5));
}

/** 0..1, evenly: crumbs and dust in equal parts. */
function noise(x: number, y: number): number {
  const coarse = hash(Math.floor(x / COARSE), Math.floor(y / COARSE));
  return (coarse + hash(x + 977, y)) / 2;
}

/** 0..1 of two whole numbers; integers only, so that no machine's arithmetic differs. */
function hash(x: number, y: number): number {
  let h = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32;
}
