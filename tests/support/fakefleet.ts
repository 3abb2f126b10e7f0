/**
 * Fake fleet: any number of lamps as the public contract describes them, by one connection; it acts as
 * each lamp would, without a firmware.
 */
import { connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { SECTIONS } from "../../city/contract.js";

export interface FakeLamp {
	readonly serial: string;
	node: string;
	group: string;
	/** Whether it has a site. */
	isAssigned: boolean;
	isOnline: boolean;
	revision: number;
	settings: { [section: string]: { [name: string]: unknown } };
	version: string;
	level: number;
	faults: string[];
	/** Conduct on an order or on settings. */
	conduct: "obeys" | "silent" | "rejects" | "slow";
	/** Reason of a lamp that rejects. */
	refusal: string;
	/** Parts that a self-test finds, with blanks between them. */
	test: { readonly failed?: string; readonly notJudged?: string };
	/** ms of a self-test; Infinity: the test ends it. */
	testTakes: number;
	/** Identifier of the self-test that runs. */
	testing: string | undefined;
	/** Orders that it acted on, by identifier, and revisions that it put in force. */
	readonly acts: string[];
	life: number;
	seq: number;
}

const SITE = "liege";
const SLOW = 300; // ms
const EXPLAINS = 20; // ms

export class FakeFleet {
	readonly lamps: FakeLamp[] = [];
	#client: MqttClient | undefined;

	constructor(
		readonly url: string,
		readonly root = "luminode/1",
		/** Settings that each lamp begins with. */
		readonly settings: FakeLamp["settings"] = { light: { floorLevel: 30, hold: 60 } },
		readonly options: IClientOptions = {},
	) {}

	/** Lamps `pole-00001` ... with serial numbers `L00001` ... */
	async start(count: number, change: (lamp: FakeLamp, n: number) => void = () => {}) {
		const client = await connectAsync(this.url, { protocolVersion: 4, ...this.options });
		this.#client = client;
		client.on("message", (topic, payload) => this.#receive(topic, payload));
		for (let n = 1; n <= count; n++) {
			const digits = String(n).padStart(5, "0");
			const lamp: FakeLamp = {
				serial: `L${digits}`,
				node: `pole-${digits}`,
				group: "quay",
				isAssigned: true,
				isOnline: true,
				revision: 0,
				version: "0.1.0",
				level: 40,
				faults: [],
				conduct: "obeys",
				refusal: "rateExceeded",
				test: {},
				testTakes: 0,
				testing: undefined,
				acts: [],
				life: 3,
				seq: 0,
				settings: structuredClone(this.settings),
			};
			change(lamp, n);
			this.lamps.push(lamp);
		}
		for (const lamp of this.lamps) this.greet(lamp);
		const sections = SECTIONS.map((section) => `settings/desired/${section}`);
		const kinds = ["command", "emergency", "update", ...sections];
		await client.subscribeAsync(
			[
				...kinds.map((kind) => `${this.root}/${SITE}/+/${kind}`),
				`${this.root}/${SITE}/group/+/command`,
				`${this.root}/unassigned/+/command`,
			],
			{ qos: 1 },
		);
		return this;
	}

	/** As a lamp that connects. */
	greet(lamp: FakeLamp): void {
		const { isOnline: online, life } = lamp;
		this.say(lamp, "status", { online, life, connection: 1 }, true);
		if (!online || !lamp.isAssigned) return;
		this.birth(lamp);
		this.state(lamp);
		for (const section of Object.keys(lamp.settings)) this.report(lamp, section);
	}

	birth(lamp: FakeLamp): void {
		const { serial, group, life, version, revision } = lamp;
		const about = { contract: 1, life, connection: 1, serial, group, swVersion: version };
		this.say(lamp, "birth", { ...about, settingsRevision: revision, supply: "always" }, true);
	}

	state(lamp: FakeLamp, more: object = {}): void {
		const { level, life, faults } = lamp;
		const chain = [{ by: "program", level, source: `00:00 ${level}` }];
		const about = { life, feedbackLightCommand: level, actualLightState: level, reason: "program" };
		const odd = faults.length > 0 ? { faults } : {};
		this.say(lamp, "state", { ...about, chain, dark: true, ...odd, time: now(), ...more }, true);
	}

	event(lamp: FakeLamp, type: string, more: object = {}): void {
		lamp.seq += 1;
		const { seq, life } = lamp;
		this.say(lamp, "event", { seq, life, type, severity: "info", time: now(), ...more }, false);
	}

	say(lamp: FakeLamp, kind: string, body: object, retain: boolean): void {
		const address = lamp.isAssigned ? `${SITE}/${lamp.node}` : `unassigned/${lamp.serial}`;
		const { node, serial } = lamp;
		const text = JSON.stringify({ node: node || serial, serial, ...body });
		this.#client?.publish(`${this.root}/${address}/${kind}`, text, { qos: 1, retain });
	}

	async close(): Promise<void> {
		await this.#client?.endAsync();
	}

	report(lamp: FakeLamp, section: string, more: object = {}): void {
		const { life, revision, settings } = lamp;
		const body = { life, revision, status: "active", settings: settings[section], ...more };
		this.say(lamp, `settings/reported/${section}`, body, true);
	}

	#receive(topic: string, payload: Buffer): void {
		const [site, name, ...kind] = topic.slice(this.root.length + 1).split("/");
		let body: { [field: string]: unknown };
		try {
			body = JSON.parse(String(payload)) as typeof body;
		} catch {
			return;
		}
		for (const lamp of this.lamps) {
			const isMine = lamp.isAssigned
				? site === SITE && (name === lamp.node || (name === "group" && kind[0] === lamp.group))
				: site === "unassigned" && name === lamp.serial;
			if (!isMine || !lamp.isOnline || lamp.conduct === "silent") continue;
			const act = () => this.#act(lamp, kind, body);
			if (lamp.conduct === "slow") setTimeout(act, SLOW);
			else act();
		}
	}

	#act(lamp: FakeLamp, kind: readonly string[], body: { [field: string]: unknown }): void {
		if (kind[0] === "settings") this.#settle(lamp, kind[2]!, body);
		else if (kind[0] === "update") this.#update(lamp, body);
		else this.#order(lamp, body);
	}

	#order(lamp: FakeLamp, body: { [field: string]: unknown }): void {
		const id = String(body.id);
		const reply = (more: object) => this.say(lamp, "reply", { id, time: now(), ...more }, false);
		if (lamp.conduct === "rejects") {
			reply({ status: "rejected", reason: lamp.refusal });
			return;
		}
		const isRepeat = lamp.acts.includes(id);
		if (!isRepeat) lamp.acts.push(id);
		if (body.command === "explain") {
			setTimeout(() => reply({ status: "done", ...this.#reason(lamp) }), EXPLAINS);
			return;
		}
		reply({ status: "accepted" });
		if (isRepeat) return;
		if (body.command === "assign") this.#assign(lamp, body);
		if (body.command === "override") {
			lamp.level = Number(body.level);
			this.state(lamp, { reason: "override", targetLightCommand: lamp.level });
		}
		if (body.command === "clearOverride") this.state(lamp, { reason: "program" });
		if (body.command === "selfTest") {
			lamp.testing = id;
			this.event(lamp, "selfTest", { startEndFlag: "start", attributes: { id } });
			if (lamp.testTakes === 0) this.endTest(lamp, id);
			else if (lamp.testTakes < Infinity) setTimeout(() => this.endTest(lamp, id), lamp.testTakes);
		}
	}

	/** A self-test that runs is an order, which is the reason of the level. */
	#reason({ level, testing }: FakeLamp): object {
		const program = { by: "program", level, source: "23:10 40" };
		const test = testing === undefined ? [] : [{ by: "override", level: 100, source: testing }];
		const explanation = ["According to the photocell, it is dark."];
		return { level, because: "program", explanation, chain: [program, ...test] };
	}

	/** The end of a self-test, with parts by `lamp.test`. */
	endTest(lamp: FakeLamp, id: string): void {
		lamp.testing = undefined;
		const attributes = { id, ...lamp.test };
		this.event(lamp, "selfTest", { startEndFlag: "end", attributes });
	}

	#assign(lamp: FakeLamp, { node, group }: { [field: string]: unknown }): void {
		const { root } = this;
		this.say(lamp, "status", { online: false, life: lamp.life, connection: 1 }, true);
		if (!lamp.isAssigned)
			this.#client?.publish(`${root}/unassigned/${lamp.serial}/status`, "", {
				qos: 1,
				retain: true,
			});
		lamp.isAssigned = true;
		lamp.node = String(node);
		lamp.group = group === undefined ? "" : String(group);
		this.greet(lamp);
	}

	readonly #collected = new Map<FakeLamp, { revision: number; sections: Map<string, object> }>();

	#settle(lamp: FakeLamp, section: string, body: { [field: string]: unknown }): void {
		const revision = Number(body.revision);
		if (revision <= lamp.revision) return;
		if (lamp.conduct === "rejects") {
			this.report(lamp, section, { rejected: { revision, why: "hold is out of range" } });
			return;
		}
		let collected = this.#collected.get(lamp);
		if (collected?.revision !== revision) {
			collected = { revision, sections: new Map() };
			this.#collected.set(lamp, collected);
		}
		collected.sections.set(section, body.settings as object);
		if (collected.sections.size < Number(body.count)) return;
		lamp.revision = revision;
		lamp.acts.push(`revision ${revision}`);
		for (const [name, settings] of collected.sections) {
			lamp.settings[name] = { ...lamp.settings[name], ...settings };
			this.report(lamp, name);
		}
		this.birth(lamp);
	}

	#update(lamp: FakeLamp, body: { [field: string]: unknown }): void {
		const act = body.stop === true ? `stop ${String(body.id)}` : String(body.id);
		if (lamp.acts.includes(act)) return; // one identifier is considered once in a life
		const version = String(body.url).replace(/.*\/(.*)\.bin$/, "$1");
		if (body.stop !== true && lamp.version === version) return;
		lamp.acts.push(act);
		if (body.stop === true) return;
		if (lamp.conduct === "rejects") {
			this.event(lamp, "updateFailed", {
				attributes: { reason: "wrongSignature", final: true },
			});
			return;
		}
		lamp.version = version;
		this.birth(lamp);
		this.event(lamp, "updateKept", { attributes: { version } });
	}
}

function now(): string {
	return new Date().toISOString();
}
