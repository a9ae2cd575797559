// What this device has handed in, so that it finds its works again.

export interface Kept {
  receipt: string;
  code: string;
  pupil: string;
  school: string;
  title: string;
}

const KEPT = "synclass.slips";
const MOST = 30;

/** The newest first; nothing where the browser forbids storage. */
export function kept(): Kept[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "[]") as Kept[];
  } catch {
    return [];
  }
}

export function keep(one: Kept): void {
  const rest = kept().filter(({ receipt }) => receipt !== one.receipt);
  try {
    localStorage.setItem(KEPT, JSON.stringify([one, ...rest].slice(0, MOST)));
  } catch {
    return; // then the address is all there is of it, and the page says to keep that
  }
}
