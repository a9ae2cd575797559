// The words of what comes before class, for the screens that have them; imported for its effect.
import { learn } from ".";
import { before } from "./zh.before";

learn(before);
