/**
 * Console: login at the technician's line, and settings on probation over a restart.
 */
import { LAMP } from "../../../tools/emulator/image.js";
import type { Plain } from "../../../tools/laptop/line/plain.js";
import { SECRET, SECTIONS, stored } from "./bench.js";
import { claim, onBench, type Step } from "./steps.js";

export const login: Step = {
	name: "login",
	claim: "a secret is set, a wrong one is refused, the right one opens the console after a restart",
	run: (place) =>
		onBench(place, async (bench) => {
			bench.flashWith({});
			await bench.controller.start();
			await bench.duty(() => true);
			const began = performance.now();
			const line = await bench.openConsole();
			const took = Math.round(performance.now() - began);
			await line.do("restart");
			await bench.until(() => bench.lives === 2 && bench.life.duties.length > 1);
			await line.greet();
			claim(line.state === "closed", `after a restart the console is ${line.state}`);
			const wrong = await line.ask("login wrong-secret-of-no-lamp", "login");
			claim(wrong.reason === "wrongSecret", `a wrong secret is answered by ${wrong.reason}`);
			await new Promise((later) => setTimeout(later, Number(wrong.text) * 1000 + 200));
			await line.do(`login ${SECRET}`, "login");
			const { body } = await line.do("status");
			await line.close();
			claim(
				body.some((part) => part.includes('"powerCause"')),
				"status names no cause",
			);
			return `greeting and new secret in ${took} ms; ${bench.life.reset} after the reset`;
		}),
};

const floorOf = async (line: Plain) => {
	const { body } = await line.do("show floorLevel");
	return JSON.parse(body[0]!) as { value: number; candidate?: number };
};

export const probation: Step = {
	name: "settings",
	claim: "applied settings return to the old ones by a restart, confirmed ones stay",
	run: (place) =>
		onBench(place, async (bench) => {
			bench.flashWith(stored(SECTIONS));
			await bench.controller.start();
			await bench.duty(() => true);
			const line = await bench.openConsole();
			const restart = async (lives: number) => {
				await line.do("restart");
				await bench.until(() => bench.lives === lives && bench.life.duties.length > 1);
				await line.greet();
				await line.do(`login ${SECRET}`, "login");
				return (await floorOf(line)).value;
			};
			await line.do("set floorLevel 31");
			await line.do("apply");
			const applied = (await floorOf(line)).value;
			const after = await restart(2);
			const events = await line.do("events 20");
			await line.do("set floorLevel 32");
			await line.do("apply");
			await line.do("confirm");
			const kept = await restart(3);
			await line.close();
			claim(applied === 31, `applied: floorLevel ${applied}`);
			claim(after === 20, `after a restart on probation: floorLevel ${after}`);
			claim(kept === 32, `after confirm and a restart: floorLevel ${kept}`);
			claim(
				events.body.some((event) => event.includes('"settingsReverted"')),
				"no event states that settings were reverted",
			);
			const lit = bench.life.duties.every(({ duty }) => duty > 0);
			claim(lit, "a duty of 0 was written");
			return `floorLevel 20, 31 on probation, 20, 32 confirmed, 32; ${LAMP.resolution} bits lit throughout`;
		}),
};
