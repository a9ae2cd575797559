// The boxes of classrooms with their names, whose layers are shown, and a box being drawn.
import { type ReadonlySignal, useSignal } from "@preact/signals";
import type { Box } from "../channels/board";
import { t } from "../i18n";
import type { Part } from "./camera";
import { UNIT } from "./ink";
import type { Labels } from "./labels";
import { box } from "./spots";

interface Props {
  labels: Labels;
  part: ReadonlySignal<Part>;
}

export function Boxes({ labels, part }: Props) {
  const { boxes, shown } = labels.seen.value;
  return (
    <div class="sights">
      {boxes.map(({ name, area, ours }) => (
        <div key={area.join()} class={ours ? "box ours" : "box"} style={box(area, part.value)}>
          <span>{ours ? t("boxes.ours") : name}</span>
        </div>
      ))}
      {shown.length > 0 && (
        <p class="whose badge">{t("layers.shown", { names: shown.join("、") })}</p>
      )}
    </div>
  );
}

interface DrawProps {
  part: ReadonlySignal<Part>;
  /** The name of the classroom it is for. */
  name: string;
  place: (clientX: number, clientY: number) => [number, number];
  /** The box in units, or null where it was none. */
  drawn: (box: Box | null) => void;
}

type Corners = [x: number, y: number, toX: number, toY: number];

/** Takes the place of the pen until a box was dragged. */
export function BoxDrawn({ part, name, place, drawn }: DrawProps) {
  const corners = useSignal<Corners | null>(null);
  const at = (event: PointerEvent): [number, number] => {
    event.stopPropagation();
    const [x, y] = place(event.clientX, event.clientY);
    return [inside(x * UNIT, 1920 * UNIT), inside(y * UNIT, 1080 * UNIT)];
  };
  const down = (event: PointerEvent) => {
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    const [x, y] = at(event);
    corners.value = [x, y, x, y];
  };
  const move = (event: PointerEvent) => {
    const to = at(event);
    if (corners.value) corners.value = [corners.value[0], corners.value[1], ...to];
  };
  const up = (event: PointerEvent) => {
    event.stopPropagation();
    drawn(corners.value && boxOf(corners.value));
  };
  return (
    <div class="sights drawing" onPointerDown={down} onPointerMove={move} onPointerUp={up}>
      {corners.value && (
        <div class="box ours" style={box(boxOf(corners.value), part.value)}>
          <span>{name}</span>
        </div>
      )}
    </div>
  );
}

function boxOf([x, y, toX, toY]: Corners): Box {
  return [Math.min(x, toX), Math.min(y, toY), Math.abs(x - toX), Math.abs(y - toY)];
}

function inside(value: number, most: number): number {
  return Math.round(Math.min(most, Math.max(0, value)));
}
