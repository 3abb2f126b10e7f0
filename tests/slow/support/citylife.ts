/**
 * City life: lamps at a raised speed with the city's programs, each killed again and again, while
 * broker and database restart.
 *
 * The programs have the street's time, by a clock that follows the lamps' messages: orders are fresh.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import { type Database, databaseOf } from "../../../city/database.js";
import { bundle } from "../../../lib/bundle.mjs";
import { random } from "../../../lib/random.js";
import { HOUR, MINUTE } from "../../../lib/spans.js";
import { pause, until } from "../../support/until.js";
import { Mosquitto } from "./brokers.js";
import { CpuAccount } from "./cpuaccount.js";
import { Postgres } from "./postgres.js";
import { freePort, Program, simulator } from "./programs.js";
import { StreetClock } from "./streetclock.js";

export interface Span {
	/** Of one street. */
	readonly lamps: number;
	readonly streets: number;
	/** Processes that share the streets. */
	readonly parts: number;
	readonly hours: number;
	/** Of these the kills take place in the first; less than all: the lamps end with the last one. */
	readonly killing: number;
	readonly speed: number;
	/** Of each program. */
	readonly kills: number;
	/** Of the wall, after which a busy machine ends the span early. */
	readonly minutes?: number;
}

const RESTARTS_A_KILL = 0.5; // of the broker and of the database, each
const START = Date.parse("2026-11-24T16:00:00.000Z");
const GROUPS = ["quay", "park", "mill", "port", "hill"];
const TOOLS = ["traffic", "citizens", "bridge", "metrics", "desk"];
const KEY = "platform-key";
const LOOK_EACH = 100; // ms
const ACCOUNT_EACH = 1_000; // ms
/** ms of the street between two parts: a lamp refuses an order that is 90 s old, or 30 s early. */
const AHEAD = 20_000;
/** Two values of a setting, by turns. */
const HOLDS = [45, 50] as const;

/** A self-test that ended, by its own event. */
export interface Tested {
	readonly node: string;
	readonly isJudged: boolean;
}

export class CityLife {
	readonly #folder = mkdtempSync(join(tmpdir(), "luminode-"));
	readonly #programs = new Map<string, Program>();
	readonly #files = new Map<string, string>();
	readonly #draws = random(7, "citylife");
	readonly #broker = new Mosquitto([]);
	readonly #store = new Postgres();
	#db: Database | undefined;
	#reader: MqttClient | undefined;
	#port = 0;
	#hold = 0;
	readonly #clock: StreetClock;
	/** Parts that are stopped. */
	readonly #held = new Set<number>();
	#isPaced = true;
	#accounted = 0;
	/** Of messages that must be stored: node, kind, life and number. */
	readonly sent = new Set<string>();
	/** By the identifier of the order. */
	readonly tested = new Map<string, Tested>();
	/** Events that gave way, which the lamp states. */
	readonly given = new Map<string, number>();
	/** Identifiers of reports that the endpoint has taken. */
	readonly reports: string[] = [];
	readonly kills = new Map<string, number>();
	/** Lamps of which a message came. */
	readonly #reporting = new Set<string>();
	/** States, events and counts of the lamps, as the broker gave them. */
	messages = 0;
	/** CPU seconds by program. */
	readonly cpu = new CpuAccount();

	constructor(readonly span: Span) {
		this.#clock = new StreetClock(this.#folder, START, span.speed, span.parts);
	}

	get db(): Database {
		return this.#db!;
	}

	async start(): Promise<this> {
		await this.#store.start();
		Object.assign(process.env, this.#store.environment);
		this.#db = await databaseOf(this.#store.address);
		const queues = ["max_queued_messages 1000000", "max_inflight_messages 1000"];
		const kept = ["persistence true", `persistence_location ${this.#broker.folder}/`];
		await this.#broker.start(["allow_anonymous true", ...queues, ...kept]);
		for (const tool of TOOLS) this.#files.set(tool, await bundle(`city/bin/${tool}.ts`));
		this.#port = await freePort();
		writeFileSync(this.#path("keys"), `${KEY}\n`);
		for (const hold of HOLDS) writeFileSync(this.#path(`${hold}.csv`), this.#siteFile(hold));
		this.#reader = await connectAsync(this.#url, { clientId: "reader", clean: false });
		this.#reader.on("message", (topic, payload) => this.#take(topic, String(payload)));
		const filters = (kinds: readonly string[]) => kinds.map((kind) => `luminode/1/+/+/${kind}`);
		await this.#reader.subscribeAsync(filters(["event", "traffic"]), { qos: 1 });
		await this.#reader.subscribeAsync(filters(["state"]), { qos: 0 }); // for the clock alone
		for (const name of ["traffic a", "traffic b"]) {
			this.#begin(name);
			await this.#programs.get(name)!.says(/collecting/);
		}
		for (const name of ["citizens", "bridge", "metrics"]) this.#begin(name);
		await this.#answering();
		return this;
	}

	/** The whole span. @returns what the simulators wrote, and how many lamps reported */
	async run(): Promise<{ readonly output: string; readonly online: number }> {
		const { lamps, streets, parts, hours, killing, speed, minutes = Infinity } = this.span;
		const begin = Date.now();
		const isLate = () => Date.now() > begin + minutes * MINUTE;
		const many = streets > 1 ? ["--streets", `${streets}`] : [];
		const size = ["--lamps", `${lamps}`, ...many, "--seed", "7", "--group", GROUPS.join(",")];
		const start = new Date(START).toISOString();
		const clock = ["--speed", `${speed}`, "--start", start, "--duration", `${hours}h`];
		const args = ["--headless", ...size, ...clock, "--broker", this.#url];
		const running = Array.from({ length: parts }, (_, n) => {
			const part = parts > 1 ? ["--shard", `${n + 1}/${parts}`] : [];
			const more = parts > 1 ? ["--summary", this.#path(`part-${n}.json`)] : [];
			return simulator(...args, ...part, ...more, "--lamp-response");
		});
		running.forEach((street, n) => void this.#programs.set(`street ${n}`, street));
		let isOver = false;
		const ended = Promise.all(running.map((street) => street.ended())).then(() => {
			isOver = true;
		});
		const acts = this.#plan();
		for (const [n, act] of acts.entries()) {
			const due = START + (HOUR * killing * (n + 1)) / (acts.length + 2);
			while (this.#clock.now < due && !isOver && !isLate()) await this.#idle();
			if (isLate()) break;
			await pause(this.#draws.between(0, LOOK_EACH));
			await this.#act(act);
			await this.#answering();
			for (let report = 0; report < 2 && !isOver; report++) await this.#report();
			await this.#order();
		}
		while (this.#programs.has("desk") && !isOver) await this.#idle();
		const isCut = killing < hours || isLate();
		this.#isPaced = !isCut;
		this.#keepPace();
		if (isCut) await Promise.all(running.map((street) => street.stop("SIGINT")));
		while (!isOver) await this.#idle();
		await ended;
		await this.#finish();
		const output = running.map((street) => street.output).join("");
		return { output, online: this.#reporting.size };
	}

	/** Hours of the street until its latest message. */
	get lived(): number {
		return (this.#clock.now - START) / HOUR;
	}

	/** Messages that are not in the database. */
	async missing(): Promise<string[]> {
		const rows = this.db.selectFrom("messages").select(["node", "kind", "life", "number"]);
		const stored = new Set(
			(await rows.execute()).map((row) => `${row.node} ${row.kind} ${row.life} ${row.number}`),
		);
		return [...this.sent].filter((message) => !stored.has(message));
	}

	async stop(): Promise<void> {
		for (const program of this.#programs.values()) await program.stop("SIGKILL");
		this.#reader?.end(true);
		await this.#db?.destroy();
		await this.#broker.stop();
		await this.#store.stop();
		rmSync(this.#folder, { recursive: true, force: true });
	}

	get #url(): string {
		return `mqtt://127.0.0.1:${this.#broker.port}`;
	}

	#path(name: string): string {
		return join(this.#folder, name);
	}

	get #nodes(): readonly string[] {
		const { lamps, streets } = this.span;
		const nameOf = (n: number) => `pole-${String(n + 1).padStart(5, "0")}`;
		return Array.from({ length: lamps * streets }, (_, n) => nameOf(n));
	}

	#siteFile(hold: number): string {
		const rows = this.#nodes.map((node, n) => `${n + 1},,liege,${node},quay,${hold}`);
		return `${["pole,serial,site,node,group,hold", ...rows].join("\n")}\n`;
	}

	/** Each program as often as the others, in an order by chance, with restarts between. */
	#plan(): readonly string[] {
		const { kills } = this.span;
		const restarts = Math.ceil(kills * RESTARTS_A_KILL);
		const programs = ["traffic a", "traffic b", "citizens", "bridge", "metrics", "desk"];
		const of = (names: readonly string[], count: number) =>
			names.flatMap((name) => Array.from({ length: count }, () => name));
		const all = [...of(programs, kills), ...of(["broker", "database"], restarts)];
		const drawn = all.map((act): [number, string] => [this.#draws.next(), act]);
		return drawn.sort(([a], [b]) => a - b).map(([, act]) => act);
	}

	#begin(name: string): void {
		const [tool = ""] = name.split(" ");
		const port = this.#port;
		const keys = this.#path("keys");
		const site = this.#path(`${HOLDS[0]}.csv`);
		const plan = this.#path(`${HOLDS[this.#hold]}.csv`);
		const wave = Math.max(2, Math.ceil(this.#nodes.length / 10));
		const serve = ["serve", site, "--port", `${port}`, "--keys", keys, "--patience", "60"];
		const pace = ["--stop-at", "100", "--wave", `${wave}`, "--patience", "20"];
		const argsByName: Readonly<{ [name: string]: readonly string[] }> = {
			"traffic a": ["collect", "--site", "liege", "--instance", "a"],
			"traffic b": ["collect", "--site", "liege", "--instance", "b"],
			citizens: serve,
			bridge: ["--site", "liege", "--group", GROUPS[0]!],
			metrics: ["--port", `${port + 1}`],
			desk: ["configure", plan, ...pace],
		};
		const store = tool === "metrics" ? [] : ["--database", this.#store.address];
		const all = [this.#files.get(tool)!, ...argsByName[name]!, "--broker", this.#url, ...store];
		this.#programs.set(name, new Program(process.execPath, [...this.#clock.nodeOptions, ...all]));
	}

	async #act(act: string): Promise<void> {
		this.kills.set(act, (this.kills.get(act) ?? 0) + 1);
		if (act === "broker") await this.#broker.restart();
		else if (act === "database") this.#store.crash();
		else {
			if (act === "desk") await this.#campaign();
			await this.#programs.get(act)!.stop("SIGKILL");
			this.#begin(act);
		}
	}

	/** One that runs, for a moment. */
	async #campaign(): Promise<void> {
		const before = this.#programs.get("desk");
		if (before && before.code === undefined) return;
		this.#begin("desk");
		await pause(this.#draws.between(500, 2_000)); // ms, of which the start is about 500
	}

	/** A part that is ahead is stopped: its lamps would refuse orders by the clock of the slowest. */
	#keepPace(): void {
		for (let part = 0; part < this.span.parts; part++) {
			const street = this.#programs.get(`street ${part}`);
			if (!street) continue;
			if (street.code !== undefined) this.#clock.follow(Infinity, part);
			const isHeld = this.#isPaced && this.#clock.ahead(part) > AHEAD && street.code === undefined;
			if (isHeld === this.#held.has(part)) continue;
			process.kill(street.pid!, isHeld ? "SIGSTOP" : "SIGCONT");
			if (isHeld) this.#held.add(part);
			else this.#held.delete(part);
		}
	}

	/** A program that lost its database ends, and its service starts it again. */
	async #idle(): Promise<void> {
		await pause(LOOK_EACH);
		this.#account();
		this.#keepPace();
		for (const [name, program] of this.#programs) {
			const code = program.code;
			if (code === undefined || name.startsWith("street")) continue;
			if (name !== "desk" || code === 2) this.#begin(name);
			else if (this.#programs.delete("desk")) this.#hold = 1 - this.#hold; // the next campaign
		}
	}

	#account(): void {
		const now = performance.now();
		if (now < this.#accounted + ACCOUNT_EACH) return;
		this.#accounted = now;
		for (const [name, { pid }] of this.#programs) this.cpu.look(name, pid);
		this.cpu.look("broker", this.#broker.pid);
		this.cpu.look("database", this.#store.pid);
	}

	/** Waits until residents can report. */
	async #answering(): Promise<void> {
		for (;;) {
			const { code, output } = this.#programs.get("citizens")!;
			if (code === undefined && output.includes("Open311 at")) return;
			await this.#idle();
		}
	}

	async #report(): Promise<void> {
		const node = this.#nodes[Math.floor(this.#draws.next() * this.#nodes.length)]!;
		const lamp = { address_id: node, description: "out" };
		const body = new URLSearchParams({ api_key: KEY, service_code: "street-lamp", ...lamp });
		const url = `http://127.0.0.1:${this.#port}/requests.json`;
		const answer = await fetch(url, { method: "POST", body }).catch(() => undefined);
		if (answer?.status !== 201) return; // the program is down
		const [made] = (await answer.json()) as { service_request_id: string }[];
		this.reports.push(made!.service_request_id);
	}

	async #order(): Promise<void> {
		const node = this.#nodes[Math.floor(this.#draws.next() * this.#nodes.length)]!;
		const topic = `luminode-bridge/liege:${GROUPS[0]}/${node}/set`;
		const body = JSON.stringify({ state: "ON", brightness: 70 });
		await this.#reader!.publishAsync(topic, body, { qos: 1 });
	}

	#take(topic: string, payload: string): void {
		const [, , , node = "", kind] = topic.split("/");
		this.messages += 1;
		this.#reporting.add(node);
		const { lamps, streets, parts } = this.span;
		const index = Number(node.slice(5)); // of pole-00001 ...
		const [, time = ""] = /"time":"([^"]*)"/.exec(payload) ?? [];
		this.#clock.follow(Date.parse(time), Math.ceil((index * parts) / (lamps * streets)) - 1);
		this.#keepPace();
		if (kind === "state") return; // nine of ten messages
		const { life, seq, uptime_ms, type, startEndFlag, attributes = {} } = JSON.parse(payload);
		if (kind === "traffic") this.sent.add(`${node} traffic ${life} ${uptime_ms}`);
		if (kind !== "event") return;
		this.sent.add(`${node} event ${life} ${seq}`);
		if (type === "eventsLost") {
			const key = `${node} ${life}`;
			this.given.set(key, (this.given.get(key) ?? 0) + attributes.to - attributes.from);
		}
		if (type !== "selfTest" || startEndFlag !== "end") return;
		const { id, failed = "", notJudged = "" } = attributes;
		const isJudged = failed === "" && !notJudged.split(" ").includes("lamp");
		this.tested.set(id, { node, isJudged });
	}

	/** A campaign ends, each wave by its patience; what waits at the broker is stored. */
	async #finish(): Promise<void> {
		while (this.#programs.has("desk")) await this.#idle();
		await until("all is stored", async () => {
			await this.#idle();
			return (await this.missing()).length === 0;
		});
	}
}
