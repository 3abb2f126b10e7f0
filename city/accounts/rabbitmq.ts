/**
 * RabbitMQ: definitions of users and permissions for its MQTT plugin, in the format of
 * `rabbitmqctl import_definitions` (RabbitMQ 4.0, "Schema Definition Export and Import", "Access
 * Control", "MQTT Plugin").
 *
 * A topic of MQTT is a routing key of the exchange `amq.topic`, with `.` for `/`, `*` for `+`. A
 * subscription is a queue `mqtt-subscription-CLIENTqosN`, so the right to configure the queue of its
 * own serial number alone also binds a lamp's client identifier to its user. A hash is four bytes of
 * salt, then SHA-256 of salt and password.
 */
import { createHash, randomBytes } from "node:crypto";
import type { Account, Accounts, Role } from "./accounts.js";
import {
	type Rights,
	rightsOfLamp,
	rightsOfRole,
	rightsUnassigned,
	topicsBeside,
} from "./rights.js";

const SALT_BYTES = 4;
const HASHING = "rabbit_password_hashing_sha256";
const EXCHANGE = "amq.topic";
const VHOST = "/";

interface User {
	readonly name: string;
	readonly password_hash: string;
	readonly hashing_algorithm: string;
	readonly tags: readonly string[];
}

interface Permission {
	readonly user: string;
	readonly vhost: string;
	readonly configure: string;
	readonly write: string;
	readonly read: string;
}

type TopicPermission = Omit<Permission, "configure"> & { readonly exchange: string };

export interface Definitions {
	readonly vhosts: readonly { readonly name: string }[];
	readonly users: readonly User[];
	readonly permissions: readonly Permission[];
	readonly topic_permissions: readonly TopicPermission[];
}

export interface Scope {
	readonly root: string;
	readonly sites: readonly string[];
}

/** Definitions of all accounts; a hash of `before` that still fits stays as it is. */
export function definitionsOf(
	accounts: Accounts,
	scope: Scope,
	before: Definitions | undefined,
): Definitions {
	const known = new Map(before?.users?.map((user) => [user.name, user]));
	const user = (name: string, password: string): User => {
		const existing = known.get(name);
		return existing && fits(existing.password_hash, password) ? existing : userOf(name, password);
	};
	const { lamps, programs, serials } = accounts;
	return {
		vhosts: [{ name: VHOST }],
		users: [...lamps, ...programs].map((account) => user(account.user, account.password)),
		permissions: [
			...lamps.map((lamp) => permissionOf(lamp)),
			...programs.map((program) => permissionOf({ user: program.user }, serials && scope.sites)),
		],
		topic_permissions: [
			...lamps.map((lamp) => topicsOf(lamp.user, scope.root, rightsIn(lamp, scope))),
			...programs.map(({ user: name, role }) =>
				topicsOf(name, scope.root, rightsOfProgram(role, scope, serials), topicsBeside(role)),
			),
		],
	};
}

/** The part of `after` that `before` has not: new users, and changed ones with their permissions. */
export function incrementOf(after: Definitions, before: Definitions | undefined): Definitions {
	const rows: object[] = before
		? [...before.users, ...before.permissions, ...before.topic_permissions]
		: [];
	const old = new Set(rows.map((row) => JSON.stringify(row)));
	const isNew = (row: object) => !old.has(JSON.stringify(row));
	return {
		vhosts: after.vhosts,
		users: after.users.filter(isNew),
		permissions: after.permissions.filter(isNew),
		topic_permissions: after.topic_permissions.filter(isNew),
	};
}

function userOf(name: string, password: string): User {
	const hash = hashOf(password, randomBytes(SALT_BYTES));
	return { name, password_hash: hash, hashing_algorithm: HASHING, tags: [] };
}

function fits(hash: string, password: string): boolean {
	return hashOf(password, Buffer.from(hash, "base64").subarray(0, SALT_BYTES)) === hash;
}

function hashOf(password: string, salt: Buffer): string {
	const digest = createHash("sha256").update(salt).update(password, "utf8").digest();
	return Buffer.concat([salt, digest]).toString("base64");
}

/** `communes`: a program's client identifier has one of these sites, of several at the broker. */
function permissionOf(
	{ user, serial }: Pick<Account, "user"> & Partial<Account>,
	communes?: readonly string[],
): Permission {
	const named = communes?.map(
		(site) => `luminode-[a-z]+-${quoted(site)}(\\.[A-Za-z0-9_-]+)?|${quoted(site)}\\..*`,
	);
	const client = serial === undefined ? (named ? `(${named.join("|")})` : ".*") : quoted(serial);
	const queue = `mqtt-subscription-${client}qos[01]`;
	const both = `^(${quoted(EXCHANGE)}|${queue})$`;
	return { user, vhost: VHOST, configure: `^${queue}$`, write: both, read: both };
}

function topicsOf(
	user: string,
	root: string,
	rights: readonly Rights[],
	more: readonly string[] = [],
): TopicPermission {
	const patterns = (of: (grant: Rights) => readonly string[]) => {
		const topics = rights.flatMap((grant) => of(grant).map((topic) => `${root}/${topic}`));
		const all = [...new Set([...topics, ...more])].map(patternOf);
		return all.length === 0 ? "^$" : `^(${all.join("|")})$`;
	};
	const [write, read] = [patterns((grant) => grant.write), patterns((one) => one.read)];
	return { user, vhost: VHOST, exchange: EXCHANGE, write, read };
}

function rightsIn({ user, node, serial }: Account, { sites }: Scope): Rights[] {
	const named = sites.map((site) => rightsOfLamp(site, node ?? user));
	return [...named, rightsUnassigned(serial ?? user)];
}

function rightsOfProgram(
	role: Role,
	{ sites }: Scope,
	serials: readonly string[] | undefined,
): Rights[] {
	return sites.map((site) => rightsOfRole(site, role, serials));
}

/**
 * A filter of MQTT as a regular expression over routing keys and over the keys of bindings: `+`
 * permits one level or the wildcard itself.
 */
function patternOf(filter: string): string {
	return filter
		.split("/")
		.map((level) => (level === "+" ? "[^.]+" : level === "#" ? ".+" : quoted(level)))
		.join("\\.");
}

function quoted(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
