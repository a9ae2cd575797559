// Pages of courseware kept in this browser, by name; also on plain http, where there is no Cache.

const DATABASE = "synclass.courseware";
const PAGES = "pages";
const FORGOTTEN_MS = 120 * 24 * 3600 * 1000; // a term: what was not shown in it makes room

interface Kept {
  name: string;
  blob: Blob;
  at: number;
}

/** Where pages lie: on this device, or in this tab alone where the browser allows no more. */
export class Vault {
  /** False where nothing outlives the tab. */
  lasting = true;
  private readonly memory = new Map<string, Blob>();
  private readonly database = opened().catch(() => {
    this.lasting = false;
    return null;
  });

  async get(name: string): Promise<Blob | null> {
    const database = await this.database;
    const here = this.memory.get(name);
    if (here || !database) return here ?? null;
    const kept = await done<Kept | undefined>(read(database).get(name)).catch(() => undefined);
    return kept?.blob ?? null;
  }

  async put(name: string, blob: Blob): Promise<void> {
    const database = await this.database;
    const kept: Kept = { name, blob, at: Date.now() };
    const written = database && done(write(database).put(kept));
    await written?.catch(() => (this.lasting = false));
    if (!this.lasting) this.memory.set(name, blob); // no room on the disk is no reason to go without
  }

  /** Which of these are here. */
  async have(names: readonly string[]): Promise<Set<string>> {
    const database = await this.database;
    const keys = database ? await done(read(database).getAllKeys()).catch(() => []) : [];
    const here = new Set([...keys.map(String), ...this.memory.keys()]);
    return new Set(names.filter((name) => here.has(name)));
  }
}

function read(database: IDBDatabase): IDBObjectStore {
  return database.transaction(PAGES, "readonly").objectStore(PAGES);
}

function write(database: IDBDatabase): IDBObjectStore {
  return database.transaction(PAGES, "readwrite").objectStore(PAGES);
}

async function opened(): Promise<IDBDatabase> {
  const asked = indexedDB.open(DATABASE, 1);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore(PAGES, { keyPath: "name" }).createIndex("at", "at");
  };
  const database = await done(asked);
  const old = write(database).index("at").openCursor(IDBKeyRange.upperBound(Date.now() - FORGOTTEN_MS));
  old.onsuccess = () => {
    old.result?.delete();
    old.result?.continue();
  };
  return database;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
