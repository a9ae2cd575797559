// Whether a point is on a mark: what an eraser means.
import { UNIT } from "./ink";
import { type Look, placed } from "./look";
import { pointsOf } from "./outline";

/** Whether a stroke passes within reach of a point, in board pixels; other bodies by their frame. */
export function isNear({ body, matrix }: Look, x: number, y: number, reach: number): boolean {
  if (body.t !== "ink") return true;
  const far = reach * UNIT + body.pen.width / 2;
  return pointsOf(body).some((point) => {
    const [px, py] = placed(matrix, point[0], point[1]);
    return Math.hypot(px - x * UNIT, py - y * UNIT) < far;
  });
}
