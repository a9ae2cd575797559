// The channels in the order of the server's, and the fold of a whole lesson.
import type { Fact } from "../wire.gen";
import { readKind } from "../core/codec";
import { STATE_SHAPES } from "../core/shapes";
import * as again from "./again";
import * as aside from "./aside";
import * as attendance from "./attendance";
import * as board from "./board";
import * as bookmarks from "./bookmarks";
import * as chat from "./chat";
import * as conduct from "./conduct";
import type * as doorcheck from "./doorcheck";
import * as gaze from "./gaze";
import * as groups from "./groups";
import * as handout from "./handout";
import * as hands from "./hands";
import * as layers from "./layers";
import * as pages from "./pages";
import * as pictures from "./pictures";
import type * as light from "./light";
import type * as questions from "./questions";
import * as quiz from "./quiz";
import type * as reading from "./reading";
import * as roll from "./roll";
import * as stage from "./stage";
import * as timer from "./timer";
import * as tracks from "./tracks";
import type * as warmup from "./warmup";

/** The state of every channel: what the fold of the log has made so far.  Those of core/late.ts are there
    once it was imported, and adopted by who was connected before. */
export interface States {
  conduct: conduct.Conduct;
  again: again.Again;
  aside: aside.Aside;
  attendance: attendance.Attendance;
  board: board.Board;
  bookmarks: bookmarks.Bookmarks;
  chat: chat.Chat;
  doorcheck: doorcheck.DoorChecks;
  gaze: gaze.Gaze;
  groups: groups.Groups;
  handout: handout.Handouts;
  hands: hands.Hands;
  layers: layers.Layers;
  light: light.Lights;
  pages: pages.Pages;
  pictures: pictures.Pictures;
  questions: questions.Questions;
  quiz: quiz.Quizzes;
  reading: reading.Reading;
  roll: roll.Roll;
  stage: stage.OnStage;
  timer: timer.Timer;
  tracks: tracks.Tracks;
  warmup: warmup.Warmup;
}

export type ChannelName = keyof States;

interface Channel<S> {
  follows: readonly string[];
  fresh(): S;
  fold(state: S, fact: Fact, at: number): void;
}

const CHANNELS = {} as { [N in ChannelName]: Channel<States[N]> };
export const NAMES: ChannelName[] = [];
const FOLLOWERS: Map<string, ChannelName[]> = new Map();
adopt({
  ...{ conduct, again, aside, attendance, board, bookmarks, chat, gaze, groups, handout, hands, layers },
  ...{ pages, pictures },
  ...{ quiz, roll, stage, timer, tracks },
});

/** Know more channels from now on. */
export function adopt(channels: { [N in ChannelName]?: Channel<States[N]> }): void {
  Object.assign(CHANNELS, channels);
  for (const name of Object.keys(channels) as ChannelName[]) {
    NAMES.push(name);
    for (const tag of CHANNELS[name].follows) {
      FOLLOWERS.set(tag, [...(FOLLOWERS.get(tag) ?? []), name]);
    }
  }
}

export function freshStates(): States {
  const fresh = NAMES.map((name) => [name, CHANNELS[name].fresh()]);
  return Object.fromEntries(fresh) as States;
}

/** Fold one fact into every channel that follows it; says which those are.  Never fails. */
export function fold(states: States, fact: Fact, at: number): readonly ChannelName[] {
  const followers = FOLLOWERS.get(fact.t) ?? [];
  for (const name of followers) foldInto(name, states, fact, at);
  return followers;
}

function foldInto<N extends ChannelName>(name: N, states: States, fact: Fact, at: number): void {
  states[name] ??= CHANNELS[name].fresh();
  CHANNELS[name].fold(states[name], fact, at);
}

/** The states of a welcome; a channel of another version that is missing starts fresh. */
export function readStates(wire: Map<string, Map<string, unknown>>): States {
  const read = NAMES.map((name) => [name, readState(name, wire.get(name))]);
  return Object.fromEntries(read) as States;
}

function readState(name: ChannelName, wire: Map<string, unknown> | undefined): object {
  const state: Record<string, unknown> = { ...(CHANNELS[name].fresh() as object) };
  for (const [field, value] of wire ?? []) {
    state[field] = readKind(STATE_SHAPES[name][field], value);
  }
  return state;
}

/** Put a part that the welcome had left out where it belongs: a page, or all of a late channel. */
export function putPart(states: States, channel: ChannelName, key: number, part: unknown): void {
  if (channel === "board") board.putPage(states.board, key, readKind("Page", part) as never);
  else Object.assign(states, { [channel]: readState(channel, part as never) });
}
