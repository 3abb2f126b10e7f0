/** Twin: where the two lamps differ it is reported once, with what both heard in the last minute. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import mqtt from "mqtt-packet";
import { DOOR, EFFECT, INPUT } from "../../../hosts/virtual/protocol.js";
import { Tap } from "../../../sim/comparison/tap.js";
import { type Difference, Twin } from "../../../sim/comparison/twin.js";
import type { Heard, Light, Reply, SecondLamp } from "../../../sim/second/heard.js";
import type { Duty, Millis, Percent } from "../../../src/units.js";
import { booted, effects, indicated, verdicts } from "./effects.js";

const SAME: Light = {
	reason: "program",
	level: 40 as Percent,
	presence: "vacant",
	duty: 1638 as Duty,
	fadeEndsAt: 0,
	isRelayClosed: true,
};

/** A second lamp that says what the test wants. */
interface State {
	light: Light;
	dueAt: number;
	/** Its light from the turn of `dueAt` on. */
	later: Light | undefined;
	replies: Reply[];
	heard: Heard[];
}

const fake: SecondLamp<State> = {
	fresh: () => ({ light: SAME, dueAt: Infinity, later: undefined, replies: [], heard: [] }),
	step(state, heard) {
		state.heard.push(heard);
		if (heard.kind !== "turn") return [];
		if (heard.now >= state.dueAt && state.later) {
			state.light = state.later;
			state.dueAt = Infinity;
		}
		return state.replies.splice(0);
	},
	lightAt: (state) => state.light,
	dueAt: (state) => state.dueAt as Millis,
	explain: () => "because",
};

let state: State;
let differences: Difference[];
let compared: number;
let twin: Twin<State>;

function begin(hasBus = false): void {
	differences = [];
	compared = 0;
	const told = { ...fake, fresh: () => (state = fake.fresh()) };
	const tap = new Tap({ serial: "L00001", hardware: "virtual/1", hasBus }, () => undefined);
	twin = new Twin(
		3,
		tap,
		told,
		(one) => differences.push(one),
		() => compared++,
	);
	const send = effects(twin);
	send(EFFECT.booted, 1000, 0, 0, booted());
	turn(1000);
}

/** A turn of the firmware; its light stays program, 40 %, vacant, 1638, closed. */
function turn(at: number, light: { readonly path?: readonly number[] } = {}): void {
	const send = effects(twin);
	if (light.path) send(EFFECT.fade, at, 0, 0, new Uint8Array(new Uint32Array(light.path).buffer));
	else send(EFFECT.duty, at, 1638);
	send(EFFECT.relay, at, 1);
	send(EFFECT.indicate, at, 0, 0, indicated("vacant", "program", 40));
	send(EFFECT.verdicts, at, 0, 0, verdicts());
}

const movement = (at: number) =>
	effects(twin)(EFFECT.heard, at, 0, INPUT.movement, new Uint8Array(2));
const whats = () => differences.map(({ what, firmware, second }) => [what, firmware, second]);

beforeEach(() => begin());

describe("a difference in one thing", () => {
	test.each<[what: string, light: Partial<Light>, firmware: string, second: string]>([
		["reason", { reason: "sensor" }, "program", "sensor"],
		["level", { level: 40.001 as Percent }, "40", "40.001"],
		["presence", { presence: "holding" }, "vacant", "holding"],
		["relay", { isRelayClosed: false }, "true", "false"],
		["duty", { duty: 1640 as Duty }, "1638", "1640"],
	])(
		"%s: once, however long it lasts, and again when it comes again",
		(what, light, theirs, ours) => {
			state.light = { ...SAME, ...light };
			for (const at of [2000, 3000, 4000]) turn(at);
			twin.compare();
			expect(whats()).toEqual([[what, theirs, ours]]);
			state.light = SAME;
			turn(5000);
			twin.compare();
			state.light = { ...SAME, ...light };
			turn(6000);
			twin.compare();
			expect(whats()).toHaveLength(2);
		},
	);

	test("of rounding is none: a duty of one, a level by a ten-thousandth", () => {
		state.light = { ...SAME, duty: 1639 as Duty, level: 40.00005 as Percent };
		turn(2000);
		twin.compare();
		expect(whats()).toEqual([]);
	});

	test("relay and duty do not count on a bus", () => {
		begin(true);
		state.light = { ...SAME, duty: 9 as Duty, isRelayClosed: false };
		turn(2000);
		twin.compare();
		expect(whats()).toEqual([]);
	});

	test("the end of a fade, once for each that begins", () => {
		state.light = { ...SAME, fadeEndsAt: 1900 as Millis };
		turn(2000, { path: [800, 1638] });
		twin.compare();
		turn(2100);
		twin.compare();
		expect(whats()).toEqual([["fade", "ends at 1800 ms", "ends at 1900 ms"]]);
	});

	test("an end that is a millisecond off is none", () => {
		state.light = { ...SAME, fadeEndsAt: 1801 as Millis };
		turn(2000, { path: [800, 1638] });
		twin.compare();
		expect(whats()).toEqual([]);
	});
});

test("of the turns of one instant the last one is compared", () => {
	twin.compare();
	compared = 0;
	state.light = { ...SAME, reason: "sensor" };
	turn(2000);
	state.light = SAME;
	turn(2000);
	turn(2500);
	twin.compare();
	expect(whats()).toEqual([]);
	expect(compared).toBe(2);
});

test("it says where, why, and what both heard in the last minute", () => {
	for (const at of [2000, 30_000, 70_000]) {
		movement(at);
		turn(at);
	}
	twin.compare();
	state.light = { ...SAME, reason: "sensor" };
	movement(95_000);
	turn(95_000);
	twin.compare();
	const [{ at, lamp, because, heard } = {} as Difference] = differences;
	expect({ at, lamp, because }).toEqual({ at: 95_000, lamp: 3, because: "because" });
	expect(heard).toEqual([
		'25000 ms before: {"kind":"movement","now":69000}',
		'0 ms before: {"kind":"movement","now":94000}',
	]);
});

test("the words of a life are told by its second turn", () => {
	state.light = { ...SAME, reason: "sensor" };
	twin.compare();
	expect(whats()).toEqual([]);
	turn(1029);
	twin.compare();
	expect(whats()).toEqual([["reason", "program", "sensor"]]);
});

describe("a turn that the firmware missed", () => {
	const SENSOR: Light = { ...SAME, reason: "sensor", level: 90 as Percent };
	test("is told with the instant at which the second lamp has it", () => {
		state.dueAt = 4000;
		state.later = SENSOR;
		turn(9000);
		expect(whats()).toEqual([
			["instant", "no turn before 8000 ms of the life", "sensor 90 % at 4000 ms"],
		]);
	});

	test("is none if the light stays, or if the turn comes in time", () => {
		state.dueAt = 4000;
		state.later = SAME;
		turn(9000);
		state.dueAt = 9000;
		state.later = SENSOR;
		turn(10_000);
		expect(whats()).toEqual([]);
	});

	test("is none if its alarm came late, but for what was due before that alarm", () => {
		const alarm = new Uint8Array(new Float64Array([4000, 4040]).buffer);
		effects(twin)(EFFECT.refused, 2000, DOOR.indexOf("alarm"), 0, alarm);
		turn(2000);
		state.dueAt = 4000;
		state.later = SENSOR;
		turn(5040);
		expect(whats()).toEqual([]);
		begin();
		effects(twin)(EFFECT.refused, 2000, DOOR.indexOf("alarm"), 0, alarm);
		turn(2000);
		state.dueAt = 3990;
		state.later = SENSOR;
		turn(5040);
		expect(whats()).toHaveLength(1);
	});
});

describe("a reply", () => {
	const reply = (id: string, status: string) => ({ topic: "reply", payload: { id, status } });
	const owe = (...replies: Reply[]) => {
		state.replies.push(...replies);
		turn(2000);
	};

	test("that both make is none, and further members do not count", () => {
		owe(reply("a", "accepted"));
		twin.onReply(2100, "reply", { id: "a", status: "accepted", time: "now" });
		expect(whats()).toEqual([]);
	});

	test("that the second lamp does not owe, or owes in other words, is told", () => {
		owe(reply("a", "accepted"));
		twin.onReply(2100, "reply", { id: "b", status: "done" });
		twin.onReply(2200, "reply", { id: "a", status: "rejected" });
		expect(whats()).toEqual([
			["reply", '{"id":"b","status":"done"}', "none"],
			["reply", '{"id":"a","status":"rejected"}', '{"id":"a","status":"accepted"}'],
		]);
	});

	test("may overtake another, and is owed once", () => {
		owe(reply("a", "accepted"), reply("b", "accepted"));
		twin.onReply(2100, "reply", { id: "b", status: "accepted" });
		twin.onReply(2200, "reply", { id: "a", status: "accepted" });
		expect(whats()).toEqual([]);
		twin.onReply(2300, "reply", { id: "a", status: "accepted" });
		expect(whats()).toEqual([["reply", '{"id":"a","status":"accepted"}', "none"]]);
	});

	test("comes again with the next connection, once and first", () => {
		const connect = mqtt.generate({ cmd: "connect", clientId: "a", protocolId: "MQTT" });
		const a = { id: "a", status: "accepted" };
		owe(reply("a", "accepted"), reply("b", "accepted"));
		twin.onReply(2100, "reply", a);
		effects(twin)(EFFECT.streamWrite, 2200, 0, 0, connect);
		turn(2200);
		twin.onReply(2300, "reply", a);
		expect(whats()).toEqual([]);
		twin.onReply(2400, "reply", a);
		expect(whats()).toHaveLength(1);
		effects(twin)(EFFECT.streamWrite, 2500, 0, 0, connect);
		turn(2500);
		twin.onReply(2600, "reply", { id: "b", status: "accepted" });
		twin.onReply(2700, "reply", a);
		expect(whats()).toHaveLength(2);
	});

	const section = (revision: number) => ({
		topic: "settings/reported/light",
		payload: { revision, status: "active" },
	});

	test("of a section tells of no moment before one that was told", () => {
		owe(section(1), section(2));
		twin.onReply(2100, "settings/reported/light", { revision: 2, status: "active" });
		twin.onReply(2200, "settings/reported/light", { revision: 2, status: "active" });
		expect(whats()).toEqual([]);
		twin.onReply(2300, "settings/reported/light", { revision: 1, status: "active" });
		expect(whats()).toHaveLength(1);
	});

	test("of a section comes with each birth, too, and is then no verdict", () => {
		twin.onReply(2100, "settings/reported/light", { revision: 0, status: "active" });
		expect(whats()).toEqual([]);
	});
});

test("a copy goes on by itself", () => {
	const other = twin.copy();
	turn(2000);
	effects(other)(EFFECT.indicate, 2000, 0, 0, indicated("moving", "sensor", 90));
	effects(other)(EFFECT.verdicts, 2000, 0, 0, verdicts());
	twin.compare();
	expect(whats()).toEqual([]);
	other.compare();
	expect(whats()).toEqual([["reason", "sensor", "program"]]);
});
