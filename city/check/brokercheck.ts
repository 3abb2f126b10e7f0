/**
 * Broker check: `npx luminode broker-check`: qualifies a broker for the contract before a lamp is bought.
 *
 * Each check is a property of docs/broker.md or of MQTT 3.1.1 on which the lamps depend. Only topics
 * of one node are used; messages that were retained are removed.
 */
import { replaceFile, textOfFile } from "../../lib/files.js";
import { Trouble } from "../../lib/text/trouble.js";
import { type Address, addressOf } from "../broker.js";
import { DONE, FAILED, framed, noMore, type Station } from "../program.js";
import { BROKER, type Frame, integer, text } from "../words.js";
import { TIME } from "./clock.js";
import { CONNECTION } from "./connection.js";
import { DEATH, DELIVERY } from "./delivery.js";
import type { Check, Context, Finding, Verdict } from "./findings.js";
import { ENDS, EXPIRY } from "./kept.js";
import { Peer } from "./peer.js";
import { RETAINED } from "./retained.js";
import { RIGHTS } from "./rights.js";

export const CHECKS: readonly Check[] = [
	...CONNECTION,
	...RETAINED,
	...DELIVERY,
	...RIGHTS,
	...TIME,
	EXPIRY,
	...ENDS,
	DEATH,
];

const password = (program: string) =>
	text("FILE", `its password; or the variable LUMINODE_${program}_PASSWORD`);
export const CHECK = {
	command: "broker-check",
	usage: `usage: luminode broker-check URL [OPTION ...]

Qualifies a broker for the contract of docs/broker.md: retained messages, wills, sessions, order,
queues, rights, TLS, authenticated time. For a cluster give the nodes with commas between them.
`,
	exits: "Exit code: 0 fit, 1 a needed property is missing, 2 no connection or an invalid option.",
	words: {
		...BROKER,
		node: text("NAME", "node of the topics that are used (the account's name, else broker-check)"),
		client: text("NAME", "client identifier of the lamp, its serial number (the node)"),
		"desk-user": text("NAME", "account of the operator; without it rights are not shown"),
		"desk-password-file": password("DESK"),
		"alarm-user": text("NAME", "account of the alarm"),
		"alarm-password-file": password("ALARM"),
		patience: integer("MS", [50, 60_000], 2_000, "wait for each message"),
		flood: integer("N", [10, 100_000], 3_000, "orders of the flood"),
		kill: text("COMMAND", "ends one node of a cluster, in the last check of delivery"),
		restart: text("COMMAND", "stops the broker in order and starts it again"),
		crash: text(
			"COMMAND",
			"ends the broker as a loss of power does (kill -9), and starts it again",
		),
		only: {
			type: "array",
			value: "TEXT",
			description: "runs the checks whose name contains it; may be repeated",
		},
		json: text("FILE", "writes the findings"),
	},
} as const satisfies Frame;

export interface Line extends Finding {
	readonly name: string;
	readonly remedy: string | undefined;
}

/** Runs the program. @returns its exit code */
export function brokerCheck(args: readonly string[], station: Station): Promise<number> {
	return framed(CHECK, args, station, async (values, [url, odd]) => {
		noMore(odd);
		const lamp = addressOf({ ...values, broker: url ?? values.broker }, station.environment);
		const role = (name: "desk" | "alarm", otherwise: Address): Address => {
			const user = values[`${name}-user`];
			if (user === undefined) return otherwise;
			const file = values[`${name}-password-file`];
			const variable = station.environment[`LUMINODE_${name.toUpperCase()}_PASSWORD`];
			const password = file === undefined ? variable : textOfFile(file).split(/\r?\n/)[0];
			return { ...lamp, user, password };
		};
		const node = values.node ?? lamp.user ?? "broker-check";
		const clientId = values.client ?? node;
		const desk = role("desk", lamp);
		const alarm = role("alarm", desk);
		const site = `${values.root}/${values.site ?? "broker-check"}`;
		const context: Context = {
			lamp: { address: lamp, clientId },
			desk: { address: desk, clientId: `${clientId}-desk` },
			alarm: { address: alarm, clientId: `${clientId}-alarm` },
			site,
			topicPrefix: `${site}/${node}`,
			within: values.patience,
			flood: values.flood,
			kill: values.kill,
			restart: values.restart,
			crash: values.crash,
			peers: [],
			now: station.now,
		};
		const only = values.only ?? [];
		const checks = CHECKS.filter(
			({ name }) => only.length === 0 || only.some((text) => name.includes(text)),
		);
		if (checks.length === 0)
			throw new Trouble(
				`--only ${only.join()}: no check has that in its name, e.g. --only retained`,
			);
		const lines = await findings(context, checks, (line) => station.stdout.write(shown(line)));
		if (values.json !== undefined)
			replaceFile(values.json, `${JSON.stringify(lines, null, "\t")}\n`);
		const count = (verdict: Verdict) => lines.filter((line) => line.verdict === verdict).length;
		station.stdout.write(
			`\n${count("pass")} pass, ${count("fail")} fail, ${count("advice")} advice, ` +
				`${count("not shown")} not shown\n${verdictOf(lines, checks.length < CHECKS.length)}\n`,
		);
		return count("fail") > 0 ? FAILED : DONE;
	});
}

/** The word that would let a check run, in the reason of one that was not tried. */
const WORD = /--(desk-user|alarm-user|restart|crash)/;

/** The last line: whether the broker is fit, and words of the command line that show more of it. */
function verdictOf(lines: readonly Line[], isPart: boolean): string {
	const missing = lines.filter(({ verdict }) => verdict === "fail").length;
	const hidden = lines.filter(({ verdict }) => verdict === "not shown");
	const parts = [
		missing === 0
			? "fit"
			: `NOT FIT: ${missing} required ${missing === 1 ? "property is" : "properties are"} missing`,
	];
	const possible = hidden.filter(({ seen }) => WORD.test(seen));
	if (possible.length > 0) {
		const options = new Set(possible.map(({ seen }) => WORD.exec(seen)![0]));
		parts.push(`${possible.length} not tried: give ${[...options].join(", ")}`);
	}
	const others = hidden.length - possible.length;
	if (others > 0) parts.push(`${others} that this broker cannot show`);
	if (isPart) parts.push(`${lines.length} of ${CHECKS.length} checks were run (--only)`);
	return parts.join("; ");
}

/** Runs the checks in their order; throws `Trouble` if the broker cannot be reached at all. */
async function findings(
	context: Context,
	checks: readonly Check[],
	onLine: (line: Line) => void = () => {},
): Promise<Line[]> {
	for (const { address, clientId } of [context.lamp, context.desk, context.alarm])
		try {
			await (await Peer.open(address, { clientId }, context.within)).leave();
		} catch (error) {
			throw new Trouble(`${address.user ?? "anonymous (no --user)"}: ${(error as Error).message}`);
		}
	const lines: Line[] = [];
	for (const check of checks) {
		const { verdict, seen } = await check
			.run(context)
			.catch(({ message }: Error): Finding => ({ verdict: "fail", seen: message }));
		for (const peer of context.peers.splice(0)) await peer.leave();
		if (verdict === "fail") await removeRetained(context); // the check may have been cut
		const isBad = verdict === "fail" || verdict === "advice";
		const line: Line = {
			name: check.name,
			verdict: isBad && !check.isNeeded ? "advice" : verdict,
			seen,
			remedy: isBad ? check.remedy : undefined,
		};
		lines.push(line);
		onLine(line);
	}
	return lines;
}

/** Removes every message that a check may have retained, each by the account that may. */
async function removeRetained({ lamp, desk, topicPrefix, within }: Context): Promise<void> {
	const kinds = [
		[lamp, ["state", "status"]],
		[desk, ["settings/desired/light"]],
	] as const;
	for (const [{ address, clientId }, topics] of kinds) {
		const peer = await Peer.open(address, { clientId }, within).catch(() => undefined);
		for (const kind of topics) await peer?.publish(`${topicPrefix}/${kind}`, "", true);
		await peer?.leave();
	}
}

function shown({ name, verdict, seen, remedy }: Line): string {
	const word = verdict === "fail" ? "FAIL" : verdict;
	const set = remedy === undefined ? "" : `\n           set: ${remedy}`;
	return `${word.padEnd(10)} ${name}: ${seen}${set}\n`;
}
