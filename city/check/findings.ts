/**
 * Findings: the result of a check of a broker, with the remedy.
 */
import type { Address } from "../broker.js";
import type { Peer } from "./peer.js";

export type Verdict = "pass" | "fail" | "advice" | "not shown";

export interface Finding {
	readonly verdict: Verdict;
	/** The observation, in words. */
	readonly seen: string;
}

/** One property of a broker that the contract needs. */
export interface Check {
	readonly name: string;
	/** A broker without it cannot be used; otherwise it is only worth knowing. */
	readonly isNeeded: boolean;
	/** Settings that remedy a failure. */
	readonly remedy: string;
	run(context: Context): Promise<Finding>;
}

/** Accounts, names and patience of a run. */
export interface Context {
	readonly lamp: Account;
	readonly desk: Account;
	readonly alarm: Account;
	/** Topics begin with it: `{root}/{site}/{node}`. */
	readonly topicPrefix: string;
	/** Topics of the site. */
	readonly site: string;
	/** ms for each message. */
	readonly within: number;
	/** Messages of the flood, and of a queue. */
	readonly flood: number;
	/** Shell command that ends one node of a cluster. */
	readonly kill: string | undefined;
	/** Shell commands that end the broker, in order or as a loss of power does, and start it again. */
	readonly restart: string | undefined;
	readonly crash: string | undefined;
	/** Connections of the check, which are closed behind it. */
	readonly peers: Peer[];
	now(): number;
}

interface Account {
	readonly address: Address;
	readonly clientId: string;
}

export const pass = (seen: string): Finding => ({ verdict: "pass", seen });
export const fail = (seen: string): Finding => ({ verdict: "fail", seen });
/** A property that a broker may lack, of a check whose other failures count. */
export const advice = (seen: string): Finding => ({ verdict: "advice", seen });
export const notShown = (seen: string): Finding => ({ verdict: "not shown", seen });

export function judged(isRight: boolean, seen: string, otherwise = seen): Finding {
	return isRight ? pass(seen) : fail(otherwise);
}
