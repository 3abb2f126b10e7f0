/**
 * Mutants: defects of the pure rooms, one text of one source each, that the rooms' own tests must see.
 */
import type { Edit } from "../support/bundle.js";

export interface Mutant extends Edit {
	/** What it does to the street, in a sentence. */
	readonly breaks: string;
	/** The tests that must see it, within tests/. */
	readonly judge: string;
}

/** `[what it breaks, text, what stands there instead]`, of one source and its judge. */
type Row = readonly [breaks: string, find: string, replace: string];

function of(file: string, judge: string, rows: readonly Row[]): Mutant[] {
	return rows.map(([breaks, find, replace]) => ({ file, judge, breaks, find, replace }));
}

const LIGHTING: readonly Mutant[] = [
	...of("lighting/arbiter.ts", "lighting/arbiter.test.ts", [
		[
			"a road user gets no more light than an order gives",
			"if (sensor && dark &&",
			"if (sensor && !override && dark &&",
		],
		[
			"a sensor darkens the street that a program lights",
			"sensor.level > command.level",
			"sensor.level !== command.level",
		],
		["people are lit by day, too", "if (sensor && dark &&", "if (sensor &&"],
		[
			"an emergency waits behind lights that are out",
			"if (emergency && emergency.level",
			"if (emergency && !command.inhibitSensors && emergency.level",
		],
		[
			"a lamp whose program is lost stays dark",
			"(dark ? requests.default : undefined)",
			"(dark ? undefined : requests.default)",
		],
	]),
	...of("lighting/limits.ts", "lighting/limits.test.ts", [
		[
			"nothing keeps the floor",
			"if (dark && !belowFloor && bounded < bounds.floorLevel)",
			"if (!dark && !belowFloor && bounded < bounds.floorLevel)",
		],
		["an order for less than the floor is raised", "dark && !belowFloor &&", "dark &&"],
		[
			"a crossing is darkened by an order",
			"dark && bounds.protected &&",
			"dark && !belowFloor && bounds.protected &&",
		],
		[
			"a luminaire is driven above its greatest level by day",
			"if (bounded > bounds.maxLevel)",
			"if (dark && bounded > bounds.maxLevel)",
		],
	]),
	...of("lighting/fade.ts", "lighting/fade.test.ts", [
		["light comes a step after the walker", "this.first = isRise ? 1 : 0;", "this.first = 0;"],
		[
			"a target that changes every few ms makes the light jump",
			"isRise && free > now ? free : now",
			"now",
		],
		[
			"a fade ends beside its level",
			"this.level = this.target;",
			"this.level = percentOf(stepOf(this.target));",
		],
		[
			"a road user waits for the slow dawn of a program",
			"now + ramp >= this.endsAt()",
			"now < this.endsAt()",
		],
		[
			"a target that is a little higher holds up a rise on its way",
			"if (pace > 0 && distance * pace < ramp)",
			"if (pace > 0 && distance < 0)",
		],
	]),
	...of("node/light/lightpath.ts", "node/node.test.ts", [
		[
			"light rises as slowly as it falls",
			"aim > fade.level ? this.riseTime : this.fallTime",
			"this.fallTime",
		],
		[
			"a level below full class passes the limits by",
			"level < bounds.floorLevel || level < bounds.fullLevel ||",
			"",
		],
	]),
	...of("node/light/driver.ts", "node/light/output.test.ts", [
		[
			"the driver goes out at its least duty",
			"if (isLit && output < this.least) output = this.least;",
			"",
		],
	]),
	...of("lighting/curve.ts", "lighting/curve.test.ts", [
		["the least light is off", "if (duty < 1) return 1 as Duty;", ""],
		[
			"a level is taken for the next step below it",
			"<= OUTPUT[above]! - output ? below : above",
			"<= OUTPUT[above]! ? below : above",
		],
	]),
	...of("lighting/plan.ts", "lighting/plan.test.ts", [
		[
			"lights come on again for ten minutes before the sun",
			"if (end - point.at < least)",
			"if (point.at - end > least)",
		],
		[
			"a short morning after a dimmed night is left out, too",
			"if (!pointOf(points[i - 1]!.text).out || !isLit(point))",
			"if (!isLit(point))",
		],
		[
			"a clock point burns on after an early sunrise",
			"points[points.length - 1]!.at >= point.at",
			"points[points.length - 1]!.at === point.at",
		],
	]),
	...of("lighting/calendar.ts", "lighting/calendar.test.ts", [
		[
			"the night before a holiday is lit as any other",
			"return isFree(morning);",
			"return isFree(evening);",
		],
		[
			"a range over New Year's Eve holds all year but then",
			"date >= from || date <= to;",
			"date >= from && date <= to;",
		],
		[
			"the last rule that fits wins over the first",
			"if (visit(rule)) return undefined;",
			"visit(rule);",
		],
	]),
	...of("lighting/adaptive.ts", "lighting/adaptive.test.ts", [
		[
			"a stream of road users counts as few",
			"Math.max(share, this.moving",
			"Math.min(share, this.moving",
		],
		[
			"one quiet quarter of an hour takes a class",
			"if (this.quiet < QUIET) return;",
			"if (this.quiet < 1) return;",
		],
		[
			"a rise waits for the end of the interval",
			"if (down < this.down) {",
			"if (isOver && down < this.down) {",
		],
		[
			"without a count the class falls on",
			"if ((users ?? given) === undefined || this.endsAt === 0) this.down = 0;",
			"if ((users ?? given) === undefined) down = this.down;",
		],
		[
			"movement that goes on is not counted",
			"if (isOver && this.movingSince < now)",
			"if (!isOver && this.movingSince < now)",
		],
	]),
	...of("lighting/sensorrule.ts", "lighting/sensorrule.test.ts", [
		[
			"a period that holds presence down lets it shine in full",
			"return rule.level < level ? rule.level : level;",
			"return rule.level > level ? rule.level : level;",
		],
	]),
	...of("lighting/relay.ts", "lighting/relay.test.ts", [
		["a relay closes on a hot driver", "Math.max(spread, this.openedAt + MINIMUM_OFF)", "spread"],
		[
			"a relay's spread holds the floor back",
			"return Math.min(level, floor) as Percent;",
			"return 0 as Percent;",
		],
	]),
	...of("lighting/thermal.ts", "lighting/thermal.test.ts", [
		[
			"a hot lamp cools, brightens and dims for ever",
			"celsius < hot - HYSTERESIS ? celsius + HYSTERESIS : hot",
			"celsius",
		],
	]),
	...of("lighting/clo.ts", "lighting/clo.test.ts", [
		[
			"old LEDs are driven less than young ones",
			"return last.remaining / (from.remaining",
			"return last.remaining / (last.remaining",
		],
	]),
];

const SENSING: readonly Mutant[] = [
	...of("sensing/presence.ts", "sensing/presence.test.ts", [
		[
			"a PIR that warms up counts as an empty street",
			'state.kind !== "vacant" && state.kind',
			'state.kind !== "vacant" && state.kind !== "settling" && state.kind',
		],
		[
			"a road user who moves again within the hold is left in the dark at its end",
			'case "holding":\n\t\t\tif (input === "movement") return MOVING;',
			'case "holding":',
		],
		[
			"light goes at once where it should linger",
			"now < state.until ? state : linger(state.until, now, options)",
			"now < state.until ? state : VACANT",
		],
		[
			"a hold that time was late for begins anew",
			"linger(state.until, now, options)",
			"linger(now, now, options)",
		],
	]),
	...of("sensing/photocell.ts", "sensing/photocell.test.ts", [
		[
			"headlights make day of the night",
			"Math.max(options.offDelay, course.dayFor) : options.onDelay",
			"0 : options.onDelay",
		],
		[
			"a street flickers at the threshold",
			"const to = lux >= options.offLevel",
			"const to = lux >= options.onLevel",
		],
		[
			"lamps that warm up slowly keep a day for ever",
			"const isBetween =",
			'if (lux >= options.onLevel && from === "day") return current;\n\tconst isBetween =',
		],
		["a dead photocell says day for ever", "if (now >= state.silentAt) return UNKNOWN;", ""],
		[
			"a restart by night waits in the dark",
			'state.from === "unknown" && state.to === "night" ? "night" : state.from',
			"state.from",
		],
	]),
	...of("sensing/lamplight.ts", "sensing/lamplight.test.ts", [
		["the neighbour's lamp makes a morning", "lux - this.glow", "lux"],
		["a work light makes a morning", "lux - before, most)", "lux - before, lux)"],
		[
			"a flash of headlights lights a dark morning",
			"stood >= GLOW_FOR ? before : Math.min(before, lux)",
			"lux",
		],
		[
			"a boot before dawn takes the dawn for lamps",
			"Math.min(before, lux)) - this.sky",
			"Math.min(before, lux))",
		],
		[
			"lamps lit for passers-by add up to a morning",
			"this.sky = this.skyAtLow;",
			"this.sky += 0.5 * (lux - before);",
		],
		["the shortest night has no length", "now - this.duskAt < nightFor", "false"],
		["a lamp that goes out takes the sky along", "if (lux < this.least) {", "if (false) {"],
		[
			"a floodlight is day at once",
			'isFlood && output === "night" && lux < SUNLIGHT',
			"isFlood && lux < 0",
		],
	]),
	...of("sensing/lamplight.ts", "sensing/foreignlight.test.ts", [
		[
			"a light that stands still after a jump is a day",
			"isDusk || this.isJump(lux, now, JUMP_SHARE, JUMP_PACE)",
			"isDusk",
		],
		[
			"a light that stands still at the hour of the dusk is a day",
			"isDusk || this.isJump(",
			"this.isJump(",
		],
	]),
	...of("time/midnight.ts", "time/midnight.test.ts", [
		["a night learnt bounds no dawn", "usual - ODD_NIGHT)", "0)"],
		["the shortest night bounds no dawn", "shortestDarkTime(latitude) - DAWN_EARLY", "0"],
	]),
	...of("time/sun.ts", "time/sun.test.ts", [
		["midsummer is midwinter", "height - north", "height + north"],
	]),
	...of("sensing/lamplight.ts", "sensing/lamplight.test.ts", [
		["a neighbour that lights in two steps is the sky", "now - this.lowAt > RISE_FOR", "true"],
		[
			"a neighbour that lights keeps the day",
			"this.litAt = this.low;\n\t\t\treturn 0;",
			"return lux;",
		],
		[
			"a day burner hides a neighbour that lights",
			"const isEvening = this.mark >= 0",
			"const isEvening = false",
		],
		[
			"an evening that stands still goes on",
			"Math.min(this.stillFor, nextWithin)",
			"this.stillFor",
		],
		["a covered sky before sunset is a lamp's", "this.isSlow = day === 0 &&", "this.isSlow ="],
		["the sun's patience ends at once", "const nextWithin = day +", "const nextWithin ="],
		[
			"a dusk's short patience meets the dawn",
			"this.steadyFor = this.stillFor;\n\t\t\tthis.litAt",
			"this.litAt",
		],
	]),
	...of("sensing/pirhealth.ts", "sensing/pirhealth.test.ts", [
		[
			"a PIR that is stuck on is believed",
			'now >= this.activeSince + STUCK_ON_AFTER) return "stuckOn"',
			"now >= this.activeSince + STUCK_ON_AFTER) return undefined",
		],
		[
			"one walker whom it missed makes a PIR doubtful",
			"if (this.missed >= MISSED_LIMIT)",
			"if (this.missed >= 1)",
		],
		[
			"one who goes away counts as one who passed",
			"this.missed + weight",
			"this.missed + MISSED_PASSING",
		],
		[
			"a PIR that was too busy for an hour is trusted as the clock is set back",
			"if (isSame && hour >= 0)",
			"if (isSame && hour < -1)",
		],
		["the radio's own transmissions are taken for people", 'if (this.shaken) return "radio";', ""],
	]),
	...of("sensing/lighthealth.ts", "sensing/lighthealth.test.ts", [
		[
			"a light sensor in doubt darkens the street",
			'(this.doubt === "contradicted" && output === "night")',
			'(this.doubt === "contradicted" && output === "day")',
		],
	]),
	...of("sensing/neighbours.ts", "sensing/neighbours.test.ts", [
		[
			"a road user who leaves lights the street behind",
			"-outwards, poleSpacing, Math.min) > 0",
			"-outwards, poleSpacing, Math.min) < 0",
		],
		[
			"one hit lights for ever",
			"return Math.min(clearAt, now + (away + 0.5) * slowest);",
			"return now + (away + 50) * slowest;",
		],
	]),
	...of("sensing/traffic.ts", "sensing/traffic.test.ts", [
		[
			"one who lingers is counted as a crowd",
			"now - state.lastMovement < deadTime",
			"now - state.lastMovement < 0",
		],
		[
			"a boot's counter begins at nothing",
			"return { accumulated, lastMovement",
			"return { accumulated: 0, lastMovement",
		],
	]),
];

const TIME: readonly Mutant[] = [
	...of("time/zone.ts", "time/zone.test.ts", [
		[
			"a rule for the last Sunday means the fourth",
			"return day >= next ? day - 7 : day;",
			"return day - (rule.week === 5 ? 7 : 0);",
		],
		[
			"summer time ends an hour late",
			"const end = wallOf(daylight.end, y) - daylight.offset;",
			"const end = wallOf(daylight.end, y) - standard;",
		],
	]),
	...of("time/dark.ts", "time/dark.test.ts", [
		[
			"a lamp without sky and time counts the night as day",
			'{ dark: true, because: "doubt" }',
			'{ dark: false, because: "doubt" }',
		],
		[
			"the clock outranks a photocell that sees the night",
			'if (photocell === "night")',
			'if (photocell === "night" && utc === undefined)',
		],
		[
			"a lamp's light on the sensor makes a day of the night",
			"utc === undefined ? DAY_BY_PHOTOCELL : this.deepSun.assess(utc)",
			"DAY_BY_PHOTOCELL",
		],
		["a polar day is dark", "night.sinksAt ?? (below ? start : end)", "night.sinksAt ?? start"],
	]),
	...of("node/time/syncfilter.ts", "node/time/earliest.test.ts", [
		[
			"a lamp new from the factory believes a date before its own version",
			"Math.max(earliestDate, stored.earliest ?? 0)",
			"(stored.earliest ?? 0)",
		],
	]),
	...of("time/clock.ts", "time/clock.test.ts", [
		[
			"a server that says 1970 is believed",
			"if (!(utc >= EARLIEST_UTC && utc >= earliest)) return TOO_EARLY;",
			"",
		],
		[
			"a clock never doubts itself",
			'SYNC_ERROR + Math.ceil((now - state.since) * DRIFT);\n\t\tcase "kept"',
			'SYNC_ERROR;\n\t\tcase "kept"',
		],
		[
			"a slip of the technician's replaces a synchronised clock",
			"if (!isMeant) return UNCONFIRMED;",
			"",
		],
		[
			"a watch replaces the synchronised clock that it agrees with",
			"if (Math.abs(jump) <= explained) return",
			"if (jump === 0) return",
		],
		[
			"a typed date is exact in the next life",
			"Math.ceil((MANUAL_ERROR - SYNC_ERROR) / DRIFT)",
			"MANUAL_ERROR",
		],
	]),
	...of("node/storage/counterwriter.ts", "node/time/typeddate.test.ts", [
		[
			"a correction waits for credit like any date",
			'isBoundFalse ? "urgentOrder" : "time"',
			'"time"',
		],
		["a correction is lost at a restart", "if (time.stored.isBoundFalse && ", "if (false && "],
	]),
	...of("node/time/timestore.ts", "node/time/typeddate.test.ts", [
		[
			"a value that the store refused is not written again",
			"else this.dueAt = Math.min(this.dueAt, now + TRY_AGAIN);",
			"",
		],
	]),
	...of("node.ts", "node/time/typeddate.test.ts", [
		[
			"a typed date waits for the next decision",
			"this.sensorHealth.onTime(now);\n\t\tthis.requestDecision();",
			"this.sensorHealth.onTime(now);",
		],
	]),
	...of("time/agreement.ts", "time/agreement.test.ts", [
		[
			"the same datagram twice makes the clock leap",
			"count > 1 && now - since >= APART",
			"count > 1",
		],
	]),
	...of("time/midnight.ts", "time/midnight.test.ts", [
		["an eclipse teaches a midnight", "length >= SHORTEST_NIGHT && length", "length"],
		["a feeder's date stands still", "isDusk ? DAY / 2 + 3 * HOUR : ", ""],
		[
			"an afternoon's feeding shortens a night",
			"sorted.slice(lengths.length - 1 - half, half + 1)",
			"sorted",
		],
	]),
	...of("time/night.ts", "time/night.test.ts", [
		[
			"Friday's night ends at midnight",
			"minutes < NOON_MINUTES ? this.day + 1 : this.day",
			"this.day",
		],
	]),
];

const REST: readonly Mutant[] = [
	...of("journal/keptjournal.ts", "journal/keptjournal.test.ts", [
		[
			"an erase by night holds up who comes",
			"this.isHeldUp = flash.isShort && !mayErase;",
			"this.isHeldUp = false;",
		],
		["a dark lamp is told later", "mayErase || this.holdsSafety", "mayErase"],
	]),
	...of("journal/tally.ts", "journal/tally.test.ts", [
		[
			"a sector that was erased ahead and has decayed is written over",
			"this.isReady && isBlank(bytes)",
			"this.isReady",
		],
		["every second life erases a sector", "this.isKept && !this.isReady &&", "this.isKept &&"],
	]),
	...of("meter/meter.ts", "meter/meter.test.ts", [
		[
			"the energy of the time before a step is billed at the level after it",
			"this.active_Wh += (this.power * span)",
			"this.active_Wh += (powerOf(this.level, this.lamp) * 0 * span)",
		],
		[
			"each step of a fade counts as a switch-on",
			"if (level > 0 && this.level <= 0)",
			"if (level > 0)",
		],
		["an old lamp is compared by day, too", "if (this.dark) this.oldLamp_Wh", "this.oldLamp_Wh"],
		[
			"a counter of hours runs while the lamp is out",
			"if (this.level > 0) this.litTime",
			"this.litTime",
		],
	]),
	...of("meter/ledger.ts", "meter/ledger.test.ts", [
		[
			"the hours do not add up to the counter",
			"this.closed = total;",
			"this.closed = energy_Wh * SCALE;",
		],
		[
			"an hour that is closed a millisecond late counts as two",
			"Math.round((now - this.closedAt) / HOUR) - 1",
			"Math.floor((now - this.closedAt - 1) / HOUR)",
		],
	]),
	...of("meter/days.ts", "meter/ledger.test.ts", [
		[
			"a night without power takes the energy of the next",
			"for (let i = 0; i < without; i += 1) rows.push(0, 0);",
			"",
		],
	]),
	...of("explain/explain.ts", "explain/explain.test.ts", [
		[
			"heat is told as a fade under way",
			"light.actual !== light.feedback && !isLimit",
			"light.actual !== light.feedback",
		],
	]),
	...of("explain/decisions.ts", "explain/past.test.ts", [
		[
			"a reader without the right learns when someone passed",
			'by === "sensor" && !sensors',
			'by === "sensor" && sensors === undefined',
		],
		[
			"heat that comes and goes makes who is there come later",
			"this.isKept(first - 1) && isHeat(",
			"!this.isKept(first) && isHeat(",
		],
	]),
	...of("explain/preview.ts", "explain/preview.test.ts", [
		[
			"a night that is dark twice is foretold once",
			"if (from > night.start && at > from)",
			"if (from < night.start && at > from)",
		],
	]),
	...of("command/standingorders.ts", "command/standingorders.test.ts", [
		[
			"an order outlives its span where the clock stands still",
			"Math.min(held.endsAt - now, byDate)",
			"byDate",
		],
		[
			"an order that is replaced never ends",
			'if (old) ended("override", old.source, override ? "replaced" : why, events);',
			"",
		],
	]),
];

const UPDATE: readonly Mutant[] = [
	...of("update/record.ts", "update/record.test.ts", [
		[
			"an image from the cable is taken for the one that was kept",
			'{ ...record, image: "", runs: version }',
			"{ ...record, runs: version }",
		],
		[
			"a cable is a way round the counter",
			'{ ...record, image: "", runs: version }',
			"{ ...NOTHING_KEPT, runs: version }",
		],
		[
			"firmware gone back to finds a record that it cannot read",
			"(runs && BEFORE_RUNS + runs)",
			'(runs && " " + runs)',
		],
		["an image that failed is forgotten with the next", ".slice(-FAILED_MOST)", ".slice(-1)"],
	]),
	...of("update/probation.ts", "update/probation.test.ts", [
		[
			"an image that went back is told as kept where both have one name",
			"if (version !== before) return",
			"if (version !== before || version === tried) return",
		],
		[
			"a cable makes an image a failure",
			'return version === tried ? "kept" : "reflashed";',
			'return version === tried ? "kept" : "crashed";',
		],
		["power that fails makes an image a failure", ': "again";', ': "crashed";'],
		[
			"an image is kept that never saw the broker",
			"if (isLit && isSubscribed && now",
			"if (isLit && now",
		],
	]),
	...of("update/offer.ts", "update/offer.test.ts", [
		["the canaries go with all others", "(isLater ? offer.canaryLead : 0)", "0"],
		["a street that hears late comes all at once", "position * LATE_SPREAD", "0 * LATE_SPREAD"],
		[
			"an old image with a known hole is taken where the offer says `again`",
			"if (header.counter < installed.counter)",
			"if (!again && header.counter < installed.counter)",
		],
		["an image that went back comes again unasked", "if (!again && installed", "if (installed"],
	]),
	...of("node/update/updater.ts", "node/update/updater.test.ts", [
		[
			"a host that cannot check a signature takes every image for genuine",
			"signature) === true;",
			"signature) !== false;",
		],
		[
			"a slot that cannot be activated is restarted into",
			"lamp.host.images.activate() !== true",
			"lamp.host.images.activate() === false",
		],
	]),
	...of("link/session.ts", "link/session.test.ts", [
		[
			"a handshake that ends the lamp is as good as none",
			"retainRefusals(this.refusals + 1)",
			"retainRefusals(this.refusals)",
		],
		[
			"a lamp that is refused tries at once after a restart",
			"if (this.refusals > 0) wait",
			"if (this.refusals > 99) wait",
		],
		[
			"a session that is proven leaves the refusals before it",
			">= PROVEN_AFTER) this.settle(0)",
			">= PROVEN_AFTER) this.settle()",
		],
	]),
	...of("node/light/bootlevel.ts", "node/link/refusals.test.ts", [
		[
			"a life that ends as it begins forgets the refusals",
			"if (isLost) refusals.write(0)",
			"refusals.write(0)",
		],
	]),
	...of("node/boot.ts", "node/update/updater.test.ts", [
		[
			"an offer that ends the lamp ends each of its lives",
			"row - lossRow > 1 ? CRASH_PAUSE : 0",
			"row - lossRow > 60 ? CRASH_PAUSE : 0",
		],
		[
			"a feeder that is switched often keeps a street from its broker",
			"isCrash && row - lossRow",
			"row - lossRow",
		],
	]),
	...of("node/update/imagetrial.ts", "node/update/updater.test.ts", [
		[
			"an image that cannot be kept is told as kept",
			"host.images.keep() !== true",
			"host.images.keep() === false",
		],
	]),
	...of("update/download.ts", "node/update/updater.test.ts", [
		[
			"a slot that is not there is written to",
			"this.doors.images.begin(this.length) === true",
			"this.doors.images.begin(this.length) !== false",
		],
		[
			"a byte that was not written is counted",
			"images.write(this.bytes, start, count) !== true",
			"images.write(this.bytes, start, count) === false",
		],
	]),
	...of("update/download.ts", "node/update/slowserver.test.ts", [
		[
			"a server that drips keeps a lamp lit for weeks",
			"this.bodyAt + Math.min(paid, CONNECTION_TIME_MAX)",
			"Infinity",
		],
		[
			"a slow link keeps a lamp from its broker for an hour",
			"Math.min(paid, CONNECTION_TIME_MAX)",
			"paid",
		],
	]),
	...of("update/rollout.ts", "node/update/slowserver.test.ts", [
		[
			"an order to stop waits at the broker until the last connection",
			"now - this.asideAt >= ASIDE_TIME_MAX",
			"now - this.asideAt >= Infinity",
		],
		[
			"a street that is occupied keeps a lamp from its broker",
			"this.standAside(false, now); // an occupied",
			"// an occupied",
		],
		[
			"a server that begins anew each time keeps a lamp lit all night",
			"this.fetchTime >= FETCH_TIME_MAX",
			"false",
		],
	]),
	...of("journal/tally.ts", "node/storage/life.test.ts", [
		[
			"the greatest life is followed by life 0",
			"Math.min(this.lives + 1, LIVES_MAX)",
			"this.lives + 1",
		],
	]),
	...of("node/boot.ts", "node/storage/life.test.ts", [
		[
			"each boot after the greatest life writes a key",
			"Math.min(lives + LIVES_AHEAD, LIVES_MAX)",
			"lives + LIVES_AHEAD",
		],
	]),
];

const SECURITY: readonly Mutant[] = [
	...of("console/gate.ts", "console/login.test.ts", [
		[
			"a guess too soon forgives the guesses before it",
			"this.until = now + wait;\n",
			"store.erase(GUESSED_KEY);\n\t\t\tthis.until = now + wait;\n",
		],
		[
			"the mark of wrong guesses goes as the next one is checked",
			"if (fits(secret, stored, doors)) {",
			"store.erase(GUESSED_KEY);\n\t\tif (fits(secret, stored, doors)) {",
		],
		[
			"a rollback opens the console, and the first user sets a secret",
			"return !this.store.read(SECRET_KEY);",
			'return (this.store.read(SECRET_KEY) ?? "").split(" ")[0] !== "1";',
		],
	]),
	...of("console/secret.ts", "console/login.test.ts", [
		[
			"a guess at a damaged record keeps the controller busy for hours",
			"rounds >= 1 && rounds <= ROUNDS_MAX ? rounds : 0",
			"rounds >= 1 ? rounds : 0",
		],
	]),
	...of("node/neighbours/exchange.ts", "node/neighbours/neighbours.test.ts", [
		[
			"replays spend what genuine words need",
			"if (!replayGuard.isNew(sender, life, counter, now) || !this.proofs.take(now)) return;",
			"if (!this.proofs.take(now) || !replayGuard.isNew(sender, life, counter, now)) return;",
		],
	]),
	...of("link/session.ts", "link/session.test.ts", [
		[
			"refusals of one broker delay the calls to another",
			"this.isWanted = true;\n\t\tthis.refusals = 0;",
			"this.isWanted = true;",
		],
	]),
	...of("node/storage/counters.ts", "node/storage/counters.test.ts", [
		[
			"switch-ons that were reported are reported again",
			"Math.max(this.leastSwitchOns, switchOns)",
			"switchOns",
		],
	]),
	...of("console/session.ts", "console/login.test.ts", [
		[
			"a stranger in plain mode changes settings and gives orders",
			"if (!this.isOpen && !(this.gate.isNew",
			"if (!this.isOpen && !this.isPlain && !(this.gate.isNew",
		],
	]),
	...of("settings/link.ts", "node/link/options.test.ts", [
		[
			"password and orders travel in the clear",
			"brokerTls: flag(true, [",
			"brokerTls: flag(false, [",
		],
	]),
	...of("node/console/certificates.ts", "node/console/certificates.test.ts", [
		[
			"a certificate is valid by the earliest date, not by the clock's",
			"lamp.utcAt(lamp.now) ?? lamp.time.notBefore(lamp.now)",
			"lamp.time.notBefore(lamp.now)",
		],
	]),
];

export const MUTANTS: readonly Mutant[] = [
	...[...LIGHTING, ...SENSING, ...TIME, ...REST, ...UPDATE, ...SECURITY],
];
