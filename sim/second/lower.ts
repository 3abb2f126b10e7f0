/**
 * Lower: movement of the sensor in the lower socket, by the frames on the bus, and of both sensors together.
 *
 * Follows docs/light.md, "Presence" ("A sensor in the lower socket").
 */

/** Without a valid answer for so long it is lost, ms. */
const LOST_AFTER = 10_000;
const COUNT_INSTANCES = 0xff_fe35;
const [TYPE, INPUT] = [0x80, 0x8c];
const OCCUPANCY = 3;
const ANSWERS = [0x00, 0x55, 0xaa, 0xff];
const LONG = 0x1_0000;

export interface Lower {
	/** Number of the instance for occupancy; undefined: not known. */
	instance: number | undefined;
	/** Since the instances were counted anew. */
	isFound: boolean;
	heardAt: number;
	isSensed: boolean;
	isPinActive: boolean;
	/** Either, as the mode has it, and whether that is by this sensor alone. */
	isMoving: boolean;
	isAlone: boolean;
}

export function freshLower(now: number): Lower {
	return {
		instance: undefined,
		isFound: false,
		heardAt: now,
		isSensed: false,
		isPinActive: false,
		isMoving: false,
		isAlone: false,
	};
}

/** Returns the edge of both together; undefined: none. */
export function hearPin(lower: Lower, mode: string, isActive: boolean): boolean | undefined {
	lower.isPinActive = isActive;
	return merged(lower, mode);
}

/** A frame was answered. */
export function hearAnswer(
	lower: Lower,
	mode: string,
	frame: number,
	answer: number,
	now: number,
): boolean | undefined {
	if (mode === "none" || frame < LONG) return undefined;
	const [instance, opcode] = [(frame >> 8) & 0xff, frame & 0xff];
	if (frame === COUNT_INSTANCES) lower.isFound = false;
	else if (opcode === TYPE && answer === OCCUPANCY) {
		if (!lower.isFound) lower.instance = instance;
		lower.isFound = true;
	} else if (opcode === INPUT && instance === lower.instance && ANSWERS.includes(answer)) {
		lower.heardAt = now;
		lower.isSensed = answer !== 0;
	}
	if (now >= lower.heardAt + LOST_AFTER) lower.isSensed = false;
	return merged(lower, mode);
}

function merged(lower: Lower, mode: string): boolean | undefined {
	const isByPin = lower.isPinActive && mode !== "instead";
	const isMoving = isByPin || lower.isSensed;
	if (isMoving) lower.isAlone = !isByPin && (!lower.isMoving || lower.isAlone);
	if (isMoving === lower.isMoving) return undefined;
	lower.isMoving = isMoving;
	return isMoving;
}
