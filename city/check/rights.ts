/** Checks of rights: each account its own work, and nothing else. */
import { asDesk, opened } from "./connection.js";
import { type Check, type Context, fail, judged, notShown, pass } from "./findings.js";
import type { Peer } from "./peer.js";

const REMEDY =
	"an ACL as in docs/broker.md; npx luminode vault --broker mosquitto|rabbitmq writes one for each lamp";
/** Node of a lamp that is not the account's own. */
export const OTHER = "broker-check-other";

/** Whether a message of `from` reaches a subscription of the operator. */
export async function reaches(context: Context, from: Peer, topic: string): Promise<boolean> {
	const desk = await asDesk(context, { clientId: `${context.desk.clientId}-2` });
	const codes = await desk.subscribe(topic);
	if (codes?.[0] !== 1) return false;
	await from.publish(topic, `{"at":${context.now()}}`);
	return (await desk.receive(topic, 1, context.within / 2)).length > 0;
}

/** A check that needs an account of the operator beside that of the lamp. */
export const ofTwo = (run: Check["run"]) => async (context: Context) =>
	context.lamp.address === context.desk.address
		? notShown("one account was given; give --desk-user, too")
		: run(context);

export const RIGHTS: readonly Check[] = [
	{
		name: "rights: a lamp reports under its own name alone",
		isNeeded: true,
		remedy: REMEDY,
		run: ofTwo(async (context) => {
			for (const kind of ["state", "event", "reply"]) {
				const lamp = await opened(context);
				if (await reaches(context, lamp, `${context.site}/${OTHER}/${kind}`))
					return fail(`it can publish ${kind} of another lamp`);
			}
			return pass("state, event and reply of another lamp");
		}),
	},
	{
		name: "rights: a lamp gives no orders",
		isNeeded: true,
		remedy: REMEDY,
		run: ofTwo(async (context) => {
			for (const topic of [`${context.topicPrefix}/command`, `${context.site}/all/command`]) {
				const lamp = await opened(context);
				if (await reaches(context, lamp, topic)) return fail(`it can publish to ${topic}`);
			}
			return pass("its own command topic, and that for all");
		}),
	},
	{
		name: "rights: a lamp does not read the orders of another",
		isNeeded: true,
		remedy: REMEDY,
		run: ofTwo(async (context) => {
			const topic = `${context.site}/${OTHER}/command`;
			const lamp = await opened(context);
			const codes = await lamp.subscribe(topic);
			let isRead = false;
			if (codes?.[0] === 1) {
				const desk = await asDesk(context);
				await desk.publish(topic, "{}");
				isRead = (await lamp.receive(topic, 1, context.within / 2)).length > 0;
			}
			return judged(!isRead, "nothing comes", "the order comes");
		}),
	},
	{
		name: "rights: the operator raises no emergency",
		isNeeded: true,
		remedy: REMEDY,
		async run(context) {
			if (context.desk.address === context.alarm.address)
				return notShown("one account was given; give --alarm-user, too");
			const topic = `${context.topicPrefix}/emergency`;
			const lamp = await opened(context);
			await lamp.subscribe(topic);
			const desk = await asDesk(context);
			await desk.publish(topic, "{}");
			const got = await lamp.receive(topic, 1, context.within / 2);
			return judged(got.length === 0, "nothing comes", "the emergency comes");
		},
	},
	{
		name: "rights: a client identifier belongs to its account",
		isNeeded: false,
		remedy:
			"mosquitto: use_username_as_clientid true where the user is the serial number; RabbitMQ " +
			"closes the older connection all the same, but no other account reads the queue of a lamp " +
			"(npx luminode vault writes that)",
		run: ofTwo(async (context) => {
			const lamp = await opened(context);
			await lamp.subscribe(`${context.topicPrefix}/command`);
			const { clientId } = context.lamp;
			await asDesk(context, { clientId }).catch(() => undefined);
			const after = await lamp.closes(context.within / 2);
			return judged(
				after === undefined,
				"another account cannot take it",
				"another account takes it over",
			);
		}),
	},
];
