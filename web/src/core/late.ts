// The channels that a classroom's page learns of when they are wanted; imported for its effect.
import { adopt } from "../channels/index";
import * as questions from "../channels/questions";
import { LATER } from "../later.gen";
import { learn } from "./shapes";

learn(LATER);
adopt({ questions });
