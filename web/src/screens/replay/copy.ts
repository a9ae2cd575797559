// Copies of a lesson's state that share whatever has not changed since the copy before.

/**
 * A deep copy of maps, lists and plain objects; bytes are never changed in place and are shared.
 * A part equal to the same part of `before` is that part itself, so a hundred copies of an hour's
 * board hold each stroke once.  The result must not be folded into: thaw it first.
 */
export function freeze<T>(value: T, before?: T): T {
  if (!isBranch(value)) return value;
  if (value instanceof Map) return freezeMap(value, before) as T;
  const [parts, old] = [Object.entries(value), (before ?? {}) as Record<string, unknown>];
  const copied = parts.map(([key, part]) => [key, freeze(part, old[key])] as const);
  if (before && parts.length === Object.keys(old).length && same(copied, (key) => old[key])) {
    return before;
  }
  const copy = Object.fromEntries(copied);
  return (Array.isArray(value) ? Object.values(copy) : copy) as T;
}

/** A deep copy that may be folded into; bytes are shared. */
export function thaw<T>(value: T): T {
  if (!isBranch(value)) return value;
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [k, thaw(v)])) as T;
  if (Array.isArray(value)) return value.map(thaw) as T;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, thaw(v)])) as T;
}

function freezeMap(value: Map<unknown, unknown>, before: unknown): Map<unknown, unknown> {
  const old = before instanceof Map ? before : new Map();
  const copied = [...value].map(([key, part]) => [key, freeze(part, old.get(key))] as const);
  const unchanged = inOrder(value, old) && same(copied, (key) => old.get(key));
  return unchanged && before instanceof Map ? before : new Map(copied);
}

/** Whether two maps have the same keys, come in the same order: who left and came back is last. */
function inOrder(one: Map<unknown, unknown>, other: Map<unknown, unknown>): boolean {
  const keys = other.keys();
  return one.size === other.size && [...one.keys()].every((key) => key === keys.next().value);
}

function same<K>(parts: (readonly [K, unknown])[], old: (key: K) => unknown): boolean {
  return parts.every(([key, part]) => part === old(key));
}

function isBranch(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Uint8Array);
}
