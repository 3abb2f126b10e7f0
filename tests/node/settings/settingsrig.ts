/** Settings rig: a lamp with a broker, whose flash stays over boots and can lose power at a write. */
import { PROMPT } from "../../../src/console/session.js";
import { STANDS_AFTER } from "../../../src/node/settings/sessionproof.js";
import type { Node } from "../../../src/node.js";
import type { Settings } from "../../../src/settings/table.js";
import { FakeHost } from "../../support/fakehost.js";
import { bootLamp } from "../../support/lamp.js";
import { typeAt } from "../../support/technician.js";

export const LINK =
	'{"brokerHost":"broker","brokerPort":1883,"brokerTls":false,"reconnectSpread":60}';
export const SPREAD = 60_000;

export class Cut extends Error {}

/** A lamp with a broker; its flash stays over boots. */
export class SettingsRig {
	readonly stored = new Map<string, string>();
	host!: FakeHost;
	node!: Node;
	/** Loses power at this write of the store. */
	cutAt = Infinity;
	writes = 0;

	constructor(values: Record<string, string> = {}) {
		this.stored.set("set.identity", '{"site":"liege","node":"pole-1"}').set("set.link", LINK);
		for (const [section, text] of Object.entries(values)) this.stored.set(`set.${section}`, text);
		this.boot();
	}

	boot(): this {
		const host = new FakeHost();
		this.host = host;
		for (const [key, value] of this.stored) host.stored.set(key, value);
		host.store.write = (key, value) => {
			if (this.writes >= this.cutAt) throw new Cut();
			this.writes += 1;
			this.stored.set(key, value);
			host.stored.set(key, value);
			return "ok";
		};
		const { erase } = host.store;
		host.store.erase = (key) => {
			this.stored.delete(key);
			return erase.call(host.store, key);
		};
		this.node = bootLamp({ host }).node;
		return this;
	}
	/** A section comes from the broker. */
	want(section: string, revision: number, values: object, count = 1): this {
		return this.receive(section, JSON.stringify({ revision, count, settings: values }));
	}
	receive(section: string, text: string | undefined): this {
		this.host.arrive((now) => this.node.settingsManager.revisions.onDesired(section, text, now));
		return this;
	}
	/** The broker takes the lamp's subscription. */
	connect(wait = STANDS_AFTER): this {
		for (const kind of ["subscribed", "reported"] as const)
			this.host.arrive((now) => this.node.settingsManager.onLink(kind, now));
		return this.wait(wait);
	}
	wait(span: number): this {
		this.host.run(this.host.now + span);
		return this;
	}
	type(line: string): this {
		typeAt(this.host, line);
		return this;
	}
	/** Types a line and returns its answer. */
	ask(line: string): string {
		this.host.serialOut = "";
		this.type(line);
		const [, answer = ""] = this.host.serialOut.split(`${PROMPT}${line}\r\n`);
		return answer.split(`\r\n${PROMPT}`)[0] ?? "";
	}
	get settings(): Settings {
		return this.node.settings;
	}
	get revision(): number {
		return this.node.settingsManager.bank.revision;
	}
	events(...types: string[]): string[] {
		const { journal } = this.node;
		const found: string[] = [];
		for (let seq = journal.oldest; seq <= journal.newest; seq += 1) {
			const entry = journal.read(seq)!;
			if (types.includes(entry.type)) found.push(`${entry.type} ${entry.attributes}`);
		}
		return found;
	}
	/** All reports that wait, in order, as if each was acknowledged. */
	reports(): string[] {
		const desk = this.node.settingsManager.revisions;
		const reports: string[] = [];
		while (desk.isWaiting) {
			const { section, revision, status, rejected } = desk.next();
			reports.push(
				`${section} ${revision} ${status}${rejected ? ` (${rejected.revision}: ${rejected.why})` : ""}`,
			);
			desk.reported();
		}
		return reports;
	}
}
