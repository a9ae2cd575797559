// The icons of the board's tools: loaded with the board, and not at the door.
// Path data from Lucide (https://lucide.dev), ISC License, Copyright (c) Lucide Contributors;
// axes, quadrant, right, protractor, chalk and wiper are drawn to go with them.
import { Strokes } from "../../../style/Icon";

const STROKES = {
  select:
    "M7 22a5 5 0 0 1-2-4M7 16.93c.96.43 1.96.74 2.99.91M3.34 14A6.8 6.8 0 0 1 2 10c0-4.42 4.48-8" +
    " 10-8s10 3.58 10 8a7.19 7.19 0 0 1-.33 2M5 18a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM14.33 22h-.09a.35" +
    ".35 0 0 1-.24-.32v-10a.34.34 0 0 1 .33-.34c.08 0 .15.03.21.08l7.34 6a.33.33 0 0 1-.21" +
    ".59h-4.49l-2.57 3.85a.35.35 0 0 1-.28.14z",
  shape:
    "M8.3 10a.7.7 0 0 1-.626-1.079L11.4 3a.7.7 0 0 1 1.198-.043L16.3 8.9a.7.7 0 0 1-.572 1.1Z" +
    "M4 14h5a1 1 0 0 1 1 1v5a1 1 0 0 1-1 1h-5a1 1 0 0 1-1-1v-5a1 1 0 0 1 1-1zM14 17.5a3.5 3.5" +
    " 0 1 0 7 0a3.5 3.5 0 1 0-7 0",
  chalk: "M3 21l3.5-1 1-3.5-3.5 1zM7.5 16.5 17 5.5a2 2 0 0 1 3 .3l.5.6a2 2 0 0 1-.2 2.9L9.5 19.5zM14 9l3.5 4",
  wiper: "M2 15c3-9 6-9 8-5s4 5 7-3M15 15l6 6M21 15l-6 6",
  words: "M12 4v16M4 7V5a1 1 0 0 1 1-1h14a1 1 0 0 1 1 1v2M9 20h6",
  note:
    "M21 9a2.4 2.4 0 0 0-.706-1.706l-3.588-3.588A2.4 2.4 0 0 0 15 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0" +
    " 2 2h14a2 2 0 0 0 2-2zM15 3v5a1 1 0 0 0 1 1h5",
  formula:
    "M18 7V5a1 1 0 0 0-1-1H6.5a.5.5 0 0 0-.4.8l4.5 6a2 2 0 0 1 0 2.4l-4.5 6a.5.5 0 0 0 .4.8H17a1" +
    " 1 0 0 0 1-1v-2",
  picture:
    "M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-14a2 2 0 0 1 2-2zM7 9a2 2 0 1 0 4" +
    " 0a2 2 0 1 0-4 0M21 15l-3.086-3.086a2 2 0 0 0-2.828 0L6 21",
  redo: "M15 14l5-5-5-5M20 9H9.5A5.5 5.5 0 0 0 4 14.5A5.5 5.5 0 0 0 9.5 20H13",
  line: "M20 4 4 20",
  arrow: "M13 5H19V11M19 5L5 19",
  rect: "M3 6h18v12H3z",
  ellipse: "M2 12a10 8 0 1 0 20 0a10 8 0 1 0-20 0",
  triangle: "M12 4 21 20H3z",
  right: "M4 4V20H20zM4 15h5v5",
  polygon:
    "M10.83 2.38a2 2 0 0 1 2.34 0l8 5.74a2 2 0 0 1 .73 2.25l-3.04 9.26a2 2 0 0 1-1.9 1.37H7.04a2" +
    " 2 0 0 1-1.9-1.37L2.1 10.37a2 2 0 0 1 .73-2.25z",
  axes: "M12 22V2M9 5l3-3 3 3M2 12h20M19 9l3 3-3 3",
  quadrant: "M5 22V2M2 5l3-3 3 3M2 19h20M19 16l3 3-3 3M11 17v2M15 17v2M5 14h2M5 10h2",
  filled: "M3 6h18v12H3zM3 12l6-6M3 18l12-12M9 18l12-12M15 18l6-6",
  ruler:
    "M21.3 15.3a2.4 2.4 0 0 1 0 3.4l-2.6 2.6a2.4 2.4 0 0 1-3.4 0L2.7 8.7a2.41 2.41 0 0 1 0-3.4l" +
    "2.6-2.6a2.41 2.41 0 0 1 3.4 0ZM14.5 12.5l2-2M11.5 9.5l2-2M8.5 6.5l2-2M17.5 15.5l2-2",
  protractor: "M2 18a10 10 0 0 1 20 0zM12 18v-3M12 8v2M5 11l1.5 1.5M19 11l-1.5 1.5",
  compasses:
    "M12.99 6.74l1.93 3.44M19.136 12a10 10 0 0 1-14.271 0M21 21l-2.16-3.84M3 21l8.02-14.26M10 5a2" +
    " 2 0 1 0 4 0a2 2 0 1 0-4 0",
  all:
    "M5 3a2 2 0 0 0-2 2M19 3a2 2 0 0 1 2 2M21 19a2 2 0 0 1-2 2M5 21a2 2 0 0 1-2-2M9 3h1M9 21h1" +
    "M14 3h1M14 21h1M3 9v1M21 9v1M3 14v1M21 14v1",
  copy:
    "M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-10a2 2 0 0 1 2-2zM4 16c-1.1" +
    " 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2",
  double:
    "M15 12v6M12 15h6M10 8h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-10a2 2 0 0 1-2-2v-10a2 2 0 0 1 2-2z" +
    "M4 16c-1.1 0-2-.9-2-2V4c0-1.1.9-2 2-2h10c1.1 0 2 .9 2 2",
  paste:
    "M11 14h10M16 4h2a2 2 0 0 1 2 2v1.344M17 18l4-4-4-4M8 4H6a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h12a2" +
    " 2 0 0 0 1.793-1.113M9 2h6a1 1 0 0 1 1 1v2a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-2a1 1 0 0 1 1-1z",
} as const;

export type ToolIconName = keyof typeof STROKES;

export function ToolIcon({ name, size = 24 }: { name: ToolIconName; size?: number }) {
  return <Strokes path={STROKES[name]} size={size} />;
}
