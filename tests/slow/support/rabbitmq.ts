/**
 * RabbitMQ: Debian's, as one node or a cluster of three, from the ready files of city/files/,
 * each with its own folder, ports and name service, so that nothing outside is touched.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, Program, ROOT } from "./programs.js";

const SERVER = "/usr/lib/rabbitmq/bin/rabbitmq-server";
const CTL = "/usr/lib/rabbitmq/bin/rabbitmqctl";
const FOLDER_OF_FILES = "/etc/rabbitmq/luminode";

export interface RabbitFiles {
	/** Text of definitions.json. */
	readonly definitions: string;
	/** PEM files of the broker; absent: plain TCP. */
	readonly tls?: { readonly ca: string; readonly cert: string; readonly key: string };
}

interface Member {
	readonly name: string;
	readonly port: number;
	program: Program | undefined;
}

export class RabbitMQ {
	readonly folder = mkdtempSync(join(tmpdir(), "luminode-rabbit-"));
	readonly #members: Member[] = [];
	#epmd: Program | undefined;
	#epmdPort = 0;

	get ports(): readonly number[] {
		return this.#members.map(({ port }) => port);
	}

	get port(): number {
		return this.ports[0]!;
	}

	get output(): string {
		return this.#members.map(({ program }) => program?.output ?? "").join("\n");
	}

	/** Starts `count` nodes, 1 or 3. */
	async start(files: RabbitFiles, count: 1 | 3 = 1): Promise<this> {
		this.#epmdPort = await freePort();
		this.#epmd = new Program("epmd", ["-port", String(this.#epmdPort), "-address", "127.0.0.1"]);
		writeFileSync(join(this.folder, ".erlang.cookie"), "LUMINODETEST", { mode: 0o400 });
		writeFileSync(join(this.folder, "enabled_plugins"), "[rabbitmq_mqtt].\n");
		mkdirSync(join(this.folder, "files"));
		this.#write("definitions.json", files.definitions);
		for (const [name, text] of Object.entries({
			"ca.pem": files.tls?.ca,
			"broker.pem": files.tls?.cert,
			"broker.key": files.tls?.key,
		}))
			if (text !== undefined) this.#write(name, text);
		const names = Array.from({ length: count }, (_, n) => `t${n + 1}@localhost`);
		for (const name of names)
			this.#members.push({ name, port: await freePort(), program: undefined });
		for (const member of this.#members) this.#configure(member, files);
		await Promise.all(this.#members.map((member) => this.#run(member)));
		return this;
	}

	/** A node dies as in a power cut. */
	async kill(index: number): Promise<void> {
		await this.#members[index]!.program?.stop("SIGKILL");
	}

	async revive(index: number): Promise<void> {
		await this.#run(this.#members[index]!);
	}

	/** Process of a node's server. */
	pid(index: number): number {
		return this.#members[index]!.program!.pid!;
	}

	ctl(...args: string[]): string {
		const [member] = this.#members;
		return execFileSync(CTL, ["-n", member!.name, ...args], {
			env: this.#environment(member!.name, 0),
			encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
		});
	}

	async stop(): Promise<void> {
		await Promise.all(this.#members.map(({ program }) => program?.stop("SIGKILL")));
		await this.#epmd?.stop("SIGKILL");
		rmSync(this.folder, { recursive: true, force: true });
	}

	#write(name: string, text: string): void {
		writeFileSync(join(this.folder, "files", name), text, { mode: 0o644 });
	}

	/** The ready file with this test's folder, ports and names. */
	#configure({ name, port }: Member, { tls }: RabbitFiles): void {
		const isOne = this.#members.length === 1;
		const ready = isOne ? "rabbitmq.conf" : "rabbitmq-cluster.conf";
		let text = readFileSync(join(ROOT, "city/files", ready), "utf8")
			.replaceAll(FOLDER_OF_FILES, join(this.folder, "files"))
			.replace(/rabbit@broker(\d)/g, "t$1@localhost");
		text = tls
			? text.replace("ssl.default = 8883", `ssl.1 = 127.0.0.1:${port}`)
			: text
					.replace(/^ssl_options.*\n/gm, "")
					.replace("mqtt.listeners.tcp = none\n", "")
					.replace("ssl.default = 8883", `tcp.1 = 127.0.0.1:${port}`);
		writeFileSync(join(this.folder, `${name}.conf`), text);
	}

	#environment(name: string, port: number): NodeJS.ProcessEnv {
		return {
			PATH: process.env.PATH,
			HOME: this.folder,
			LANG: "C.UTF-8",
			RABBITMQ_NODENAME: name,
			RABBITMQ_CONFIG_FILE: join(this.folder, `${name}.conf`),
			RABBITMQ_MNESIA_BASE: join(this.folder, "db"),
			RABBITMQ_LOGS: "-",
			RABBITMQ_LOG_BASE: join(this.folder, "log"),
			RABBITMQ_CONF_ENV_FILE: "/dev/null",
			RABBITMQ_ENABLED_PLUGINS_FILE: join(this.folder, "enabled_plugins"),
			RABBITMQ_DIST_PORT: String(port + 1),
			ERL_EPMD_PORT: String(this.#epmdPort),
			RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: "+S 1:1 +sbwt none",
			RUNNING_UNDER_SYSTEMD: "1", // the shell gives its process to the server, which dies as one
		};
	}

	async #run(member: Member): Promise<void> {
		const { name, port } = member;
		const program = new Program(SERVER, [], "ignore", this.#environment(name, port));
		member.program = program;
		// of the banner: the logger drops lines when a thousand accounts are imported at once
		await program.says(/completed with \d+ plugins/);
	}
}
