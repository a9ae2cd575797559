// The tools in groups, as a hand finds them: each group is one button, what it offers opens beside it.
import type { Hand, ToolName } from "../../../board/hand";
import type { Key } from "../../../i18n";

export type GroupName = "select" | "write" | "erase" | "shape" | "words" | "measure" | "point";

export interface Group {
  name: GroupName;
  /** The first is what the group begins with. */
  tools: readonly ToolName[];
  word: Key;
}

export const GROUPS: readonly Group[] = [
  { name: "select", tools: ["select"], word: "tool.select" },
  { name: "write", tools: ["pen", "chalk", "highlighter"], word: "tool.pen" },
  { name: "erase", tools: ["eraser", "wiper"], word: "tool.eraser" },
  { name: "shape", tools: ["shape"], word: "tool.shape" },
  { name: "words", tools: ["text", "note", "formula"], word: "tool.words" },
  { name: "measure", tools: ["measure"], word: "tool.measure" },
  { name: "point", tools: ["laser"], word: "tool.laser" },
];

export function groupOf(tool: ToolName): Group {
  return GROUPS.find(({ tools }) => tools.includes(tool)) as Group;
}

/** Take the tool of a group that was held last. */
export function take(hand: Hand, group: Group): void {
  if (groupOf(hand.tool.value) !== group) hand.tool.value = hand.lately.get(group.name) ?? group.tools[0];
}

export function hold(hand: Hand, tool: ToolName): void {
  hand.lately.set(groupOf(tool).name, tool);
  hand.tool.value = tool;
}
