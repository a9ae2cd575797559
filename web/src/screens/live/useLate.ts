// Channels that a page learned of after its welcome, fetched before they are shown.
import { useEffect, useState } from "preact/hooks";
import type { Live } from "./live";

/** Whether what is adopted by now has a signal of its own: only then does a page hear of its changes. */
export function useLate(live: Live): boolean {
  const [here, come] = useState(false);
  useEffect(() => {
    live.connection.adopt();
    come(true);
  }, [live]);
  return here;
}
