// The first file a browser runs: shows the screen that the address names, loaded only when needed.
import { type ComponentType, render } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { first } from "./i18n/first";
import { path } from "./router";
import { keepKeyboard } from "./style/kept";
import "./style/tokens.css";

export type Screen = ComponentType<{ id?: string }>;
type Loaded = { default: Screen };

const SCREENS: [RegExp, () => Promise<Loaded>][] = [
  [/^\/$/, () => import("./screens/door/Door")],
  [/^\/classroom\/?$/, () => import("./screens/classroom/Classroom")],
  [/^\/login\/?$/, () => import("./screens/login/Login")],
  [/^\/invited\/?$/, () => import("./screens/invited/Invited")],
  [/^\/district\/?$/, () => import("./screens/district/District")],
  [/^\/courses(?:\/([\w-]+))?\/?$/, () => import("./screens/courses/Courses")],
  [/^\/studios(?:\/([\w-]+))?\/?$/, () => import("./screens/studios/Studios")],
  [/^\/contests(?:\/([\w-]+))?\/?$/, () => import("./screens/contests/Contests")],
  [/^\/timetable\/?$/, () => import("./screens/timetable/Timetable")],
  [/^\/patrol\/?$/, () => import("./screens/patrol/Patrol")],
  [/^\/after\/([\w-]+)\/?$/, () => import("./screens/after/After")],
  [/^\/alliance\/?$/, () => import("./screens/alliance/Alliance")],
  [/^\/figures(?:\/([^/]+\/[^/]+))?\/?$/, () => import("./screens/figures/Figures")],
  [/^\/map\/?$/, () => import("./screens/map/Map")],
  [/^\/library\/?$/, () => import("./screens/library/Library")],
  [/^\/compare\/([\w-]+\/[\w-]+)\/?$/, () => import("./screens/library/Compare")],
  [/^\/slip(?:\/([\w-]+))?\/?$/, () => import("./screens/slip/Slip")],
  [/^\/outside\/?$/, () => import("./screens/outside/Outside")],
  [/^\/account\/?$/, () => import("./screens/account/Account")],
  [/^\/home\/?$/, () => import("./screens/home/Home")],
  [/^\/plan\/([\w-]+)\/?$/, () => import("./screens/plan/Plan")],
  [/^\/teach\/([\w-]+)\/?$/, () => import("./screens/teach/Teach")],
  [/^\/(?:room|watch)\/([\w-]+)\/?$/, () => import("./screens/room/Room")],
  [/^\/replay\/([\w-]+)\/?$/, () => import("./screens/replay/Replay")],
];

interface Shown {
  at: string;
  screen: Screen;
  id?: string;
}

function App() {
  const [shown, show] = useState<Shown | null>(null);
  const at = path.value;
  useLayoutEffect(() => {
    let current = true;
    void load(at).then((next) => current && show(next));
    return () => {
      current = false;
    };
  }, [at]);
  if (!shown) return null;
  return <shown.screen key={shown.at} id={shown.id} />;
}

async function load(at: string): Promise<Shown> {
  for (const [pattern, screen] of SCREENS) {
    const match = pattern.exec(at);
    if (match) return { at, screen: (await screen()).default, id: match[1] };
  }
  return { at, screen: (await import("./screens/door/Door")).default };
}

if (first() === "en") import("./i18n/en").catch(() => undefined); // beside the screen, not after it
const app = document.getElementById("app") as HTMLElement;
keepKeyboard(app);
render(<App />, app);
