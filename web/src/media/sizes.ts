// Which sizes of a picture go up: by how wide it is, who is to see us, and what is shown of us.

export const SIMULCAST_WIDTH = 960; // browsers send no more than two sizes of a smaller camera

export interface Size {
  scale: number;
  active: boolean;
}

/** How many sizes to offer of a camera; of one that is not open yet, all. */
export function sizesOffered(width: number | undefined): number {
  return isSmall(width) ? 2 : 3;
}

/**
 * What to do with each layer of a camera, smallest first.
 *
 * `inSight`: all see us; else only the smallest goes up, for the teacher's wall. `shown` are the
 * layers somebody is shown, or undefined where nothing was said: then they all go up.
 */
export function fitted(
  rids: string[],
  width: number | undefined,
  inSight: boolean,
  shown: string[] | undefined,
): Size[] {
  const small = isSmall(width);
  const top = small ? 1 : 2;
  return rids.map((rid, i) => {
    const wanted = i === 0 || (inSight && i <= top);
    return { scale: 2 ** Math.max(0, top - i), active: wanted && isShown(rid, shown) };
  });
}

export function isShown(rid: string, shown: string[] | undefined): boolean {
  return !shown || shown.includes(rid);
}

function isSmall(width: number | undefined): boolean {
  return width !== undefined && width < SIMULCAST_WIDTH;
}
