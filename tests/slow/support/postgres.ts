/**
 * PostgreSQL: Debian's, a cluster of its own by pg_virtualenv for as long as the object lives.
 */
import { execFileSync } from "node:child_process";
import { Program } from "./programs.js";

export class Postgres {
	readonly #shell: Program;
	address = "";
	/** A second database of the same server. */
	cases = "";
	/** A third one, called `city`. */
	city = "";
	/** For the programs of PostgreSQL. */
	shell: Readonly<Record<string, string>> = {};
	/** For a program at the server. */
	environment: Readonly<Record<string, string>> = {};
	#cluster: readonly string[] = [];
	#roots: NodeJS.ProcessEnv = {};

	constructor() {
		const show = 'env | grep ^PG; echo "DATA $(psql -Atc "show data_directory")"; cat';
		this.#shell = new Program("pg_virtualenv", ["-t", "sh", "-c", show], "pipe");
	}

	async start(): Promise<this> {
		const [, data] = await this.#shell.says(/^DATA (\S+)$/m, 120_000);
		const of = (name: string) =>
			new RegExp(`^${name}=(.*)$`, "m").exec(this.#shell.output)?.[1] ?? "";
		this.#cluster = [of("PGVERSION"), data!.split("/").at(-1)!];
		this.#roots = { ...process.env, PG_CLUSTER_CONF_ROOT: of("PG_CLUSTER_CONF_ROOT") };
		this.environment = { PGPASSWORD: of("PGPASSWORD") };
		this.address = `postgres://${of("PGUSER")}@${of("PGHOST")}:${of("PGPORT")}/${of("PGDATABASE")}`;
		this.cases = `${this.address}_cases`;
		this.city = this.address.replace(/[^/]*$/, "city");
		this.shell = { PGHOST: of("PGHOST"), PGPORT: of("PGPORT"), PGUSER: of("PGUSER") };
		this.shell = { ...this.shell, ...this.environment };
		const env = { ...process.env, ...this.shell };
		for (const name of [`${of("PGDATABASE")}_cases`, "city"])
			execFileSync("createdb", [name], { env });
		return this;
	}

	/** The server ends at once, without writing its pages, and recovers from its log. */
	crash(): void {
		const ctl = (...words: string[]) =>
			execFileSync("pg_ctlcluster", [...this.#cluster, ...words], { env: this.#roots });
		ctl("stop", "-m", "immediate");
		ctl("start");
	}

	async stop(): Promise<void> {
		this.#shell.finish();
		await this.#shell.ended();
	}
}
