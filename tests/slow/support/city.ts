/**
 * City: a vault with lamps, the accounts made from it, and brokers over TLS started from the ready
 * files of city/files/ with these accounts.
 */
import {
	appendFileSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Writable } from "node:stream";
import { accountBook } from "../../../city/accounts/book.js";
import { type Content, type LampSecrets, Vault } from "../../../lib/vault/vault.js";
import { Authority, type Identity } from "./certificates.js";
import { freePort, Program, ROOT } from "./programs.js";
import { RabbitMQ } from "./rabbitmq.js";

const PHRASE = "correct horse battery";
const CHEAP = { N: 2 ** 8, r: 8, p: 1 };
const MADE = "2026-11-24T21:00:00.000Z";

/** Lamp n (from 1) as the vault has it. */
export function lampSecrets(n: number): LampSecrets {
	const digits = String(n).padStart(5, "0");
	const node = `pole-${digits}`;
	return { serial: `L${digits}`, nodes: [node], secret: `secret-of-lamp-${digits}`, made: MADE };
}

/** A broker that is secured with the accounts of a city. */
export interface Secured {
	/** Of each node. */
	readonly ports: readonly number[];
	/** Loads the files of the vault again. */
	reload(): Promise<void>;
	/** Adds the accounts of another commune, from its files. */
	add(folder: string): Promise<void>;
	/** A node dies, where there are several. */
	kill(index: number): Promise<void>;
	/** Process of a node. */
	pid(index: number): number;
	readonly output: string;
	stop(): Promise<void>;
}

export class City {
	readonly folder = mkdtempSync(join(tmpdir(), "luminode-"));
	readonly authority = new Authority(this.folder, "city");
	readonly server: Identity = this.authority.sign("broker", {
		san: "DNS:localhost,DNS:broker.city,IP:127.0.0.1",
		from: -400,
	});
	readonly #vault = join(this.folder, "city.vault");

	constructor(
		lamps: readonly LampSecrets[],
		readonly site = "liege",
	) {
		Vault.open(this.#vault, PHRASE, CHEAP).update(() => ({ shared: {}, lamps }));
	}

	get content(): Content {
		return Vault.open(this.#vault, PHRASE).read();
	}

	get caPath(): string {
		return this.authority.caPath;
	}

	change(to: (content: Content) => Content): void {
		Vault.open(this.#vault, PHRASE).update(to);
	}

	/** The password of an account: a program, or a lamp by its node. */
	password(user: string): string {
		const { lamps, roles } = this.content;
		const lamp = lamps.find(({ nodes }) => nodes.at(-1) === user);
		return lamp?.settings?.brokerPassword ?? roles?.[user] ?? "";
	}

	/** `npx luminode vault --broker ...`; throws with its error. */
	async book(...args: string[]): Promise<void> {
		let output = "";
		const sink = new Writable({
			write: (chunk, _encoding, done) => {
				output += String(chunk);
				done();
			},
		});
		const code = await accountBook(["--vault", this.#vault, "--site", this.site, ...args], {
			stdin: new PassThrough(),
			stdout: sink,
			stderr: sink,
			environment: { LUMINODE_PASSPHRASE: PHRASE },
			now: () => new Date(),
		});
		if (code !== 0) throw new Error(output);
	}

	/** mosquitto with a certificate for each lamp, whose name is the account. */
	mosquittoByCertificate(): Promise<Secured> {
		return this.#mosquitto("mosquitto-certificates.conf", (text) => text);
	}

	/** `more`: lines of the configuration. */
	mosquitto(isTls = true, more: readonly string[] = []): Promise<Secured> {
		return this.#mosquitto(
			"mosquitto-passwords.conf",
			(text) =>
				text.replace(isTls ? /$^/ : /^(certfile|keyfile|tls_version).*\n/gm, "") + more.join("\n"),
		);
	}

	async #mosquitto(file: string, change: (text: string) => string): Promise<Secured> {
		const brokerFolder = join(this.folder, "mosquitto");
		await this.book("--broker", "mosquitto", brokerFolder);
		const port = await freePort();
		writeFileSync(join(brokerFolder, "broker.pem"), this.server.cert);
		writeFileSync(join(brokerFolder, "broker.key"), this.server.key);
		writeFileSync(join(brokerFolder, "ca.pem"), this.authority.ca);
		const ready = readFileSync(join(ROOT, "city/files", file), "utf8")
			.replaceAll("/etc/mosquitto/luminode", brokerFolder)
			.replace("listener 8883", `listener ${port} 127.0.0.1`);
		const included = join(brokerFolder, "conf.d");
		mkdirSync(included, { recursive: true });
		writeFileSync(join(included, file), `${change(ready)}\n`);
		// the ready file is where its header says: inside Debian's own
		const debian = readFileSync("/etc/mosquitto/mosquitto.conf", "utf8")
			.replace("/var/lib/mosquitto/", `${brokerFolder}/`)
			.replace(/^log_dest.*$/m, "log_dest stderr")
			.replaceAll("/etc/mosquitto/conf.d", included);
		writeFileSync(join(brokerFolder, "mosquitto.conf"), `user root\n${debian}\n`);
		const args = ["-c", join(brokerFolder, "mosquitto.conf"), "-v"];
		const program = new Program("/usr/sbin/mosquitto", args);
		await program.says(/mosquitto version .* running/);
		return {
			ports: [port],
			pid: () => program.pid!,
			get output() {
				return program.output;
			},
			reload: async () => {
				process.kill(program.pid!, "SIGHUP");
				await program.says(/Reloading config/);
			},
			add: async (folder) => {
				for (const name of ["passwords", "acl"])
					appendFileSync(join(brokerFolder, name), readFileSync(join(folder, name)));
				process.kill(program.pid!, "SIGHUP");
				await program.says(/Reloading config/);
			},
			kill: async () => void (await program.stop("SIGKILL")),
			stop: async () => void (await program.stop()),
		};
	}

	async rabbitmq(isTls = true, count: 1 | 3 = 1): Promise<Secured> {
		const brokerFolder = join(this.folder, `rabbitmq-${count}`);
		await this.book("--broker", "rabbitmq", brokerFolder);
		const { cert, key } = this.server;
		const broker = await new RabbitMQ().start(
			{
				definitions: readFileSync(join(brokerFolder, "definitions.json"), "utf8"),
				...(isTls ? { tls: { ca: this.authority.ca, cert, key } } : {}),
			},
			count,
		);
		return {
			ports: broker.ports,
			pid: (index) => broker.pid(index),
			get output() {
				return broker.output;
			},
			reload: async () => {
				broker.ctl("import_definitions", join(brokerFolder, "increment.json"));
				for (const user of readFileSync(join(brokerFolder, "revoked"), "utf8")
					.split("\n")
					.filter(Boolean))
					broker.ctl("delete_user", user);
			},
			add: async (folder) =>
				void broker.ctl("import_definitions", join(folder, "definitions.json")),
			kill: (index) => broker.kill(index),
			stop: () => broker.stop(),
		};
	}

	/** The folder of the files of that broker. */
	files(form: "mosquitto" | "rabbitmq"): string {
		return join(this.folder, form === "mosquitto" ? form : "rabbitmq-1");
	}

	dispose(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
