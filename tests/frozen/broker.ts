/**
 * Broker: answers one lamp as MQTT 3.1.1 says, keeps what is retained, and writes down what passes.
 *
 * By the npm codec, none of the firmware's own. Every answer takes the same time.
 */
import { createHash } from "node:crypto";
import mqtt, { type Packet, type Parser } from "mqtt-packet";
import { withoutFreeTexts } from "./freetexts.js";
import { sorted } from "./state.js";

/** One way through the network, ms. */
export const LATENCY = 25;
/** The CMS publishes here, and the lamp everywhere else. */
const OF_THE_CITY = /\/(settings\/desired\/\w+|update)$/;
/** Stands for the lamp's own topics in lines. */
const OWN = /luminode\/1\/liege\/pole-1\//g;
/** A line beyond this is cut, and a digest of all of it follows; but not of an event. */
const LINE = 100;
/** Packets that only the digest of all counts. */
const QUIET = new Set(["pingreq", "puback"]);

export class Broker {
	readonly retained = new Map<string, string>();
	readonly lines: string[] = [];
	readonly #all = createHash("sha256");
	#filters: readonly string[] = [];
	#parser: Parser = mqtt.parser();
	#id = 0;

	/** Takes bytes for the lamp, to arrive LATENCY later. */
	constructor(private readonly send: (bytes: Uint8Array) => void) {}

	/** A connection begins. */
	begin(): void {
		this.#filters = [];
		this.#parser = mqtt.parser();
	}

	/** Writes down what is no packet. `at`: s. */
	note(at: number, line: string): void {
		this.#all.update(`${at} ${line}\n`);
		this.lines.push(`${at}: ${line}`);
	}

	/** What came from the lamp. */
	take(at: number, bytes: Uint8Array): void {
		this.#parser.removeAllListeners("packet");
		this.#parser.on("packet", (packet: Packet) => this.#packet(at, packet));
		this.#parser.parse(Buffer.from(bytes));
	}

	/** Someone in the CMS publishes. */
	publish(topic: string, payload: string, retain = false): void {
		if (retain) this.retained.set(topic, payload);
		if (this.#filters.some((filter) => fits(filter, topic))) this.#deliver(topic, payload, false);
	}

	/** What the CMS retains. */
	get topics(): Readonly<Record<string, string>> {
		return sorted(new Map([...this.retained].filter(([topic]) => OF_THE_CITY.test(topic))));
	}

	/** A digest of all that the lamp retains; the packets stand in `lines`. */
	get reported(): string {
		const entries = [...this.retained].filter(([topic]) => !OF_THE_CITY.test(topic)).sort();
		const text = entries.map((entry) => entry.join(" ")).join("\n");
		return createHash("sha256").update(withoutFreeTexts(text)).digest("hex").slice(0, 16);
	}

	/** A digest of all that passed. */
	digest(): string {
		return this.#all.copy().digest("hex").slice(0, 16);
	}

	#packet(at: number, packet: Packet): void {
		const line = withoutFreeTexts(lineOf(packet));
		this.#all.update(`${at} ${line}\n`);
		if (!QUIET.has(packet.cmd)) this.lines.push(`${at}: ${short(line)}`);
		this.#answer(packet);
	}

	#answer(packet: Packet): void {
		const back = (answer: Packet) => this.send(mqtt.generate(answer));
		if (packet.cmd === "connect") back({ cmd: "connack", returnCode: 0, sessionPresent: false });
		else if (packet.cmd === "pingreq") back({ cmd: "pingresp" });
		else if (packet.cmd === "subscribe") {
			this.#filters = packet.subscriptions.map(({ topic }) => topic);
			const granted = this.#filters.map(() => 1);
			back({ cmd: "suback", messageId: packet.messageId ?? 0, granted });
			for (const [topic, payload] of [...this.retained].sort())
				if (this.#filters.some((filter) => fits(filter, topic)))
					this.#deliver(topic, payload, true);
		} else if (packet.cmd === "publish") {
			const { topic, payload, retain, qos } = packet;
			if (retain) this.retained.set(topic, payload.toString());
			if (qos > 0) back({ cmd: "puback", messageId: packet.messageId ?? 0 });
		}
	}

	#deliver(topic: string, payload: string, retain: boolean): void {
		this.#id += 1;
		const head = { cmd: "publish", qos: 1, messageId: this.#id, dup: false } as const;
		this.send(mqtt.generate({ ...head, topic, retain, payload }));
	}
}

function fits(filter: string, topic: string): boolean {
	return filter.endsWith("+") ? topic.startsWith(filter.slice(0, -1)) : filter === topic;
}

/** A packet as one line, all of its fields in it. */
function lineOf(packet: Packet): string {
	if (packet.cmd !== "publish") return JSON.stringify(packet);
	const { topic, payload, retain, qos, dup, messageId } = packet;
	const flags = `q${qos}${retain ? " retain" : ""}${dup ? " dup" : ""} ${messageId ?? "-"}`;
	return `${topic} ${flags} ${payload}`;
}

function short(text: string): string {
	const line = text.replace(OWN, "~/");
	if (line.length <= LINE || line.startsWith("~/event")) return line;
	const digest = createHash("sha256").update(line).digest("hex").slice(0, 16);
	return `${line.slice(0, LINE)}... ${digest}`;
}
