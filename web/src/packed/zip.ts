// The members of a packed lesson's ZIP: where each lies, by the headers that stand before them.

const LOCAL = 0x04034b50;
const HEAD = 30; // bytes of a member's header without its name and what follows
const LONGEST = HEAD + 0x200; // ours: a name of at most 255 bytes, and the sizes of ZIP64
const WIDE = 0xffffffff;

export interface Member {
  from: number;
  to: number;
}

/** Of stored members written one behind the other (APPNOTE.TXT §4.3.7); ends where none follows whole. */
export async function members(file: Blob, from: number): Promise<Map<string, Member>> {
  const found = new Map<string, Member>();
  for (let at = from; ; ) {
    const head = new DataView(await file.slice(at, at + LONGEST).arrayBuffer());
    if (head.byteLength < HEAD || head.getUint32(0, true) !== LOCAL) return found;
    const [name, extra] = [head.getUint16(26, true), head.getUint16(28, true)];
    const begins = at + HEAD + name + extra;
    const size = sizeOf(head, HEAD + name);
    if (begins + size > file.size) return found;
    const letters = new Uint8Array(head.buffer, HEAD, name);
    found.set(String.fromCharCode(...letters), { from: begins, to: begins + size });
    at = begins + size;
  }
}

function sizeOf(head: DataView, extra: number): number {
  const size = head.getUint32(18, true);
  return size === WIDE ? Number(head.getBigUint64(extra + 4, true)) : size;
}
