// Groupings that a teacher kept, and how one of them fits the rooms of this lesson.
export interface Grouping {
  name: string;
  /** Names of rooms: a room that comes in by the digits has a new id in each lesson. */
  groups: string[][];
  owner: string;
  course: string;
}

export interface Room {
  id: string;
  name: string;
}

export interface Taken {
  /** The group of each room that is here. */
  chosen: Map<string, number>;
  /** Rooms of the grouping that are not here. */
  away: string[];
  /** Whether there are rooms here that it does not name. */
  rest: boolean;
}

/** Of a group whose rooms are all away there is none; a room that is new has one of its own. */
export function take({ groups }: Pick<Grouping, "groups">, rooms: readonly Room[]): Taken {
  const chosen = new Map<string, number>();
  const left = [...rooms];
  const away: string[] = [];
  let number = 0;
  for (const names of groups) {
    const here = names.flatMap((name) => {
      const at = left.findIndex((room) => room.name === name);
      if (at < 0) away.push(name);
      return at < 0 ? [] : left.splice(at, 1);
    });
    if (here.length) number += 1;
    for (const { id } of here) chosen.set(id, number);
  }
  for (const { id } of left) chosen.set(id, (number += 1));
  return { chosen, away, rest: left.length > 0 };
}
