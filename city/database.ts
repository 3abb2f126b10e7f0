/**
 * Database: the one store of what must not be lost, behind one schema: a file of SQLite, with nothing
 * to administer, or PostgreSQL by its address, where several programs or machines share it.
 *
 * SQLite has a write-ahead log and `synchronous=FULL`: a commit has reached the disk when it returns.
 * Its driver has the interface of `node:sqlite`, which takes its place with Node 22, and comes with
 * its binaries: `npm ci` needs no compiler.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { Kysely, Migrator, PostgresDialect, type SqliteDatabase, SqliteDialect, sql } from "kysely";
import pg from "pg";
import { textOfFile, unwritable } from "../lib/files.js";
import { Trouble } from "../lib/text/trouble.js";
import { PLAIN_TEXTS } from "./plaintexts.js";
import { MIGRATIONS, type Schema } from "./schema.js";
import { sqliteFile } from "./sqlite.js";

export type Database = Kysely<Schema>;

/** ms that another program may hold the file. */
const BUSY_WITHIN = 5_000;
const CONNECTIONS = 4;
/** Of programs that start together one makes the policies. */
const POLICY_LOCK = 0x6c756d69;
/** Kysely has no lock for SQLite: of programs that start together one makes a step, the others try again. */
const TRIES = 20;
/** ms */
const TRY_EACH = 200;
/** A server that starts, recovers or is away for a moment is waited for: attempts, and ms between. */
const AWAY_TRIES = 60;
const AWAY_EACH = 500;
/** Object identifier of `bigint` in PostgreSQL, which `pg` would give as a text. */
const BIGINT = 20;

/**
 * Opens the database and brings its tables to this version; throws `Trouble`. `say`: a sentence, when
 * its server is waited for.
 */
export async function databaseOf(
	address: string,
	passwordFile?: string,
	say: (sentence: string) => void = () => {},
): Promise<Database> {
	const isShared = isServer(address);
	const dialect = isShared
		? new PostgresDialect({ pool: pool(address, passwordFile) })
		: new SqliteDialect({ database: await embedded(address) });
	const db = new Kysely<Schema>({ dialect, plugins: [PLAIN_TEXTS] });
	for (let tries = 1; ; tries++) {
		const error = await prepared(db, isShared);
		if (error === undefined) return db;
		const away = isShared ? awayOf(error) : undefined;
		if (tries >= (away ? AWAY_TRIES : isShared ? 1 : TRIES)) {
			await db.destroy();
			throw new Trouble(`--database ${address}: ${away ?? (error as Error).message}`);
		}
		if (away && tries === 1)
			say(`${away}; it is waited for, ${(AWAY_TRIES * AWAY_EACH) / 1000} s at most`);
		const wait = away ? AWAY_EACH : Math.random() * TRY_EACH;
		await new Promise((resolve) => setTimeout(resolve, wait));
	}
}

/** @returns what prevented it */
async function prepared(db: Database, isShared: boolean): Promise<unknown> {
	try {
		if (isShared) {
			await encoded(db);
			if (await isGuest(db)) return await compared(db);
		}
		const provider = { getMigrations: async () => MIGRATIONS };
		const { error } = await new Migrator({ db, provider }).migrateToLatest();
		if (error !== undefined) throw error;
		if (isShared) await separate(db);
		return undefined;
	} catch (error) {
		return error;
	}
}

/** A text of a lamp or a resident may have any character. */
async function encoded(db: Database): Promise<void> {
	const { rows } = await sql<{ readonly server_encoding: string }>`show server_encoding`.execute(
		db,
	);
	const [{ server_encoding: encoding } = { server_encoding: "" }] = rows;
	if (encoding !== "UTF8")
		throw new Trouble(`its encoding is ${encoding}; make one by createdb -E UTF8 -T template0`);
}

/** Whether the tables are there and another user's. */
async function isGuest(db: Database): Promise<boolean> {
	const found = await sql`select 1 from pg_class where relname = ${MIGRATED}
		and relnamespace = current_schema()::regnamespace
		and not pg_has_role(current_user, relowner, 'usage')`.execute(db);
	return found.rows.length > 0;
}

/** Kysely's table of the steps that were made: a guest may read it, and nothing else of Kysely's. */
const MIGRATED = "kysely_migration";
const LOCKED = "kysely_migration_lock";

/** Whether the tables have this version, for a user who may not change them; throws `Trouble`. */
async function compared(db: Database): Promise<void> {
	const made = await sql<{
		readonly name: string;
	}>`select name from ${sql.table(MIGRATED)}`.execute(db);
	const names = new Set(made.rows.map(({ name }) => name));
	if (Object.keys(MIGRATIONS).every((name) => names.has(name))) return;
	throw new Trouble(
		"its tables are of an earlier version: start a program of this version once as their owner",
	);
}

/**
 * A user `luminode-SITE` of PostgreSQL sees the rows of this site alone; the owner of the tables sees
 * all. Each table with a site is under this policy, also one that a later version adds. No other user
 * keeps a right to write into Kysely's own tables, by which it would end the programs of all.
 */
async function separate(db: Database): Promise<void> {
	await withdraw(db);
	await db.transaction().execute(async (change) => {
		const open = sql<{ readonly name: string }>`
			select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
			where relkind = 'r' and attname = 'site' and not relrowsecurity
			and relnamespace = current_schema()::regnamespace and relowner = current_user::regrole`;
		if ((await open.execute(change)).rows.length === 0) return;
		await sql`select pg_advisory_xact_lock(${POLICY_LOCK})`.execute(change);
		for (const { name } of (await open.execute(change)).rows) {
			const table = sql.table(name);
			await sql`create policy commune on ${table}
				using (current_user = 'luminode-' || site)`.execute(change);
			await sql`alter table ${table} enable row level security`.execute(change);
		}
	});
}

/** The command of docs/city.md of 0.1.0 granted these rights. */
async function withdraw(db: Database): Promise<void> {
	const writers = await sql<{ readonly grantee: string }>`
		select distinct grantee from information_schema.role_table_grants
		where table_schema = current_schema() and table_name in (${MIGRATED}, ${LOCKED})
		and grantee <> grantor
		and privilege_type <> 'SELECT'`.execute(db);
	for (const { grantee } of writers.rows) {
		const role = grantee === "PUBLIC" ? sql`public` : sql.id(grantee);
		await sql`revoke insert, update, delete, truncate, references, trigger
			on ${sql.table(MIGRATED)}, ${sql.table(LOCKED)} from ${role}`.execute(db);
	}
}

/** Whether it is a PostgreSQL. */
export function isServer(address: string): boolean {
	return /^postgres(ql)?:\/\//.test(address);
}

/** The address of a PostgreSQL with its password. */
export function serverOf(address: string, passwordFile?: string): string {
	const url = new URL(address);
	if (url.password !== "")
		throw new Trouble(
			"--database has a password in the URL, where other users of the machine can read it: use " +
				"--database-password-file FILE or the variable PGPASSWORD",
		);
	if (passwordFile !== undefined) url.password = textOfFile(passwordFile).split(/\r?\n/)[0]!;
	return String(url);
}

function pool(address: string, passwordFile?: string): pg.Pool {
	const connectionString = serverOf(address, passwordFile);
	pg.types.setTypeParser(BIGINT, Number);
	const made = new pg.Pool({ connectionString, max: CONNECTIONS });
	// a connection has ended: a transaction fails by its next query, and the next one opens another
	const ignore = () => {};
	made.on("error", ignore).on("connect", (client) => client.on("error", ignore));
	return made;
}

/** Errors of a PostgreSQL that ends, is away or starts. */
const AWAY = /^(ECONN\w+|EPIPE|57P0[123])$/;
const CUT = /^(Connection terminated|Client has encountered a connection error)/;

/** Classes of errors of a PostgreSQL that lacks disk, memory or connections, or whose system fails. */
const SHORT = /^(53|58)[0-9A-Z]{3}$/;
/** Codes of SQLite (sqlite.org/rescode.html): BUSY, LOCKED, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB. */
const REFUSALS: readonly unknown[] = [5, 6, 8, 10, 11, 13, 14, 26];

/** A sentence for an error of a database that has gone, or cannot be used; undefined: another error. */
export function awayOf(error: unknown): string | undefined {
	const about = Object(error) as { code?: unknown; errcode?: number; message?: string };
	const { code = "", errcode = 0, message } = about;
	const isAway = AWAY.test(`${code}`) || CUT.test(`${message}`);
	if (isAway) return `the database is away: ${message || code}`;
	const isRefused = SHORT.test(`${code}`) || REFUSALS.includes(errcode & 0xff);
	return isRefused ? `the database cannot be used: ${message}` : undefined;
}

/** The file as Kysely needs it. */
async function embedded(path: string): Promise<SqliteDatabase> {
	let file: Awaited<ReturnType<typeof sqliteFile>>;
	try {
		mkdirSync(dirname(path), { recursive: true });
		closeSync(openSync(path, "a", 0o600)); // the log beside it has the same rights
		file = await sqliteFile(path);
		file.exec(`PRAGMA busy_timeout=${BUSY_WITHIN}; PRAGMA journal_mode=WAL`);
		file.exec("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON");
	} catch (error) {
		if (error instanceof Trouble) throw error;
		throw unwritable(path, error);
	}
	return {
		close: () => file.close(),
		prepare(text) {
			// a full disk has ended the transaction: Kysely's rollback would hide that error
			const isOver = text === "rollback" && !file.isTransaction;
			const statement = file.prepare(isOver ? "select 1 where 0" : text);
			const given = (parameters: readonly unknown[]) => parameters as string[];
			return {
				reader: statement.columns().length > 0,
				all: (parameters) => statement.all(...given(parameters)),
				run: (parameters) => statement.run(...given(parameters)),
				iterate: (parameters) =>
					statement.iterate(...given(parameters)) as IterableIterator<unknown>,
			};
		},
	};
}
