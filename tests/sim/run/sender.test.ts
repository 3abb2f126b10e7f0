/** Sender: an input for all lamps goes to each of them, a message to a whole topic to the broker once. */
import { expect, test } from "@jest/globals";
import { Sender } from "../../../sim/run/sender.js";

const rows: [kind: string, text: string, topics: string[]][] = [
	["raw", "command {}", ["liege/pole-00001/command", "liege/pole-00002/command"]],
	["raw", "/luminode/1/liege/all/command {}", ["liege/all/command"]],
	["message", "luminode/1/liege/all/command {}", ["liege/all/command"]],
];
test.each(rows)("%s: %s", (kind, text, topics) => {
	const sent: string[] = [];
	const network = { publish: (topic: string) => void sent.push(topic.replace("luminode/1/", "")) };
	const due: ((at: number) => void)[] = [];
	const agenda = { add: (_at: number, task: { due: (at: number) => void }) => due.push(task.due) };
	const input = { at: 0, lamp: undefined, kind, text };
	const part = { first: 1, site: "liege" };
	const args = [[input], 2, 0, agenda, network, part, () => {}, []];
	new Sender(...(args as unknown as ConstructorParameters<typeof Sender>));
	for (const callback of due) callback(0);
	expect(sent).toEqual(topics);
});
