/**
 * Mosquitto: password file and ACL, in the formats of mosquitto 2.0 (mosquitto_passwd(1),
 * mosquitto.conf(5)).
 *
 * A line is `USER:$7$ITERATIONS$SALT$HASH`: PBKDF2 with HMAC-SHA-512, salt of 12 bytes, hash of 64,
 * both in base 64. The passwords have 144 random bits, so the iterations are mosquitto's own 101: a
 * city that comes back connects 333 times a second.
 */
import { pbkdf2Sync, randomBytes, timingSafeEqual } from "node:crypto";
import type { Accounts } from "./accounts.js";
import {
	type Rights,
	rightsOfLamp,
	rightsOfRole,
	rightsUnassigned,
	topicsBeside,
} from "./rights.js";

const ITERATIONS = 101;
const SALT_BYTES = 12;
const HASH_BYTES = 64;
const LINE = /^([^:]+):\$7\$(\d+)\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/;

/** The password file; a line of `before` that still fits its password stays as it is. */
export function passwordFile({ lamps, programs }: Accounts, before = ""): string {
	const known = new Map<string, string>();
	for (const line of before.split("\n")) {
		const user = LINE.exec(line)?.[1];
		if (user !== undefined) known.set(user, line);
	}
	const lines = [...lamps, ...programs].map(({ user, password }) => {
		const line = known.get(user);
		return line !== undefined && fits(line, password) ? line : lineOf(user, password);
	});
	return `${lines.join("\n")}\n`;
}

export function lineOf(user: string, password: string): string {
	const salt = randomBytes(SALT_BYTES);
	const hash = hashOf(password, salt, ITERATIONS, HASH_BYTES);
	return `${user}:$7$${ITERATIONS}$${salt.toString("base64")}$${hash.toString("base64")}`;
}

function fits(line: string, password: string): boolean {
	const [, , iterations, salt, hash] = LINE.exec(line)!;
	const wanted = Buffer.from(hash!, "base64");
	const made = hashOf(password, Buffer.from(salt!, "base64"), Number(iterations), wanted.length);
	return timingSafeEqual(made, wanted);
}

function hashOf(password: string, salt: Buffer, iterations: number, bytes: number): Buffer {
	return pbkdf2Sync(password, salt, iterations, bytes, "sha512");
}

/**
 * The ACL. Lamps that are users by their node's name share `pattern` lines for its topics; a pattern
 * also holds for a program, so its own name is denied to each. The topics before a lamp has a site are
 * those of its serial number: a client identifier (`%c`) is free for anybody to take.
 */
export function accessFile(
	accounts: Accounts,
	{ root, sites }: { readonly root: string; readonly sites: readonly string[] },
): string {
	const users = accounts.lamps;
	const isShared = users.every(({ user, node }) => user === node);
	const lines = [
		"# Written by `npx luminode vault --broker mosquitto`; changes by hand are lost.",
		"# The user of a lamp (%u) is the name of its pole.",
	];
	const lampRights = sites.map((site) => rightsOfLamp(site, "%u"));
	if (isShared) lines.push(...grants("pattern", root, lampRights));
	for (const { user, role } of accounts.programs) {
		const rights = sites.map((site) => rightsOfRole(site, role, accounts.serials));
		lines.push("", `user ${user}`, ...grants("topic", root, rights));
		if (isShared) lines.push(...sites.map((site) => `topic deny ${root}/${site}/${user}/#`));
		lines.push(...topicsBeside(role).map((topic) => `topic readwrite ${topic}`));
	}
	for (const { user, node, serial } of users) {
		const named = isShared ? [] : sites.map((site) => rightsOfLamp(site, node ?? user));
		const rights = [...named, ...(serial === undefined ? [] : [rightsUnassigned(serial)])];
		if (rights.length > 0) lines.push("", `user ${user}`, ...grants("topic", root, rights));
	}
	return `${lines.join("\n")}\n`;
}

/** Lines of the ACL, each once. */
function grants(verb: "topic" | "pattern", root: string, rights: readonly Rights[]): string[] {
	const lines = rights.flatMap(({ write, read }) => [
		...write.map((topic) => `${verb} write ${root}/${topic}`),
		...read.map((topic) => `${verb} read ${root}/${topic}`),
	]);
	return [...new Set(lines)];
}
