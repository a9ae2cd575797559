// The words of a classroom that is behind, for the part of its screen that says so; imported for its effect.
import { learn } from ".";
import { behind } from "./zh.behind";

learn(behind);
