/**
 * Mutants: defects that break a promise of README.md, each by its name: a failure that ends dark, light
 * that waits, a level without its reason. The tests of a room must see those of the room.
 *
 * All other small defects are drawn: `npm run mutate` (docs/checks.md). Those of the security table
 * are in rowmutants.ts.
 */
import type { Edit } from "../support/bundle.js";

export interface Mutant extends Edit {
	/** What it does to the street, in a sentence. */
	readonly breaks: string;
	/** The tests that must see it, within tests/. */
	readonly judge: string;
}

export const MUTANTS: readonly Mutant[] = [
	{
		breaks: "an emergency waits behind lights that are out",
		file: "lighting/arbiter.ts",
		judge: "lighting/arbiter.test.ts",
		find: "if (emergency && emergency.level",
		replace: "if (emergency && !command.inhibitSensors && emergency.level",
	},
	{
		breaks: "a lamp whose program is lost stays dark",
		file: "lighting/arbiter.ts",
		judge: "lighting/arbiter.test.ts",
		find: "(dark ? requests.default : undefined)",
		replace: "(dark ? undefined : requests.default)",
	},
	{
		breaks: "nothing keeps the floor",
		file: "lighting/limits.ts",
		judge: "lighting/limits.test.ts",
		find: "if (dark && !belowFloor && bounded < bounds.floorLevel)",
		replace: "if (!dark && !belowFloor && bounded < bounds.floorLevel)",
	},
	{
		breaks: "a forged noon darkens the street",
		file: "node/schedule/schedule.ts",
		judge: "node/time/forgedtime.test.ts",
		find: "const error = dates ? Math.floor(dates.errorAt(now) / MINUTE) * MINUTE : 0;",
		replace: "const error = 0;",
	},
	{
		breaks: "small forged steps walk a clock to lights out",
		file: "time/corroboration.ts",
		judge: "time/corroboration.test.ts",
		find: "return moved <= anchor.near + drift + uncertaintyAt(clock, now) + SERVERS_DIFFER;",
		replace: "return moved < Infinity;",
	},
	{
		breaks: "a forged date makes an emergency stale",
		file: "command/decode.ts",
		judge: "command/decode.test.ts",
		find: "const skew = CLOCK_SKEW + error;",
		replace: "const skew = CLOCK_SKEW;",
	},
	{
		breaks: "a forged date ends an emergency",
		file: "command/standingorders.ts",
		judge: "command/standingorders.test.ts",
		find: "const date = held.byClock ? utc : past;",
		replace: "const date = utc;",
	},
	{
		breaks: "a date ten years ahead expires the way to the right one",
		file: "link/session.ts",
		judge: "link/network.test.ts",
		find: "date: view.time.notBefore }",
		replace: "date: view.time.utc ?? view.time.notBefore }",
	},
	{
		breaks: "light comes after the walker",
		file: "lighting/fade.ts",
		judge: "lighting/fade.test.ts",
		find: "this.startedAt = now;",
		replace: "this.startedAt = now + 20;",
	},
	{
		breaks: "a road user waits for the slow dawn of a program",
		file: "lighting/fade.ts",
		judge: "lighting/fade.test.ts",
		find: "now + ramp >= this.endsAt",
		replace: "now < this.endsAt()",
	},
	{
		breaks: "the driver goes out at its least duty",
		file: "lighting/dutypath.ts",
		judge: "node/light/output.test.ts",
		find: "return Math.max(most, this.least);",
		replace: "return most;",
	},
	{
		breaks: "work that blocks darkens a lamp whose program raises presence",
		file: "node/light/requests.ts",
		judge: "node/light/unseen.test.ts",
		find: "Math.max(usual, level, bounds.fullLevel)",
		replace: "Math.max(usual, bounds.fullLevel)",
	},
	{
		breaks: "a relay's spread holds the floor back",
		file: "lighting/relay.ts",
		judge: "lighting/relay.test.ts",
		find: "return Math.min(level, floor) as Percent;",
		replace: "return 0 as Percent;",
	},
	{
		breaks: "a PIR that warms up counts as an empty street",
		file: "sensing/presence.ts",
		judge: "sensing/presence.test.ts",
		find: 'state.kind !== "vacant" && state.kind',
		replace: 'state.kind !== "vacant" && state.kind !== "settling" && state.kind',
	},
	{
		breaks: "a dead photocell says day for ever",
		file: "sensing/photocell.ts",
		judge: "sensing/photocell.test.ts",
		find: "if (now >= state.silentAt) return UNKNOWN;",
		replace: "",
	},
	{
		breaks: "a restart by night waits in the dark",
		file: "sensing/photocell.ts",
		judge: "sensing/photocell.test.ts",
		find: 'state.from === "unknown" && state.to === "night" ? "night" : state.from',
		replace: "state.from",
	},
	{
		breaks: "a light sensor in doubt darkens the street",
		file: "sensing/lighthealth.ts",
		judge: "sensing/lighthealth.test.ts",
		find: '(this.doubt === "contradicted" && output === "night")',
		replace: '(this.doubt === "contradicted" && output === "day")',
	},
	{
		breaks: "a lamp without sky and time counts the night as day",
		file: "time/dark.ts",
		judge: "time/dark.test.ts",
		find: '{ dark: true, because: "doubt" }',
		replace: '{ dark: false, because: "doubt" }',
	},
	{
		breaks: "the clock outranks a photocell that sees the night",
		file: "time/dark.ts",
		judge: "time/dark.test.ts",
		find: 'if (photocell === "night")',
		replace: 'if (photocell === "night" && utc === undefined)',
	},
	{
		breaks: "an erase by night holds up who comes",
		file: "journal/keptjournal.ts",
		judge: "journal/keptjournal.test.ts",
		find: "this.isHeldUp = flash.isShort && !mayErase;",
		replace: "this.isHeldUp = false;",
	},
	{
		breaks: "heat is reported as a fade under way",
		file: "explain/explain.ts",
		judge: "explain/explain.test.ts",
		find: "light.actual !== light.feedback && !isLimit",
		replace: "light.actual !== light.feedback",
	},
	{
		breaks: "a reader without the right learns when someone passed",
		file: "explain/decisions.ts",
		judge: "explain/past.test.ts",
		find: 'by !== "sensor" || sensors',
		replace: 'by !== "sensor" || sensors !== undefined',
	},
	{
		breaks: "an image is kept that never saw the broker",
		file: "update/probation.ts",
		judge: "update/probation.test.ts",
		find: "if (isLit && isSubscribed && now",
		replace: "if (isLit && now",
	},
	{
		breaks: "a slot that cannot be activated is restarted into",
		file: "node/update/updater.ts",
		judge: "node/update/updater.test.ts",
		find: "lamp.host.images.activate() !== true",
		replace: "lamp.host.images.activate() === false",
	},
	{
		breaks: "a handshake that ends the lamp is as good as none",
		file: "link/session.ts",
		judge: "link/session.test.ts",
		find: "retainRefusals(this.refusals + 1)",
		replace: "retainRefusals(this.refusals)",
	},
	{
		breaks: "an offer that ends the lamp ends each of its lives",
		file: "node/boot.ts",
		judge: "node/update/updater.test.ts",
		find: "row - lossRow > 1 ? CRASH_PAUSE : 0",
		replace: "row - lossRow > 60 ? CRASH_PAUSE : 0",
	},
	{
		breaks: "a server that drips keeps a lamp lit for weeks",
		file: "update/download.ts",
		judge: "node/update/slowserver.street.test.ts",
		find: "this.bodyAt + Math.min(paid, CONNECTION_TIME_MAX)",
		replace: "Infinity",
	},
];
