// A thin line upwards: our voice goes in long packets of few bits, if the offer says so.

const THIN_MBPS = 0.5;
const SLOW_TYPES = ["slow-2g", "2g", "3g"]; // as the Network Information API names them
const SWITCH = "thin"; // localStorage: "1" or "0", where the browser does not know better

interface NetworkInformation {
  saveData?: boolean;
  effectiveType?: string;
  downlink?: number;
}

/** Is this page on a line on which every bit of its voice counts? */
export function isThin(): boolean {
  const said = localStorage.getItem(SWITCH);
  if (said) return said === "1";
  const { connection } = navigator as { connection?: NetworkInformation };
  if (!connection) return false;
  const { saveData, effectiveType = "", downlink = Infinity } = connection;
  return saveData === true || SLOW_TYPES.includes(effectiveType) || downlink <= THIN_MBPS;
}

/** The offer, with packets of 60 ms asked for in the sections that send sound. */
export function thinned(sdp: string): string {
  return sdp
    .split(/(?=^m=)/m)
    .map((section) => (SENDS_SOUND.test(section) ? `${section}a=ptime:60\r\n` : section))
    .join("");
}

const SENDS_SOUND = /^m=audio [^]*^a=send(only|recv)\r$/m;
