/**
 * Accounts: the users of the broker, made from the vault: one for each lamp, one for each program.
 *
 * The user of a lamp is the name of its pole, as in the site file's column `brokerUser`; or its
 * serial number, for lamps that are assigned to poles by the operator. The password is the vault's
 * `brokerPassword` of that lamp, made here if there is none, so that `npx luminode provision` writes the
 * same one into the lamp.
 */
import { randomBytes } from "node:crypto";
import { type Text, verbatim } from "../../lib/text/bilingual.js";
import { Trouble } from "../../lib/text/trouble.js";
import type { Content, LampSecrets } from "../../lib/vault/vault.js";
import { accountText } from "./texts.js";

/** Programs at the broker, with an account each; `assistant` is Home Assistant. */
export const ROLES = Object.freeze([
	"desk",
	"alarm",
	"reader",
	"bridge",
	"citizens",
	"traffic",
	"clock",
	"assistant",
] as const);
export type Role = (typeof ROLES)[number];
/** An operator's account, with the rights of the desk: `desk-anna`. */
export const OPERATOR = /^desk-[A-Za-z0-9_-]{1,27}$/;

/** The account of a program or an operator. */
export interface Program {
	readonly user: string;
	readonly role: Role;
	readonly password: string;
}

export interface Account {
	readonly user: string;
	readonly password: string;
	/** The pole in the topics; undefined: the lamp has none yet. */
	readonly node: string | undefined;
	/** The MQTT client identifier; undefined: not known before the first visit. */
	readonly serial: string | undefined;
}

export interface Accounts {
	readonly lamps: readonly Account[];
	readonly programs: readonly Program[];
	/** Serial numbers of a commune beside others at its broker; absent: the broker is its own. */
	readonly serials?: readonly string[] | undefined;
	/** Users that must be gone from the broker. */
	readonly revoked: readonly string[];
	/** Lamps in the vault that have no account, with the reason. */
	readonly without: readonly Text[];
}

export interface Naming {
	readonly by: "node" | "serial";
	/** Users are `SITE.NAME`: of this one of several communes at a broker. */
	readonly commune?: string | undefined;
	/** Pole of a serial number, of the site file; the vault's own name otherwise. */
	readonly nodes: ReadonlyMap<string, string>;
}

const PASSWORD_BYTES = 18; // 24 characters of base 64
/** A name that fits a password file, an ACL and one level of a topic. */
const NAME = /^[A-Za-z0-9_-]{1,32}$/;

/** Content with a password for every lamp, program and operator; the same object if all had one. */
export function withPasswords(content: Content, operators: readonly string[] = []): Content {
	const lacks = ({ settings, revoked }: LampSecrets) =>
		revoked === undefined && settings?.brokerPassword === undefined;
	const roles = { ...content.roles };
	const users = [...ROLES, ...operators.map((name) => `desk-${name}`)];
	for (const user of users) roles[user] ??= password();
	const isWhole = users.every((user) => content.roles?.[user] !== undefined);
	if (isWhole && !content.lamps.some(lacks)) return content;
	const lamps = content.lamps.map((lamp) =>
		lacks(lamp) ? { ...lamp, settings: { ...lamp.settings, brokerPassword: password() } } : lamp,
	);
	return { ...content, lamps, roles };
}

/** Content in which the operator has no account any more; undefined: there is none of that name. */
export function withoutOperator(content: Content, user: string): Content | undefined {
	const { [user]: role, ...roles } = content.roles ?? {};
	return role === undefined || !OPERATOR.test(user) ? undefined : { ...content, roles };
}

/** Content in which the lamp of that name has no account any more. */
export function revoked(content: Content, lamp: LampSecrets, now: Date): Content {
	const { brokerPassword: _, ...settings } = lamp.settings ?? {};
	const after = { ...lamp, settings, revoked: now.toISOString() };
	return {
		...content,
		lamps: content.lamps.map((lampSecrets) =>
			lampSecrets.secret === lamp.secret ? after : lampSecrets,
		),
	};
}

export function accountsOf(content: Content, naming: Naming): Accounts {
	const lamps = new Map<string, Account>();
	const gone = new Set<string>();
	const without: Text[] = [];
	for (const lamp of content.lamps) {
		const { serial, nodes } = lamp;
		const node = (serial && naming.nodes.get(serial)) || nodes.at(-1);
		const isBySerial = naming.by === "serial";
		const plain = isBySerial ? serial : node;
		const name = serial ?? node;
		const called = name === undefined ? accountText("made", lamp.made) : verbatim(name);
		// the session of a lamp of a commune is bound to its serial number
		const lacksSerial = serial === undefined && (isBySerial || naming.commune !== undefined);
		if (plain === undefined || lacksSerial) {
			without.push(accountText(lacksSerial ? "noSerialYet" : "noNodeYet", called));
			continue;
		}
		const isTaken = (ROLES as readonly string[]).includes(plain) || OPERATOR.test(plain);
		if (!NAME.test(plain) || isTaken)
			throw new Trouble(accountText("badName", called, JSON.stringify(plain), ROLES.join(", ")));
		const user = userOf(plain, naming);
		const before = lamps.get(user);
		if (lamp.revoked !== undefined) {
			if (!before) gone.add(user);
			continue;
		}
		// the vault lists the latest lamp of a pole last
		if (before) without.push(accountText("placeTaken", before.serial ?? user, called, user));
		const { brokerPassword } = lamp.settings ?? {};
		lamps.set(user, { user, password: brokerPassword!, node, serial });
		gone.delete(user);
	}
	const operators = Object.keys(content.roles ?? {}).filter((user) => OPERATOR.test(user));
	const isShared = (name: string) => naming.commune !== undefined && AT_HOME.includes(name);
	const names = [...ROLES, ...operators].filter((name) => !isShared(name));
	const programs = names.map((name) => ({
		user: userOf(name, naming),
		role: OPERATOR.test(name) ? ("desk" as const) : (name as Role),
		password: content.roles![name]!,
	}));
	const all = [...lamps.values()];
	const serials = naming.commune === undefined ? undefined : all.map(({ serial }) => serial!);
	return { lamps: all, programs, serials, revoked: [...gone], without };
}

/** Topics of Home Assistant have no site, so its programs need a broker of one commune. */
const AT_HOME: readonly string[] = ["bridge", "assistant"];

function userOf(name: string, { commune }: Naming): string {
	return commune === undefined ? name : `${commune}.${name}`;
}

function password(): string {
	return randomBytes(PASSWORD_BYTES).toString("base64url");
}
