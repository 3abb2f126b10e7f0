/**
 * Moments: a lamp, a recorder and a broker, and blows at moments that a seed chooses.
 */
import type { Packet } from "mqtt-packet";
import { HOUR } from "../../../lib/spans.js";
import { randomOf } from "../../support/linkfakes.js";
import { Outpost } from "./outpost.js";
import { Recorder, type Verdict } from "./recorder.js";

/** What happens at the n-th message. */
const BLOWS = Object.freeze([
	"PUBLISH lost", // with the connection
	"PUBACK lost", // the broker has it, the lamp does not know
	"cut between", // right after the PUBLISH
	"cut after PUBACK",
	"broker killed",
	"lamp restarted between",
	"lamp restarted after PUBACK",
] as const);
type Blow = (typeof BLOWS)[number];

export const OUTBOX = /\/(event|telemetry|traffic|reply)$/;

/** A broker that can die at any moment and come back empty. */
export interface Mortal {
	readonly port: number;
	kill(): void;
	/** Resolves when it listens again. */
	revive(): Promise<void>;
}

export interface Story {
	readonly recorder: Recorder;
	readonly blows: Readonly<Record<string, number>>;
	/** Blows that came when a message was sent and its PUBACK had not passed. */
	readonly between: number;
	readonly deaths: readonly string[];
}

/** `struck`: topics of the messages on which blows fall; `link`: more settings of that section. */
export async function runMoments(
	broker: Mortal,
	moments: number,
	seed: number,
	struck = OUTBOX,
	link: Readonly<Record<string, unknown>> = {},
): Promise<Story> {
	const random = randomOf(seed);
	const recorder = await new Recorder(broker.port).listen();
	const outpost = await Outpost.of({ port: recorder.port, link });
	const blows: Record<string, number> = {};
	let between = 0;
	for (let moment = 0; moment < moments; moment++) {
		const blow = BLOWS[Math.floor(random() * BLOWS.length)]!;
		const strike = new Strike(blow, 1 + Math.floor(random() * 4), broker, struck);
		recorder.judge = (packet, from) => strike.judge(packet, from);
		if (!(await outpost.run(24 * HOUR, () => strike.done)))
			throw new Error(`seed ${seed}, moment ${moment}: no message for a day (${blow})`);
		if (!strike.isAcknowledged) between++;
		if (blow.startsWith("lamp")) outpost.restart();
		recorder.judge = () => "pass";
		if (blow === "broker killed") await broker.revive();
		blows[blow] = (blows[blow] ?? 0) + 1;
	}
	await outpost.run(HOUR / 2);
	const { deaths } = outpost;
	await outpost.close();
	await recorder.close();
	return { recorder, blows, between, deaths };
}

/** One blow, at the PUBLISH of its turn or the PUBACK of that. */
class Strike {
	done = false;
	isAcknowledged = false; // the message it fell upon
	#id: number | undefined;

	constructor(
		readonly blow: Blow,
		private left: number,
		private readonly broker: Mortal,
		private readonly struck: RegExp,
	) {}

	judge(packet: Packet, from: "lamp" | "broker"): Verdict {
		if (this.done) return "withhold"; // nothing passes until the blow has taken effect
		if (from === "lamp" && packet.cmd === "publish" && this.struck.test(packet.topic)) {
			this.left--;
			if (this.left === 0) return this.#atPublish(packet.messageId!);
		} else if (from === "broker" && packet.cmd === "puback" && packet.messageId === this.#id)
			return this.#atPuback();
		return "pass";
	}

	#atPublish(id: number): Verdict {
		this.#id = id;
		switch (this.blow) {
			case "PUBLISH lost":
				return this.#strike("cutBefore");
			case "cut between":
				return this.#strike("cutAfter");
			case "broker killed":
				this.broker.kill();
				return this.#strike("pass");
			case "lamp restarted between":
				return this.#strike("pass");
			default:
				return "pass";
		}
	}

	#atPuback(): Verdict {
		this.isAcknowledged = this.blow !== "PUBACK lost";
		if (this.blow === "PUBACK lost") return this.#strike("cutBefore");
		return this.#strike(this.blow === "cut after PUBACK" ? "cutAfter" : "pass");
	}

	#strike(verdict: Verdict): Verdict {
		this.done = true;
		return verdict;
	}
}
