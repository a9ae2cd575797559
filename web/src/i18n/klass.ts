// The words of roll-call, quizzes and the co-teacher's panel, for the screens that have them; imported for its effect.
import { learn } from ".";
import { klass } from "./zh.klass";

learn(klass);
