// What the page's beginning hands to the viewer: the lesson's ZIP.

export interface Kept {
  /** The ZIP, or as much of it as a page can read of itself. */
  file: Blob;
  /** At which byte of the page's own file it begins. */
  begins: number;
}

declare global {
  interface Window {
    synclassPacked?: Kept;
  }
}

export function kept(found: Kept): void {
  window.synclassPacked = found;
}

export function taken(): Kept {
  if (!window.synclassPacked) throw new Error("no lesson");
  return window.synclassPacked;
}
