// The words of contests, for their own page; imported for its effect.
import { learn } from ".";
import { contest } from "./zh.contest";

learn(contest);
