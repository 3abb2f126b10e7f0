/**
 * Claim: one process at a time does some work of a site, on any machine: an advisory lock of
 * PostgreSQL, or a lock on a file beside that of SQLite. Its end, also by a kill, gives the claim up.
 */
import pg from "pg";
import { Trouble } from "../lib/text/trouble.js";
import { isServer, serverOf } from "./database.js";
import { failure } from "./program.js";
import { sqliteFile } from "./sqlite.js";

/** ms after which a claim that another has is refused: a process that was killed still ends. */
const FREE_WITHIN = 2_000;
const TRY_EACH = 200;
/** First key of the lock: those of other software at the server are others. */
const CLASS = 0x6c756d69;
/** A machine that is gone loses its claim within a minute. */
const ALIVE =
	"set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";

export interface Claim {
	/** Rejects when another process may have it. */
	readonly lost: Promise<never>;
	release(): Promise<void>;
}

/** Claims a program's work for a site; throws `Trouble` if another process has it. */
export async function claim(
	address: string,
	passwordFile: string | undefined,
	{ program, site }: { readonly program: string; readonly site: string },
): Promise<Claim> {
	const attempt = isServer(address)
		? () => atServer(serverOf(address, passwordFile), `${program} ${site}`)
		: () => inFile(`${address}-${program}-${site}`);
	for (let waited = 0; waited <= FREE_WITHIN; waited += TRY_EACH) {
		const granted = await attempt();
		if (granted) return granted;
		await new Promise((resolve) => setTimeout(resolve, TRY_EACH));
	}
	throw new Trouble(
		`${program} of ${site} runs already at --database ${address}, and may run once: end the other ` +
			"one, or give this one another --site",
	);
}

/** Undefined: another has it. */
async function atServer(connectionString: string, work: string): Promise<Claim | undefined> {
	const client = new pg.Client({ connectionString, keepAlive: true });
	const { failed: lost, fail } = failure();
	const gone = () => fail(new Trouble("the database has closed the connection of the claim"));
	client.on("error", gone).on("end", gone);
	await client.connect();
	await client.query(ALIVE);
	const lock = "select pg_try_advisory_lock($1, hashtext($2)) as is_own";
	const { rows } = await client.query<{ is_own: boolean }>(lock, [CLASS, work]);
	const release = () => client.end();
	if (rows[0]?.is_own) return { lost, release };
	await release();
	return undefined;
}

async function inFile(path: string): Promise<Claim | undefined> {
	const file = await sqliteFile(path);
	try {
		file.exec("BEGIN EXCLUSIVE");
	} catch {
		file.close();
		return undefined;
	}
	return { lost: new Promise(() => {}), release: async () => file.close() };
}
