// The criteria of a rubric as they are typed: one a line, its points at the end.
import type { Rubric } from "../after/Evaluate";

/** "互动 20" is a criterion of twenty points; null where a line has none. */
export function criteriaOf(text: string): Rubric["criteria"] | null {
  const lines = text.split("\n").filter((line) => line.trim());
  const found = lines.map((line) => /^(.*\S)\s+(\d{1,3})$/.exec(line.trim()));
  if (found.some((hit) => !hit) || !found.length) return null;
  return found.map((hit) => ({ name: hit?.[1] ?? "", most: Number(hit?.[2]) }));
}

export const textOf = (criteria: Rubric["criteria"]): string => criteria.map(({ name, most }) => `${name} ${most}`).join("\n");
