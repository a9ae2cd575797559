// The library as the server tells of it.

export interface Resource {
  lesson: string;
  school: string;
  reach: Reach;
  about: string;
  tags: string[];
  made_at: number;
  version: number;
}

export const REACHES = ["school", "alliance", "region"] as const;
export type Reach = (typeof REACHES)[number];

export interface Found {
  resource: Resource;
  title: string;
  subject: string;
  by: string;
  mine: boolean;
}

export interface Summary {
  title: string;
  subject: string;
  by: string;
  minutes: number;
  rooms: number;
  hands: number;
  on_stage: number;
  words: number;
  answers: number;
  right: number;
  quizzes: number;
  points: number;
  most: number;
  evaluators: number;
}
