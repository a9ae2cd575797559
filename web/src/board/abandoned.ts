// Strokes that an earlier page of ours left half written: a pen that is gone is lifted.
import { SEAT } from "../channels/board";
import type { Connection } from "../core/connection";

/** Once, as soon as we are in: nothing of this page's own can have been begun. */
export function liftAbandoned(connection: Connection): () => void {
  return connection.entered.subscribe((entered) => {
    const { seat, states } = connection.store;
    if (!entered || states.conduct.stage === "postclass") return;
    for (const stroke of states.board.drawing.keys()) {
      if (Math.floor(stroke / SEAT) !== seat) continue;
      connection.ask({ t: "ink.add", stroke, ink: new Uint8Array(), last: true });
    }
  });
}
