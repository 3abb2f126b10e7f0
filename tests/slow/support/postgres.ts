/**
 * PostgreSQL: Debian's, a cluster of its own by pg_virtualenv for as long as the object lives.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, Program } from "./programs.js";

export class Postgres {
	#shell: Program | undefined;
	address = "";
	/** A second database of the same server. */
	cases = "";
	/** An empty one. */
	old = "";
	/** One that is called `city`. */
	city = "";
	/** For the programs of PostgreSQL. */
	shell: Readonly<Record<string, string>> = {};
	/** For a program at the server. */
	environment: Readonly<Record<string, string>> = {};
	#data = "";
	#cluster: readonly string[] = [];
	#roots: NodeJS.ProcessEnv = {};

	async start(): Promise<this> {
		const show = 'env | grep ^PG; echo "DATA $(psql -Atc "show data_directory")"; cat';
		// by itself it takes the next free one, and with it that of a server which is about to come back
		const port = ["-c", `--port ${await freePort()}`];
		const shell = new Program("pg_virtualenv", ["-t", ...port, "sh", "-c", show], "pipe");
		this.#shell = shell;
		const [, data] = await shell.says(/^DATA (\S+)$/m);
		this.#data = data!;
		const of = (name: string) => new RegExp(`^${name}=(.*)$`, "m").exec(shell.output)?.[1] ?? "";
		this.#cluster = [of("PGVERSION"), data!.split("/").at(-1)!];
		this.#roots = { ...process.env, PG_CLUSTER_CONF_ROOT: of("PG_CLUSTER_CONF_ROOT") };
		this.environment = { PGPASSWORD: of("PGPASSWORD") };
		this.address = `postgres://${of("PGUSER")}@${of("PGHOST")}:${of("PGPORT")}/${of("PGDATABASE")}`;
		this.cases = `${this.address}_cases`;
		this.old = `${this.address}_old`;
		this.city = this.address.replace(/[^/]*$/, "city");
		this.shell = { PGHOST: of("PGHOST"), PGPORT: of("PGPORT"), PGUSER: of("PGUSER") };
		this.shell = { ...this.shell, ...this.environment };
		const env = { ...process.env, ...this.shell };
		const more = ["cases", "old"].map((name) => `${of("PGDATABASE")}_${name}`);
		for (const name of [...more, "city"]) execFileSync("createdb", [name], { env });
		return this;
	}

	/** Of its first process; undefined: it is down. */
	get pid(): number | undefined {
		const file = join(this.#data, "postmaster.pid");
		return existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : undefined;
	}

	/** The server ends at once, without writing its pages, and recovers from its log. */
	crash(): void {
		this.die();
		this.#ctl("start");
	}

	die(): void {
		this.#ctl("stop", "-m", "immediate");
	}

	/** Comes back, beside the test. */
	rise(): void {
		spawn("pg_ctlcluster", [...this.#cluster, "start"], { env: this.#roots, stdio: "ignore" });
	}

	#ctl(...args: string[]): void {
		execFileSync("pg_ctlcluster", [...this.#cluster, ...args], { env: this.#roots });
	}

	async stop(): Promise<void> {
		this.#shell?.finish();
		await this.#shell?.ended();
	}
}
