// Words beside the lesson, to everyone or to the teachers; the teacher may take them away.
import type { Fact, Message } from "../wire.gen";

const KEPT = 200; // messages to everyone in the state, and as many to the teachers from each person

export interface Chat {
  messages: Message[];
  muted: string[];
}

export const follows = ["chat.said", "chat.removed", "chat.muted", "chat.unmuted"] as const;

export function fresh(): Chat {
  return { messages: [], muted: [] };
}

export function fold(state: Chat, fact: Fact, at: number): void {
  switch (fact.t) {
    case "chat.said":
      forgetOneLike(state, fact.who, fact.to);
      state.messages = [
        ...state.messages,
        { id: fact.message, at, who: fact.who, text: fact.text, to: fact.to },
      ];
      break;
    case "chat.muted":
      state.muted = [...state.muted, fact.who];
      break;
    case "chat.unmuted":
      state.muted = state.muted.filter((who) => who !== fact.who);
      break;
    case "chat.removed":
      state.messages = state.messages.map((m) => (m.id === fact.message ? { ...m, text: "" } : m));
  }
}

/** Make room among messages of one audience, so that what is kept agrees for all viewers. */
function forgetOneLike(state: Chat, who: string, to: Message["to"]): void {
  const like = state.messages.filter((m) => m.to === to && (to === "everyone" || m.who === who));
  if (like.length >= KEPT) state.messages = state.messages.filter((m) => m !== like[0]);
}
