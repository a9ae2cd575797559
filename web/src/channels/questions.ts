// What was asked after the lesson, each question pinned to the moment it is about.
import type { Fact, Question } from "../wire.gen";

export const LONGEST = 500; // characters of a question
export const LONGEST_NAME = 40;

export interface Questions {
  asked: Question[];
}

export const follows = ["question.asked"] as const;

export function fresh(): Questions {
  return { asked: [] };
}

export function fold(state: Questions, fact: Fact): void {
  if (fact.t !== "question.asked") return;
  const { key, at, who, text } = fact;
  state.asked = [...state.asked, { key, at, who, text }];
}
