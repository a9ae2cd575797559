// Spotlight and curtain over the page, and the handles by which the teacher moves them.
import type { Signal } from "@preact/signals";
import { HEIGHT, SMALLEST, WIDTH } from "../channels/gaze";
import { t } from "../i18n";
import { Icon, type IconName } from "../style/Icon";
import type { Curtain, Spot } from "../wire.gen";
import type { Part } from "./camera";
import { UNIT } from "./ink";
import type { Sights } from "./sights";
import { box, point } from "./spots";

const STEP = 120; // units that a key moves a handle
const SIDES: Curtain["side"][] = ["bottom", "right", "top", "left"];

interface Props {
  sights: Sights;
  part: Signal<Part>;
  /** Where a point of the window lies, in board pixels; absent where nothing can be moved. */
  place?: (clientX: number, clientY: number) => [number, number];
  /** Whether the page that the teacher shows is the one that is looked at. */
  isThere: () => boolean;
}

export function Veil({ sights, part, place, isThere }: Props) {
  const { spot, curtain } = sights.gaze.value;
  if (!isThere()) return null;
  const seen = part.value;
  return (
    <div class={place ? "sights led" : "sights"}>
      {spot.radius > 0 && <Light spot={spot} seen={seen} />}
      {curtain.reach > 0 && <div class={`curtain ${curtain.side}`} style={box(covered(curtain), seen)} />}
      {place && spot.radius > 0 && <SpotHandles sights={sights} seen={seen} place={place} />}
      {place && curtain.reach > 0 && <CurtainHandle sights={sights} seen={seen} place={place} />}
    </div>
  );
}

function Light({ spot: { x, y, radius }, seen }: { spot: Spot; seen: Part }) {
  return <div class="spot" style={box([x - radius, y - radius, 2 * radius, 2 * radius], seen)} />;
}

interface HandleProps {
  sights: Sights;
  seen: Part;
  place: (clientX: number, clientY: number) => [number, number];
}

function SpotHandles({ sights, seen, place }: HandleProps) {
  const { spot } = sights.gaze.value;
  const { x, y, radius } = spot;
  const move = (toX: number, toY: number) =>
    sights.show({ ...spot, x: within(toX, 0, WIDTH), y: within(toY + radius, 0, HEIGHT) });
  const grow = (toX: number) =>
    sights.show({ ...spot, radius: within(toX - x, SMALLEST, HEIGHT) });
  return (
    <>
      <Handle
        word={t("gaze.spot.move")}
        at={point(x, y - radius, seen)}
        value={[x, y - radius]}
        drag={move}
        place={place}
      />
      <Handle
        word={t("gaze.spot.size")}
        icon="resize"
        at={point(x + radius, y, seen)}
        value={[x + radius, y]}
        drag={grow}
        place={place}
      />
    </>
  );
}

function CurtainHandle({ sights, seen, place }: HandleProps) {
  const { curtain } = sights.gaze.value;
  const { side } = curtain;
  const [left, top, width, tall] = covered(curtain);
  const edge: [number, number] =
    side === "bottom" || side === "top"
      ? [WIDTH / 2, side === "bottom" ? top : top + tall]
      : [side === "right" ? left : left + width, HEIGHT / 2];
  const drag = (x: number, y: number) =>
    sights.show({ ...curtain, reach: within(reachOf(side, x, y), STEP / 2, depth(side)) });
  const turn = () => {
    const next = SIDES[(SIDES.indexOf(side) + 1) % SIDES.length];
    const reach = Math.round((curtain.reach / depth(side)) * depth(next));
    sights.show({ ...curtain, side: next, reach });
  };
  return (
    <Handle word={t("gaze.curtain.move")} at={point(...edge, seen)} value={edge} drag={drag} place={place}>
      <button
        class="button small-button"
        type="button"
        onPointerDown={(event) => event.stopPropagation()}
        onClick={turn}
      >
        {t("gaze.curtain.side")}
      </button>
    </Handle>
  );
}

interface Grip {
  word: string;
  at: { left: string; top: string };
  value: [number, number];
  drag: (x: number, y: number) => void;
  place: HandleProps["place"];
  icon?: IconName;
  children?: preact.ComponentChildren;
}

/** Moved by a pointer or by the arrow keys, in units of the board. */
function Handle({ word, icon = "move", at, value, drag, place, children }: Grip) {
  const down = (event: PointerEvent) => {
    event.stopPropagation(); // no stroke of a pen begins here
    event.preventDefault();
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    event.stopPropagation();
    if (!(event.currentTarget as Element).hasPointerCapture(event.pointerId)) return;
    const [x, y] = place(event.clientX, event.clientY);
    drag(Math.round(x * UNIT), Math.round(y * UNIT));
  };
  const press = (event: KeyboardEvent) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    drag(value[0] + by[0] * STEP, value[1] + by[1] * STEP);
  };
  return (
    <div class="handle" style={{ left: held(at.left), top: held(at.top) }}>
      <button
        class="button only-icon"
        type="button"
        aria-label={word}
        title={word}
        onPointerDown={down}
        onPointerMove={move}
        onKeyDown={press}
      >
        <Icon name={icon} />
      </button>
      {children}
    </div>
  );
}

/** Left, top, width and height of what a curtain covers, in units. */
function covered({ side, reach }: Curtain): [number, number, number, number] {
  if (side === "top") return [0, 0, WIDTH, reach];
  if (side === "bottom") return [0, HEIGHT - reach, WIDTH, reach];
  return [side === "left" ? 0 : WIDTH - reach, 0, reach, HEIGHT];
}

function reachOf(side: Curtain["side"], x: number, y: number): number {
  return { top: y, left: x, bottom: HEIGHT - y, right: WIDTH - x }[side];
}

function depth(side: Curtain["side"]): number {
  return side === "top" || side === "bottom" ? HEIGHT : WIDTH;
}

function within(value: number, least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, value)));
}

/** A handle is never out of reach. */
function held(share: string): string {
  return `clamp(28px, ${share}, 100% - 28px)`;
}
