/** Reasons: each that a lamp can have comes out of a lamp that has it, as a sentence in both languages. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import { LANGUAGES } from "../../src/explain/chaintext.js";
import { explain } from "../../src/explain/explain.js";
import type { ChainLink } from "../../src/lighting/chain.js";
import type { UtcMillis } from "../../src/units.js";
import type { View } from "../../src/view.js";
import { bootLamp, type Lamp } from "../support/lamp.js";
import { SENSOR_SOURCES, VOICES } from "../support/view.js";

const NIGHT = Date.parse("2026-11-24T23:30:00Z") as UtcMillis;
const OUT = { calendar: { program: "sunset out", presenceDuringLightsOut: "ignore" } };

function lampAt(utc: UtcMillis, lux: number, sections: Record<string, object>): Lamp {
	const settings = { calendar: { program: "sunset 40; sunrise 0" }, ...sections };
	return bootLamp({ settings, lux, utc, isVouched: utc > 0, until: 200_000 });
}

const someone = ({ host }: Lamp) => host.deliver((inputs, now) => inputs.onMovement(now));
const doubt = ({ host, node }: Lamp) => {
	host.deliver(() => node.askForLight("doubt", Infinity));
};
function order(text: string, via: "console" | "emergency" = "console") {
	return ({ host, node }: Lamp) => {
		const envelope = { via, retained: false, toMany: false } as const;
		host.deliver((_inputs, now) => {
			expect(node.takeOrder(text, envelope, now)).toMatchObject({ status: "accepted" });
		});
	};
}

interface Story {
	readonly by: ChainLink["by"];
	readonly source?: string;
	readonly sections?: Record<string, object>;
	readonly day?: true;
	readonly happens?: (lamp: Lamp) => void;
}

const STORIES: readonly Story[] = [
	{ by: "daylight", day: true },
	{ by: "program", source: "sunset 40" },
	{ by: "default" },
	{ by: "lightsOut", source: "sunset out", sections: OUT },
	{ by: "presenceIgnored", sections: OUT, happens: someone },
	{ by: "sensor", source: "presence", happens: someone },
	{
		by: "sensor",
		source: "linger",
		happens: (lamp) => {
			someone(lamp);
			lamp.host.deliver((inputs, now) => inputs.onStillness(now));
			lamp.host.run(lamp.host.now + 31_000);
		},
	},
	{ by: "sensor", source: "doubt", happens: doubt },
	{
		by: "sensor",
		source: "blocked",
		happens: ({ host, node }) => {
			host.deliver(() => node.askForLight("update", Infinity));
		},
	},
	{
		by: "sensor",
		source: "neighbours",
		happens: ({ host, node }) => {
			host.deliver((_inputs, now) => node.askForLight("neighbours", now + 60_000));
		},
	},
	{
		by: "override",
		source: "o-1",
		happens: order('{"id":"o-1","command":"override","level":70,"duration":600}'),
	},
	{
		by: "emergency",
		source: "e-1",
		happens: order(
			'{"id":"e-1","command":"emergency","issued":"2026-11-24T23:33:20Z"}',
			"emergency",
		),
	},
	{ by: "systemFailure", happens: ({ host, node }) => node.light.fail(host.now) },
	{ by: "floor", sections: { calendar: { program: "sunset 5" } } },
	{ by: "maxLevel", sections: { light: { maxLevel: 80 } }, happens: doubt },
	{ by: "protected", sections: { light: { lightProtected: true } } },
	{ by: "virtualLightOutput", sections: { power: { virtualLightOutput: 60 } } },
	{ by: "cleaningFactor", sections: { power: { cleaningFactor: 90, cleaningPeriod: 10_000 } } },
	{ by: "clo", sections: { power: { depreciation: "0 100; 100000 80" } } },
	{
		by: "thermal",
		sections: { power: { deratingStart: 50 }, calendar: { program: "sunset 100" } },
		happens: ({ host }) => host.deliver((inputs, now) => inputs.onTemperature(now, 90)),
	},
	{
		by: "minimumDuty",
		sections: { power: { minimumDuty: 50 }, calendar: { program: "sunset 40" } },
	},
];

/** With no date that can be true: then there is no program. */
const TIMELESS: readonly ChainLink["by"][] = ["default", "daylight"];

/** A lamp that has the reason. */
function viewOf({ by, sections = {}, day, happens }: Story): View {
	const utc = TIMELESS.includes(by) ? (0 as UtcMillis) : NIGHT;
	const lamp = lampAt(utc, day ? 20_000 : 0, sections);
	happens?.(lamp);
	return lamp.node.view;
}

describe.each(STORIES.map((story) => [story.by, story.source ?? "", story] as const))(
	"%s %s",
	(by, source, story) => {
		let view: View;
		beforeAll(() => {
			view = viewOf(story);
		});
		test("stands in the chain", () => {
			const { chain } = view.light;
			const link = chain.find((each) => each.by === by);
			expect(link).toBeDefined();
			if (source) expect(link?.source).toBe(source);
			expect(chain.filter((each) => each.by === by)).toHaveLength(1);
		});
		test("is a sentence of its own in each language, with nothing left open", () => {
			const [en, fr] = LANGUAGES.map((language) => explain(view, language, true).join(" "));
			expect(en).not.toBe(fr);
			for (const text of [en, fr]) expect(text).not.toMatch(/[{}]|undefined|NaN/);
		});
	},
);

test("no reason that a chain may hold is missing above", () => {
	expect(new Set(STORIES.map(({ by }) => by))).toEqual(new Set(VOICES));
	const sources = STORIES.filter(({ by }) => by === "sensor").map(({ source }) => source);
	expect(sources.sort()).toEqual([...SENSOR_SOURCES].sort());
});
