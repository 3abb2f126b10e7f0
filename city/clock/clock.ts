/**
 * Clock: `npx luminode clock`: answers each lamp that asks for the time (docs/broker.md,
 * `clock/question`), so that nobody between a time server and a lamp can give it a false date.
 *
 * One connection, no database. Without a connection, or while the broker does not read, an answer is
 * left out: a late one is useless, and the lamp asks again.
 */
import type { MqttClient } from "mqtt";
import { joined, left, listen } from "../broker.js";
import { CLOCK as TOPICS } from "../contract.js";
import { DONE, failure, framed, noMore, type Station } from "../program.js";
import { subscribed } from "../subscriptions.js";
import { BROKER, type Frame, text } from "../words.js";
import { Answers } from "./answers.js";
import { type Synchronised, synchronised } from "./synchronised.js";

/** ms between two looks at this machine's clock. */
const LOOK_EACH = 60_000;
export const CLOCK = {
	command: "clock",
	usage: `usage: luminode clock [OPTION ...]

Answers each lamp that asks for the time over TLS with the time of this machine, and answers none
while the clock of this machine is not synchronised with a time server.
`,
	exits: "Exit code: 0 ended, 2 no connection or an invalid option.",
	words: {
		...BROKER,
		synchronised: text(
			"COMMAND",
			"ends with 0 while this machine's clock is synchronised; without it timedatectl is asked",
			{ examples: ["chronyc waitsync 1 0.1"] },
		),
	},
} as const satisfies Frame;

/** Sentences of the state of this machine's clock, when it changes. */
const SENTENCES: Readonly<Record<Synchronised, string>> = {
	yes: "the clock of this machine is synchronised: lamps are answered",
	no: "the clock of this machine is not synchronised: no lamp is answered until it is",
	unknown:
		"timedatectl does not say whether the clock of this machine is synchronised: lamps are " +
		"answered; to be sure give --synchronised COMMAND, e.g. --synchronised 'chronyc waitsync 1 0.1'",
};

/** Runs the program. @returns its exit code */
export function clock(
	args: readonly string[],
	station: Station,
	lookEach = LOOK_EACH,
): Promise<number> {
	return framed(CLOCK, args, station, async (values, [odd]) => {
		noMore(odd);
		const { root, site, synchronised: command } = values;
		let state: Synchronised | undefined;
		const look = async () => {
			const now = await synchronised(command);
			if (now !== state) station.stderr.write(`clock: ${SENTENCES[now]}\n`);
			state = now;
		};
		await look();
		const client = await joined(values, station, { queueQoSZero: false });
		const answers = new Answers(root);
		client.on("message", (topic, payload, { retain: isRetained }) => {
			if (!takesMore(client)) return;
			const isOpen = state !== "no";
			const answer = answers.answerTo({ topic, payload, isRetained }, station.now(), isOpen);
			if (answer) client.publish(answer.topic, JSON.stringify(answer.body), { qos: 0 });
		});
		const { failed, fail } = failure();
		const questions = `${root}/${site ?? "+"}/+/${TOPICS.question}`;
		await subscribed(client, () => listen(client, [questions], 0), fail);
		let timer: NodeJS.Timeout | undefined;
		let isEnded = false;
		const lookLater = () => {
			if (!isEnded) timer = setTimeout(() => void look().then(lookLater), lookEach);
		};
		lookLater();
		try {
			station.stdout.write(`clock for ${root}/${site ?? "+"}; Ctrl-C ends it\n`);
			await Promise.race([station.ended, failed]);
		} finally {
			isEnded = true;
			clearTimeout(timer);
			client.removeAllListeners("message");
			await left(client);
		}
		return DONE;
	});
}

/** Whether the connection is up and its last bytes went out: else answers would wait in memory. */
function takesMore(client: MqttClient): boolean {
	return client.connected && !client.stream.writableNeedDrain;
}
