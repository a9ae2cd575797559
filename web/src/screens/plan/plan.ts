// A lesson's plan as the server tells of it, and how two who write at once come together again.

export const SECTIONS = ["aims", "points", "steps", "homework"] as const;
export type Section = (typeof SECTIONS)[number];
export type Sections = Record<Section, string>;

export interface Edition {
  number: number;
  who: string;
  at: number;
}

export interface Remark extends Omit<Edition, "number"> {
  id: number;
  parent: number;
  section: Section | "";
  text: string;
}

export interface PlanOnTable {
  title: string;
  subject: string;
  version: number;
  plan: Sections;
  versions: Edition[];
  remarks: Remark[];
}

export interface Line {
  section: Section;
  change: "same" | "added" | "removed";
  text: string;
}

/** What somebody is writing, and what they began from. */
export interface Draft {
  seen: number;
  base: Sections;
  mine: Sections;
  /** What another wrote into a section that we changed too: to be looked at beside ours. */
  theirs: Partial<Sections>;
}

export function begun({ version, plan }: PlanOnTable): Draft {
  return { seen: version, base: plan, mine: plan, theirs: {} };
}

export function isChanged({ base, mine }: Draft): boolean {
  return SECTIONS.some((section) => base[section] !== mine[section]);
}

/** Go on upon a newer version: what only they changed is taken, what only we changed is kept. */
export function rebased(draft: Draft, now: PlanOnTable): Draft {
  const [mine, theirs] = [{ ...draft.mine }, {} as Partial<Sections>];
  for (const section of SECTIONS) {
    const [was, ours, other] = [draft.base[section], draft.mine[section], now.plan[section]];
    if (ours === was) mine[section] = other;
    else if (other !== was && other !== ours) theirs[section] = other;
  }
  return { seen: now.version, base: now.plan, mine, theirs };
}
