/**
 * Endurance: a cable that is pulled and plugged, and a flood on the technician's line while the lamp connects.
 */
import { connect } from "node:net";
import { pause } from "../../support/until.js";
import { NODE } from "./bench.js";
import { atBroker } from "./broker.js";
import { claim, onBench, type Step } from "./steps.js";

const CABLE = "open_eth.0";
/** ESP-IDF looks at the link each two seconds. */
const UNPLUGGED_ms = 6_000;
const FLOOD_BYTES = 64 * 1024;

export const cable: Step = {
	name: "cable",
	claim: "a cable that was pulled and plugged in again brings address and session back",
	run: (place) =>
		onBench(place, (bench) =>
			atBroker(bench, async (hall) => {
				await hall.ear.says(new RegExp(`${NODE}/status .*"online":true,"life":1,"connection":1`));
				await bench.controller.command(`set_link ${CABLE} off`);
				await pause(UNPLUGGED_ms);
				const line = await bench.openConsole();
				const down = await line.do("network");
				await bench.controller.command(`set_link ${CABLE} on`);
				const since = performance.now();
				await hall.ear.says(/"online":true,"life":1,"connection":2/);
				const took = Math.round((performance.now() - since) / 1000);
				const up = await line.do("network");
				await line.close();
				claim(/"network":false/.test(down.body[0]!), `without a cable: ${down.body[0]}`);
				claim(/"network":true/.test(up.body[0]!), `with the cable: ${up.body[0]}`);
				claim(bench.lives === 1, `the lamp restarted: ${bench.life.reset}`);
				return `the second session ${took} s after the cable`;
			}),
		),
};

export const flood: Step = {
	name: "flood",
	claim: "a flood on the technician's line while the lamp connects: it comes online and answers",
	run: (place) =>
		onBench(place, (bench) =>
			atBroker(bench, async (hall) => {
				await bench.duty(() => true);
				const socket = connect(bench.port, "127.0.0.1");
				socket.on("error", () => {}).write("x".repeat(FLOOD_BYTES));
				await hall.ear.says(new RegExp(`${NODE}/status .*"online":true`));
				socket.destroy();
				const line = await bench.openConsole();
				await line.do("status");
				await line.close();
				claim(bench.lives === 1, `the lamp restarted: ${bench.life.reset}`);
				return `${FLOOD_BYTES} bytes, online meanwhile`;
			}),
		),
};
