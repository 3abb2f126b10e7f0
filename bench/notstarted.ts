/** Not started: the whole image is loaded; a lamp's boot ends before its node is created. */
import { edit } from "./lamp.js";

const BEGIN = "return started(new Node(host));";

/** `host/main` of the virtual lamp, for machines that have only been cloned. */
export const notStarted = edit(BEGIN, `if (native.serial) return () => {};\n\t${BEGIN}`);
