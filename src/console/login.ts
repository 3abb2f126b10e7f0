/**
 * Login: the console before and at a login.
 *
 * Before a login it reveals the product and the node's name, and nothing else (ETSI EN 303 645,
 * 5.6-2). A lamp without a secret accepts one from the first user, and no other command at the pole
 * before: so no lamp can be commissioned and left without a secret (5.1-1).
 */
import type { Millis } from "../units.js";
import { type Answer, refused, said } from "./answer.js";
import type { Talk } from "./command.js";
import { parted, usage } from "./lines.js";
import type { ConsoleOwner } from "./owner.js";
import { isSecret, SECRET_MAX, SECRET_MIN } from "./secret.js";
import { fill, TEXTS } from "./texts.js";

/** Version of the plain mode in docs/console.md. */
const PLAIN_VERSION = 1;

/** The text after the first byte of a session. */
export function greeting({ owner, gate }: Talk): string {
	const texts = TEXTS[owner.language];
	const text = fill(texts.greeting, nameOf(owner));
	return gate.isNew ? `${text}\r\n${texts.noSecret}` : text;
}

/** The name at the broker; a lamp without a name has its serial number instead. */
function nameOf({ view: { identity } }: ConsoleOwner): string {
	return identity.node || identity.serial;
}

/** Handles a line before a login. */
export function admit(line: string, talk: Talk): Answer {
	const [word, rest] = parted(line);
	const texts = TEXTS[talk.owner.language];
	if (word === "plain" && isMark(rest)) return plain(rest, talk);
	if (rest === "" && word === "interactive") return interactive(talk);
	if (talk.gate.isNew)
		return word === "secret" ? setSecret(rest, talk) : refused("new", texts.noSecret);
	const isLogin = word === "login";
	if (talk.isPlain && !isLogin) return refused("closed", texts.closed);
	return login(isLogin ? rest : line.trim(), talk);
}

function login(secret: string, talk: Talk): Answer {
	const { owner, gate, now } = talk;
	const texts = TEXTS[owner.language];
	if (!isSecret(secret)) return refused("badSecret", fill(texts.badSecret, range()));
	const verdict = gate.guess(secret, now);
	owner.onLogin(verdict === "right");
	if (verdict === "right") {
		talk.isOpen = true;
		return said(fill(texts.loggedIn, owner.view.identity.swVersion));
	}
	const { isLookedAt, wait } = verdict;
	const seconds = secondsOf(wait);
	const reason = isLookedAt ? "wrongSecret" : "wait";
	return refused(reason, talk.isPlain ? seconds : fill(texts[reason], seconds));
}

/** `secret NEW`; without NEW a proposal is printed. */
export function setSecret(rest: string, talk: Talk): Answer {
	const { owner, gate } = talk;
	const texts = TEXTS[owner.language];
	if (rest === "") return said(fill(texts.proposal, gate.proposal()));
	if (!isSecret(rest)) return refused("badSecret", fill(texts.badSecret, range()));
	if (!gate.set(rest)) return refused("notDone", fill(texts.notDone, "storeFailure"));
	owner.onSecret();
	talk.isOpen = true;
	return said(texts.secretSet);
}

/** `mark` is repeated: it distinguishes this answer from late ones to earlier commands. */
export function plain(mark: string, talk: Talk): Answer {
	if (!isMark(mark)) return usage("plain [MARK]", talk.owner);
	talk.isPlain = true;
	const state = talk.isOpen ? "open" : talk.gate.isNew ? "new" : "closed";
	return said(`plain ${PLAIN_VERSION} ${state} ${nameOf(talk.owner)} ${mark}`.trimEnd());
}

/** One word that is too short for a secret, or an empty text. */
function isMark(text: string): boolean {
	return text.length < SECRET_MIN && !text.includes(" ");
}

export function interactive(talk: Talk): Answer {
	talk.isPlain = false;
	return {};
}

export function logout(talk: Talk): Answer {
	talk.isOver = true;
	return said(TEXTS[talk.owner.language].loggedOut);
}

function range(): string {
	return `${SECRET_MIN}-${SECRET_MAX}`;
}

function secondsOf(span: Millis): string {
	return `${Math.ceil(span / 1000)}`;
}
