/**
 * Login: the console before and at a login.
 *
 * Before a login it reveals the product and the node's name, and nothing else (ETSI EN 303 645,
 * 5.6-2). A lamp without a secret accepts one from the first user, and no other command at the pole
 * before: so no lamp can be commissioned and left without a secret (5.1-1).
 */
import type { JournalReader } from "../journal/journal.js";
import { isJsonRejection, parseObject } from "../json.js";
import type { Millis } from "../units.js";
import { type Answer, refused, sentence } from "./answer.js";
import type { Talk } from "./command.js";
import { denied, notDone, parted, stateText, success, usage } from "./lines.js";
import type { ConsoleOwner } from "./owner.js";
import { lacksKey } from "./print.js";
import { isSecret, SECRET_MAX, SECRET_MIN } from "./secret.js";
import { say, wordOf } from "./texts.js";

/** Version of the plain mode in docs/console.md. */
const PLAIN_VERSION = 1;

/** The text after the first byte of a session. */
export function greeting({ owner, gate }: Talk): string {
	const { language } = owner;
	const text = say(language, "greeting", nameOf(owner));
	return gate.isNew ? `${text}\r\n${say(language, "noSecret")}` : text;
}

/** The name at the broker; a lamp without a name has its serial number instead. */
function nameOf({ view: { identity } }: ConsoleOwner): string {
	return identity.node || identity.serial;
}

/** Handles a line before a login. */
export function admit(line: string, talk: Talk): Answer {
	const [word, rest] = parted(line);
	const { owner } = talk;
	if (word === "plain" && isMark(rest)) return plain(rest, talk);
	if (rest === "" && word === "interactive") return interactive(talk);
	if (talk.gate.isNew)
		return word === "secret" ? setSecret(rest, talk) : denied("new", owner, "noSecret");
	const isLogin = word === "login";
	if (talk.isPlain && !isLogin) return denied("closed", owner, "closed");
	return login(isLogin ? rest : line.trim(), talk);
}

function login(secret: string, talk: Talk): Answer {
	const { owner, gate, now } = talk;
	if (!isSecret(secret)) return bad(talk);
	const verdict = gate.guess(secret, now);
	const { language, journal } = owner;
	const reverted = revertedIn(journal); // since the login before: this one becomes an entry, too
	owner.onLogin(verdict === "right");
	if (verdict === "right") {
		talk.isOpen = true;
		const { identity } = owner.view;
		const gap = talk.isPlain ? " " : "\r\n";
		let text = say(language, "loggedIn", identity.swVersion);
		if (lacksKey(identity)) text += gap + say(language, "lacksKey");
		if (reverted !== undefined)
			text += gap + say(language, "takenBack", wordOf(language, reverted));
		if (owner.trial) text += gap + stateText(owner);
		return sentence(text);
	}
	const { isLookedAt, wait } = verdict;
	const seconds = secondsOf(wait);
	const reason = isLookedAt ? "wrongSecret" : "wait";
	return refused(reason, talk.isPlain ? seconds : say(language, reason, seconds));
}

/** `secret NEW`; without NEW a proposal is printed. */
export function setSecret(rest: string, talk: Talk): Answer {
	const { owner, gate, isPlain } = talk;
	if (rest === "") return isPlain ? success(owner, "proposalPlain", gate.proposal()) : typed(talk);
	if (!isSecret(rest)) return bad(talk);
	if (!gate.set(rest)) return notDone(owner, "storeFailure");
	owner.onSecret();
	talk.isOpen = true;
	return success(owner, "secretSet");
}

/** A new secret, typed twice and not shown. */
function typed(talk: Talk): Answer {
	const { owner, gate } = talk;
	const { language } = owner;
	let first: string | undefined;
	return {
		ask: (index) =>
			index === 0 ? say(language, "proposal", gate.proposal()) : say(language, "again"),
		take(line) {
			if (line === undefined || !isSecret(line)) return bad(talk);
			if (first === undefined) {
				first = line;
				return undefined;
			}
			return first === line ? setSecret(line, talk) : denied("notDone", owner, "secretsDiffer");
		},
	};
}

/** The rule for a secret, with an example that is one. */
function bad({ owner, gate }: Talk): Answer {
	return denied("badSecret", owner, "badSecret", `${SECRET_MIN}-${SECRET_MAX}`, gate.proposal());
}

/** Why settings were reverted since the latest login, if they were. */
function revertedIn(journal: JournalReader): string | undefined {
	for (let seq = journal.newest; seq >= journal.oldest; seq -= 1) {
		const entry = journal.read(seq);
		if (entry?.type === "login") return undefined;
		if (entry?.type !== "settingsReverted") continue;
		const parsed = parseObject(entry.attributes, WHY);
		return isJsonRejection(parsed) ? "" : `${parsed.json.why}`;
	}
	return undefined;
}
const WHY: readonly string[] = Object.freeze(["why"]);

/** `mark` is repeated: it distinguishes this answer from late ones to earlier commands. */
export function plain(mark: string, talk: Talk): Answer {
	if (!isMark(mark)) return usage("plain [MARK]", talk.owner);
	talk.isPlain = true;
	const state = talk.isOpen ? "open" : talk.gate.isNew ? "new" : "closed";
	return sentence(`plain ${PLAIN_VERSION} ${state} ${nameOf(talk.owner)} ${mark}`.trimEnd());
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
	return success(talk.owner, "loggedOut");
}

function secondsOf(span: Millis): string {
	return `${Math.ceil(span / 1000)}`;
}
