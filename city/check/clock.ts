/** Checks of authenticated time: the answer to a lamp's question, and the accounts that may give it. */
import { randomBytes } from "node:crypto";
import { CLOCK, type ClockAnswer, objectOf } from "../contract.js";
import { asDesk, opened } from "./connection.js";
import { advice, type Check, type Context, fail, judged, notShown, pass } from "./findings.js";
import { OTHER, ofTwo, reaches } from "./rights.js";

const PROGRAM = "npx luminode clock, with the account clock (docs/time.md)";
/** A date further from this machine's is wrong, ms: two clocks that follow time servers agree in it. */
const AGREES = 5_000;

const answerTopic = ({ topicPrefix }: Context) => `${topicPrefix}/${CLOCK.answer}`;

export const TIME: readonly Check[] = [
	{
		name: "clock: a lamp's question for the time is answered",
		isNeeded: true,
		remedy: `${PROGRAM}; without it a lamp trusts its photocell and the technician's date alone`,
		async run(context) {
			const topic = answerTopic(context);
			const lamp = await opened(context);
			await lamp.subscribe(topic);
			const nonce = randomBytes(16).toString("hex");
			const asked = context.now();
			lamp.pass(`${context.topicPrefix}/${CLOCK.question}`, JSON.stringify({ nonce }));
			const [message] = await lamp.receive(topic);
			if (!message) return advice("no answer");
			const took = context.now() - asked;
			const answer = objectOf<ClockAnswer>(message.payload as Buffer);
			if (answer?.nonce !== nonce) return fail("the answer has another nonce");
			const off = (Number(answer.utc_ms) - asked - took / 2) / 1000;
			if (!(Math.abs(off) * 1000 <= AGREES + took))
				return fail(`the date is ${off.toFixed(1)} s from that of this machine`);
			return pass(`after ${took} ms, ${off.toFixed(1)} s from the clock of this machine`);
		},
	},
	{
		name: "clock: no answer is retained",
		isNeeded: true,
		remedy: `remove it with an empty retained message; answers come from ${PROGRAM}, never retained`,
		async run(context) {
			const lamp = await opened(context);
			await lamp.subscribe(answerTopic(context));
			const [message] = await lamp.receive(answerTopic(context), 1, context.within / 2);
			return judged(!message?.retain, "none", "one is given to a new subscription");
		},
	},
	{
		name: "rights: no lamp and no operator answers for the clock",
		isNeeded: true,
		remedy:
			"an ACL in which the account clock alone may publish clock/answer; " +
			"npx luminode vault --broker mosquitto|rabbitmq writes it",
		run: ofTwo(async (context) => {
			for (const topic of [answerTopic(context), `${context.site}/${OTHER}/${CLOCK.answer}`]) {
				const lamp = await opened(context);
				if (await reaches(context, lamp, topic)) return fail(`a lamp can publish to ${topic}`);
			}
			const topic = answerTopic(context);
			const lamp = await opened(context);
			if ((await lamp.subscribe(topic))?.[0] !== 1)
				return notShown(`the lamp may not subscribe to ${topic}`);
			const body = JSON.stringify({ nonce: randomBytes(16).toString("hex"), utc_ms: 0 });
			const desk = await asDesk(context);
			await desk.publish(topic, body);
			const got = await lamp.receive(topic, 1, context.within / 2);
			const isSeen = got.some(({ payload }) => String(payload) === body);
			return judged(!isSeen, "answers of a lamp and of the operator", "the operator can answer");
		}),
	},
];
