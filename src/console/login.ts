/**
 * Login: before it a stranger learns the product and the node's name, and nothing else
 * (ETSI EN 303 645, 5.6-2).
 *
 * A lamp that has no secret yet takes one from whoever comes first, and does nothing else at the pole
 * before: so no lamp can be commissioned and left without (5.1-1).
 */
import type { Millis } from "../units.js";
import { type Answer, refused, said } from "./answer.js";
import type { Talk } from "./command.js";
import { parted, usage } from "./lines.js";
import type { ConsoleOwner } from "./owner.js";
import { isSecret, SECRET_MAX, SECRET_MIN } from "./secret.js";
import { fill, TEXTS } from "./texts.js";

/** Of what docs/console.md says of the plain mode. */
const PLAIN_VERSION = 1;

/** What is said to whoever types first. */
export function greeting({ owner, gate }: Talk): string {
	const texts = TEXTS[owner.language];
	const text = fill(texts.greeting, nameOf(owner));
	return gate.isNew ? `${text}\r\n${texts.noSecret}` : text;
}

/** As the broker knows it: a lamp without a name goes by its serial number. */
function nameOf({ view: { identity } }: ConsoleOwner): string {
	return identity.node || identity.serial;
}

/** A line of someone who is not logged in. */
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

/** `secret NEW`; without NEW it proposes one. */
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

/** `mark` is repeated: by it a script tells this answer from the late ones to what it asked before. */
export function plain(mark: string, talk: Talk): Answer {
	if (!isMark(mark)) return usage("plain [MARK]", talk.owner);
	talk.isPlain = true;
	const state = talk.isOpen ? "open" : talk.gate.isNew ? "new" : "closed";
	return said(`plain ${PLAIN_VERSION} ${state} ${nameOf(talk.owner)} ${mark}`.trimEnd());
}

/** One word that is too short for a secret, or nothing. */
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
