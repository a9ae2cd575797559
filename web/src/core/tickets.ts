// Door tickets kept on this device: a page that is reloaded is the same participant again.
const PREFIX = "synclass.ticket.";

/** Keep the ticket of a lesson, for this tab first and for this device. */
export function keepTicket(lesson: string, ticket: string): void {
  for (const store of stores()) store.setItem(PREFIX + lesson, ticket);
}

/** The ticket of a lesson: this tab's own, or else this device's; null where there is none. */
export function ticketFor(lesson: string): string | null {
  for (const store of stores()) {
    const ticket = store.getItem(PREFIX + lesson);
    if (ticket) return ticket;
  }
  return null;
}

/** Forget a ticket that is no good any more. */
export function dropTicket(lesson: string): void {
  for (const store of stores()) store.removeItem(PREFIX + lesson);
}

// A browser may forbid storage: then a ticket lasts as long as the page.
const memory = new Map<string, string>();
const inMemory = {
  getItem: (key: string) => memory.get(key) ?? null,
  setItem: (key: string, value: string) => void memory.set(key, value),
  removeItem: (key: string) => void memory.delete(key),
};

function stores(): Pick<Storage, "getItem" | "setItem" | "removeItem">[] {
  try {
    return [sessionStorage, localStorage, inMemory];
  } catch {
    return [inMemory];
  }
}
