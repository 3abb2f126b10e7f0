/** Main: the page of a simulation in a process on this machine. */
import { open } from "./opened.js";
import { HTTP } from "./state/httpchannel.js";

open(HTTP);
