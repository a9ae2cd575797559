// Whether somebody speaks in a packet of Opus: its encoder has said so in the first bits.

const LOW_DELAY = 16; // configurations from here on are CELT's alone, which says nothing (RFC 6716 §3.1)
const HYBRID = 12; // and from here on frames of 10 and 20 ms only
const LENGTHS = [1, 1, 2, 3]; // frames of 20 ms inside one of 10, 20, 40 and 60

/** What does not say is taken for speech: nothing that is heard is ever passed over. */
export function speaks(packet: Uint8Array): boolean {
  if (packet.length < 3) return false; // nothing was sent: the encoder hears silence (DTX)
  const config = packet[0] >> 3;
  if (config >= LOW_DELAY) return true;
  const flags = config >= HYBRID ? 1 : LENGTHS[config & 3];
  const first = packet[firstFrame(packet)];
  // One bit for each 20 ms, before anything else (RFC 6716 §4.2.3).
  return first === undefined || first >> (8 - flags) > 0;
}

/** Where the first frame's bytes begin (RFC 6716 §3.2). */
function firstFrame(packet: Uint8Array): number {
  const kind = packet[0] & 3;
  if (kind < 2) return 1;
  if (kind === 2) return 1 + lengthOf(packet, 1);
  let at = 2;
  if (packet[1] & 0x40) while (packet[at++] === 255);
  const lengths = packet[1] & 0x80 ? (packet[1] & 0x3f) - 1 : 0;
  for (let n = 0; n < lengths; n++) at += lengthOf(packet, at);
  return at;
}

/** A length of a frame takes one byte, or two from 252 on. */
const lengthOf = (packet: Uint8Array, at: number) => (packet[at] >= 252 ? 2 : 1);
