// The words of a paired classroom's screen; imported for its effect.
import { learn } from ".";
import { classroom } from "./zh.classroom";

learn(classroom);
