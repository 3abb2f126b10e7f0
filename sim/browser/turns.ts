/**
 * Turns of a worker's event loop: messages to itself, one for each call, because a browser has no immediates
 * and its timers are held back.
 */
import type { Turns } from "../util/turns.js";

const waiting: (() => void)[] = [];
const { port1, port2 } = new MessageChannel();
port1.onmessage = () => waiting.shift()?.();

export const TURNS: Turns = {
	soon(act) {
		waiting.push(act);
		port2.postMessage(0);
	},
	areWaiting: () => waiting.length > 0,
};
