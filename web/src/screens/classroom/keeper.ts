// Keeps a paired classroom where its timetable says: in at the bell, back here after the lesson.
import { keepTicket } from "../../core/tickets";
import { t } from "../../i18n";
import { go, path } from "../../router";
import { type Admission, codeOf, get, post } from "../home/api";

export interface Next {
  title: string;
  subject: string;
  teacher: string;
  day: string;
  starts: number;
  ends: number;
}

/** What the server says of this device; an empty code means that it is paired. */
export interface Status {
  code: string;
  classroom: string;
  school: string;
  today: string;
  now: Next | null;
  lesson: string;
  next: Next | null;
}

const PAIRED = "synclass.paired"; // kept.ts starts the keeper where it finds this
const ENTERED = "synclass.entered";
const HOME = "/classroom";
const LOOK_MS = 4000; // between lessons, so that a screen is in before its class has sat down
const LOOK_INSIDE_MS = 10000; // inside one, whose line may be thin: a look is half a kilobyte

/** What the last look found. */
export interface Seen {
  /** Null where nothing is known, or the device is not paired. */
  status: Status | null;
  /** The code of what went wrong, or "". */
  trouble: string;
}

let seen: Seen = { status: null, trouble: "" };
let tell: (seen: Seen) => void = () => undefined;
const stored = { paired: keptIn(PAIRED), entered: keptIn(ENTERED) };
let timer: ReturnType<typeof setTimeout> | undefined;

/** What went wrong, for a screen on which nobody types. */
export function wordsOf(trouble: string): string {
  if (trouble === "offline") return t("classroom.offline");
  return t(trouble === "busy" || trouble === "slow-down" ? "classroom.pair.busy" : "classroom.pair.once");
}

/** Tell a screen of each look from now on, until it takes somebody else. */
export function listen(screen: (seen: Seen) => void): void {
  tell = screen;
  tell(seen);
}

/** Look now, and again and again. */
export async function look(): Promise<void> {
  clearTimeout(timer);
  try {
    const status = await get<Status>("/api/device");
    say({ status, trouble: "" });
    if (!status.code) await follow(status);
  } catch (error) {
    fail(codeOf(error));
  }
  timer = setTimeout(() => void look(), inside() ? LOOK_INSIDE_MS : LOOK_MS);
}

/** Ask for a code to show. */
export async function ask(): Promise<void> {
  try {
    await post("/api/device");
  } catch (error) {
    return fail(codeOf(error));
  }
  await look();
}

/** Only from this page, or from a lesson that the keeper itself entered: who went elsewhere stays. */
async function follow({ lesson }: Status): Promise<void> {
  stored.paired = keep(PAIRED, "yes");
  if (path.value !== HOME && !inside()) return;
  if (path.value === `/room/${lesson}`) return;
  if (lesson) {
    const admitted = await post<Admission>("/api/device/enter");
    keepTicket(admitted.lesson, admitted.ticket);
    stored.entered = keep(ENTERED, admitted.lesson);
    go(`/room/${admitted.lesson}`);
  } else if (path.value !== HOME) {
    go(HOME);
  }
}

/** A line that is down changes nothing of what is shown. */
function fail(trouble: string): void {
  say({ status: trouble === "no-device" ? null : seen.status, trouble });
  if (trouble !== "no-device") return;
  const was = stored.paired;
  stored.paired = keep(PAIRED, "");
  if (was && inside()) go(HOME);
}

function say(now: Seen): void {
  seen = now;
  tell(now);
}

const inside = () => stored.entered !== "" && path.value === `/room/${stored.entered}`;

function keptIn(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return ""; // storage is forbidden: it lasts as long as the page
  }
}

function keep(key: string, value: string): string {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    return value;
  }
  return value;
}

if (stored.paired) void look();
