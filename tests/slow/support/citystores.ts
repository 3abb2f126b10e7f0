/** City stores: both databases of a city, for the tests that run on each. */
import { join } from "node:path";
import { Postgres } from "./postgres.js";

export interface CityStore {
	readonly address: string;
	/** Another database, for the cases. */
	readonly cases: string;
	/** An empty one. */
	readonly old: string;
	/** One that the commands of the page name. */
	readonly city: string;
	/** In which these run. */
	readonly folder: string;
	readonly shell: NodeJS.ProcessEnv;
	/** The server of the database ends at once and comes back. */
	crash(): void;
	die(): void;
	rise(): void;
	stop(): Promise<void>;
}

async function sqlite(folder: string): Promise<CityStore> {
	const at = (name: string) => join(folder, name);
	const [address, cases, old] = [at("kills.db"), at("cases.db"), at("old.db")];
	const city = at("out/city.db");
	const none = () => {};
	const actions = { crash: none, die: none, rise: none, stop: async () => {} };
	return { address, cases, old, city, folder, shell: process.env, ...actions };
}

async function postgres(folder: string): Promise<CityStore> {
	const server = await new Postgres().start();
	Object.assign(process.env, server.environment); // of the programs and of this test
	const shell = { ...process.env, ...server.shell };
	const { address, cases, old, city } = server;
	const actions = {
		crash: () => server.crash(),
		die: () => server.die(),
		rise: () => server.rise(),
		stop: () => server.stop(),
	};
	return { address, cases, old, city, folder, shell, ...actions };
}

export const STORES = [
	["SQLite", sqlite],
	["PostgreSQL", postgres],
] as const;
