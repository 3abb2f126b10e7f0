/** GeoReport: the endpoint of reports on a database of its own, without a socket or a broker. */
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import { FactBook } from "../../city/citizens/facts.js";
import { Keys } from "../../city/citizens/keys.js";
import { endpoint } from "../../city/citizens/open311.js";
import { Requests } from "../../city/citizens/requests.js";
import { type Database, databaseOf } from "../../city/database.js";

let count = 0;

/** Addresses of the network, so that the limit of rate is not what is tested. */
export const remoteAddress = () =>
	`10.${(count >> 16) % 256}.${(count >> 8) % 256}.${++count % 256}`;

/** One lamp, whose orders are counted. */
export class GeoReport {
	readonly lamps = new Map([["6", "pole-00006"]]);
	orders = 0;
	/** Of a database that is its own. */
	readonly #path: string | undefined;

	private constructor(
		readonly db: Database,
		readonly requests: Requests,
		readonly server: FastifyInstance,
		path: string | undefined,
	) {
		this.#path = path;
	}

	static async start(
		site = "liege",
		keys = "reporter1 report\nobserver1 read\nthe-clerk close name=guichet\n",
		address?: string,
	): Promise<GeoReport> {
		const path = join(tmpdir(), `luminode-${process.pid}-${++count}.db`);
		const db = await databaseOf(address ?? path);
		const facts = new FactBook(["pole-00006"], Date.now);
		const times = { patience: 60_000, again: 600_000, zone: "Europe/Brussels" };
		const holder: { made?: GeoReport } = {};
		const order = () => {
			if (holder.made) holder.made.orders += 1;
		};
		const requests = new Requests({ db, site, facts, now: Date.now, order, ...times });
		const poles = [{ node: "pole-00006", lamp: "6", lat: 50.64, long: 5.57 }];
		const about = { language: "en", agency: "lighting", isHealthy: async () => true } as const;
		const server = await endpoint({
			db,
			site,
			requests,
			poles,
			keys: new Keys(keys, "k"),
			...about,
		});
		holder.made = new GeoReport(db, requests, server, address === undefined ? path : undefined);
		return holder.made;
	}

	ask(options: InjectOptions): Promise<LightMyRequestResponse> {
		return this.server.inject({ remoteAddress: remoteAddress(), ...options });
	}

	get(url: string): Promise<LightMyRequestResponse> {
		return this.ask({ method: "GET", url });
	}

	/** A report by form, or what has another path. */
	post(
		fields: Readonly<Record<string, string>>,
		format = "json",
		path = "/requests",
	): Promise<LightMyRequestResponse> {
		return this.ask({
			method: "POST",
			url: `${path}.${format}`,
			headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" },
			payload: new URLSearchParams(fields).toString(),
		});
	}

	async stop(): Promise<void> {
		await this.server.close();
		await this.requests.close();
		await this.db.destroy();
		if (this.#path !== undefined)
			for (const end of ["", "-wal", "-shm"]) rmSync(this.#path + end, { force: true });
	}
}
