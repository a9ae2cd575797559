// What a room needs later: the board comes first, and a thin line may fail once.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

const AGAIN_MS = 3000; // between two tries to fetch it

export async function fetched<T>(part: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await part();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }
}

/** A part of the screen, fetched when it is wanted for the first time; null until it is here. */
export function useLater<T extends object>(wanted: boolean, part: () => Promise<T>): T | null {
  const here = useSignal<T | null>(null);
  useEffect(() => {
    if (wanted && !here.value) void fetched(part).then((its) => (here.value = its));
  }, [wanted]);
  return here.value;
}
