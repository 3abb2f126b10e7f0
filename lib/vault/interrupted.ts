/** Interrupted: a person ended a run at a question, by Ctrl-C. Nothing of the answer is recorded. */
import { Trouble } from "../text/trouble.js";

export class Interrupted extends Trouble {}
