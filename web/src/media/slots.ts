// The m-sections of the offer, in the agreed order, and what each slot is showing now.
import { casts, type Cast, type OnStage } from "../channels/stage";
import type { Participant } from "../wire.gen";

export interface Slots {
  audio: number;
  video: number;
}

/** How many slots a client asks for at the door: a teacher sees a wall, everyone else the stage. */
export function slotsFor(role: Participant["role"]): Slots {
  return role === "teacher" ? { audio: 4, video: 24 } : { audio: 5, video: 6 };
}

/** The video slot that shows this participant's track to the viewer, or null. */
export function slotOf(
  stage: OnStage,
  viewer: Participant,
  publisher: string,
  track: Cast["track"],
): number | null {
  const cast = casts(stage, viewer).find((c) => c.publisher === publisher && c.track === track);
  return cast?.slot ?? null;
}
