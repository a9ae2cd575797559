// Paints pictures of the courseware by the name they are kept under; a quiet frame until one is here.
import type { Picture } from "../wire.gen";
import { arrived } from "./arrivals";
import { UNIT } from "./ink";

const AGAIN_MS = 5000; // a line that was broken may be back
const MOST_KEPT = 60; // pictures: a lesson's pages, and some that were pasted

const images = new Map<string, HTMLImageElement>();

/** Draw a picture in board coordinates. */
export function paintPicture(ctx: CanvasRenderingContext2D, body: Picture, line: string): void {
  const [x, y, width, height] = body.box.map((value) => value / UNIT);
  const image = imageOf(body.sheet);
  if (image.complete && image.naturalWidth) ctx.drawImage(image, x, y, width, height);
  else placeholder(ctx, x, y, width, height, line);
}

/** The picture of a name: complete where it is here, else on its way. */
export function imageOf(sheet: string): HTMLImageElement {
  const known = images.get(sheet);
  if (known) return known;
  const image = new Image();
  images.set(sheet, image);
  for (const oldest of images.keys()) {
    if (images.size <= MOST_KEPT) break;
    images.delete(oldest);
  }
  image.onload = arrived;
  image.onerror = () => setTimeout(() => again(sheet), AGAIN_MS);
  image.src = `/pages/${sheet}`;
  return image;
}

function again(sheet: string): void {
  images.delete(sheet);
  arrived();
}

function placeholder(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  line: string,
): void {
  ctx.strokeStyle = line;
  ctx.lineWidth = 2;
  ctx.setLineDash([10, 10]);
  ctx.strokeRect(x, y, width, height);
  ctx.setLineDash([]);
}
