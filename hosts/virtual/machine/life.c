/**
 * Life: a lamp from power on to its end.
 *
 * Every end of a machine (a full heap, an endless loop, an exception that leaves its callback, the
 * power) leaves the engine by the outermost jump, and all its memory is freed at once.
 */
#include "life.h"
#include "effects.h"
#include "exception.h"
#include "memory.h"
#include "root.h"
#include "stack.h"

/* The device has some 8 KB of native stack; the nested natives of correct firmware need less
 * than this. */
#ifndef NATIVE_STACK_BYTES /* a board has less */
#define NATIVE_STACK_BYTES (128 * 1024)
#endif

txCreation lampCreation;
double computronBudget;

static char endText[TEXT_BYTES];

/* ---- the engine's platform functions */

int virtualTimeOfDay(c_timeval *value, void *zone)
{
	double now = epochUtc + instant + (current ? current->clockOffset : 0);
	double seconds = floor(now / 1000);
	value->tv_sec = (time_t) seconds;
	value->tv_usec = (suseconds_t) ((now - seconds * 1000) * 1000);
	return 0;
}

/* xoshiro128++ (Blackman, Vigna), seeded by splitmix64 as its authors advise. */
uint32_t lampRandom(Lamp *lamp)
{
	uint32_t *s = lamp->random;
	uint32_t sum = s[0] + s[3];
	uint32_t result = (sum << 7 | sum >> 25) + s[0];
	uint32_t t = s[1] << 9;
	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = s[3] << 11 | s[3] >> 21;
	return result;
}

static uint64_t splitmix(uint64_t *state)
{
	uint64_t z = *state += 0x9E3779B97F4A7C15;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
	z = (z ^ z >> 27) * 0x94D049BB133111EB;
	return z ^ z >> 31;
}

void lampSeed(Lamp *lamp, uint64_t seed)
{
	uint64_t state = seed;
	state = splitmix(&state) + lamp->number;
	for (int i = 0; i < 4; i += 2) {
		uint64_t z = splitmix(&state);
		lamp->random[i] = (uint32_t) z;
		lamp->random[i + 1] = (uint32_t) (z >> 32);
	}
	lamp->flash.noise = (uint32_t) splitmix(&state);
	lamp->luck = (uint32_t) splitmix(&state);
}

/* 0: the door does its work; else a number above 0 by which it fails. */
uint32_t lampLuck(Lamp *lamp, int door)
{
	if (lamp->share[door] == 0) return 0;
	lamp->luck = lamp->luck * 1664525 + 1013904223;
	if ((lamp->luck >> 8) >= lamp->share[door] * (1 << 24)) return 0;
	lamp->luck = lamp->luck * 1664525 + 1013904223;
	return 1 + (lamp->luck >> 12);
}

int virtualRandom(void)
{
	return current ? (int) (lampRandom(current) & 0x7FFFFFFF) : 0;
}

char *fxCStackLimit(void)
{
	return (char *) 16384; /* of the whole stack, which begins at address 0 */
}

void fxCreateMachinePlatform(txMachine *the) {}

void fxDeleteMachinePlatform(txMachine *the) {}

void fxQueuePromiseJobs(txMachine *the)
{
	the->jobs = 1;
}

/* ---- the end */

void lampEnd(Lamp *lamp, int kind, double value, const char *text)
{
	if (lamp->ended) return;
	lamp->ended = 1;
	lamp->endKind = kind;
	lamp->endValue = value;
	snprintf(endText, sizeof(endText), "%s", text);
}

static void die(txMachine *the, int death, const char *text, int describe)
{
	Lamp *lamp = the->context;
	if (lamp->ended) return;
	lamp->computrons += the->meterIndex;
	lampEnd(lamp, EFFECT_death, death, text);
	if (describe) describeException(the, endText, sizeof(endText));
	the->meterIndex = 0;
}

void fxAbort(txMachine *the, int status)
{
	char here;
	if (!the->context) {
		if (!errorText[0]) snprintf(errorText, sizeof(errorText), "engine status %d %s", status, memoryWhy);
		fxExitToHost(the);
	}
	switch (status) {
	case XS_NOT_ENOUGH_MEMORY_EXIT:
		die(the, DEATH_notEnoughMemory, memoryWhy, 0);
		break;
	case XS_STACK_OVERFLOW_EXIT:
		if (&here <= the->stackLimit + 1024)
			die(the, DEATH_nativeStackOverflow, "native stack overflow", 0);
		else
			die(the, DEATH_stackOverflow, "stack overflow", 0);
		break;
	case XS_NO_MORE_KEYS_EXIT:
		die(the, DEATH_tooManyKeys, "no key left", 0);
		break;
	case XS_TOO_MUCH_COMPUTATION_EXIT:
		die(the, DEATH_watchdog, "computron budget of one turn spent", 0);
		break;
	case XS_UNHANDLED_EXCEPTION_EXIT:
		die(the, DEATH_uncaughtException, "exception", 1);
		break;
	case XS_UNHANDLED_REJECTION_EXIT:
		die(the, DEATH_unhandledRejection, "rejection", 1);
		break;
	case XS_DEAD_STRIP_EXIT:
		die(the, DEATH_deadStrip, "not in this image", 0);
		break;
	default:
		die(the, DEATH_other, "fatal check", 0);
		break;
	}
	fxExitToHost(the);
}

void lampRelease(Lamp *lamp)
{
	ownedFreeAll(&lamp->owned);
	lamp->machine = NULL;
	lamp->alarm = NEVER;
	lamp->busyUntil = 0;
	for (int i = 0; i < STREAMS; i++) {
		fifoClear(&lamp->streams[i].received);
		memset(&lamp->streams[i], 0, sizeof(Stream));
	}
	fifoClear(&lamp->serial);
	fifoClear(&lamp->datagrams);
	lamp->port = 0;
	lamp->networkUp = 0;
	lamp->serialInFlight = 0;
	lamp->serialLost = 0;
	lamp->busAwaits = 0;
	storeUnmount(&lamp->store);
	lamp->flash.armed = NOT_ARMED;
	lamp->flash.powerLost = 0;
}

static void bury(Lamp *lamp)
{
	stackClear();
	lampRelease(lamp);
	lamp->ended = 0;
	effect(lamp, lamp->endKind, lamp->endValue, 0, endText, (uint32_t) strlen(endText));
}

/* The browser's or Node's own stack overflowed below the running lamp. */
void EXPORT(lampCollapse)(void)
{
	if (!current) return;
	lampEnd(current, EFFECT_death, DEATH_nativeStackOverflow, "native stack overflow");
	bury(current);
	current = NULL;
	owner = NULL;
}

/* ---- turns */

static txBoolean bite(txMachine *the, txU4 index)
{
	return 0;
}

static void settle(txMachine *the)
{
	while (the->jobs) {
		the->jobs = 0;
		fxRunPromiseJobs(the);
	}
	fxCheckUnhandledRejections(the, 1);
}

/* Calls `function` with the numbers as arguments; its result is kept if `keep`. */
static void turn(Lamp *lamp, txSlot *function, const double *arguments, int count, txSlot *keep)
{
	txMachine *the = lamp->machine;
	txJump jump;
	char here;
	current = lamp;
	owner = &lamp->owned;
	rootVersion(lamp->images.version);
	stackEnter(lamp);
	the->firstJump = NULL;
	openJump(the, &jump);
	the->stackLimit = &here - NATIVE_STACK_BYTES;
	the->meterCallback = bite;
	the->meterIndex = 0;
	the->meterCount = the->meterInterval = (txU4) computronBudget;
	if (setjmp(jump.buffer) == 0) {
		fxBeginHost(the);
		mxPushUndefined();
		mxPushSlot(function);
		mxCall();
		for (int i = 0; i < count; i++) {
			txInteger integer = (txInteger) arguments[i];
			if (integer == arguments[i])
				mxPushInteger(integer);
			else
				mxPushNumber(arguments[i]);
		}
		if (count) { /* the last one is a flag */
			the->stack->kind = XS_BOOLEAN_KIND;
			the->stack->value.boolean = arguments[count - 1] != 0;
		}
		mxRunCount(count);
		if (keep) {
			keep->kind = the->stack->kind;
			keep->value = the->stack->value;
		}
		mxPop();
		settle(the);
		fxEndHost(the);
		closeJump(the, &jump);
		lamp->computrons += the->meterIndex;
		the->meterIndex = 0;
	} else if (!lamp->ended) {
		closeJump(the, &jump);
		txJump last; /* a text may overflow the stack, too */
		openJump(the, &last);
		if (setjmp(last.buffer) == 0) die(the, DEATH_uncaughtException, "exception", 1);
	}
	lamp->turns++;
	if (lamp->ended)
		bury(lamp);
	else
		stackLeave(lamp);
	current = NULL;
	owner = NULL;
}

static void deliver(Lamp *lamp, int kind, double value, int channel, int more)
{
	double arguments[5] = { kind, instant - lamp->bootAt, value, channel, more };
	turn(lamp, &lamp->deliver, arguments, 5, NULL);
}

/* Asks an observed lamp what it judged. The question leaves no trace in its figures. */
static void askVerdicts(Lamp *lamp)
{
	if (!lamp->isObserved || !lamp->machine) return;
	double computrons = lamp->computrons, turns = lamp->turns;
	deliver(lamp, INPUT_verdicts, 0, 0, 1);
	lamp->computrons = computrons;
	lamp->turns = turns;
}

void lampDeliver(Lamp *lamp, int kind, double value, int channel, int more)
{
	if (lamp->isObserved) {
		uint16_t bytes = (uint16_t) channel;
		effect(lamp, EFFECT_heard, value, kind + (more ? 256 : 0), &bytes, sizeof(bytes));
	}
	deliver(lamp, kind, value, channel, more);
	if (!more) askVerdicts(lamp);
}

void lampCut(Lamp *lamp)
{
	if (lamp->machine) lampRelease(lamp);
	lamp->clockRuns = lamp->isRetained = 0;
	lamp->clockOffset = 0;
}

void lampBoot(Lamp *lamp, int cause)
{
	if (lamp->machine) lampRelease(lamp);
	if (cause == CAUSE_powerOn || cause == CAUSE_brownout) {
		lamp->clockRuns = lamp->isRetained = 0;
		lamp->clockOffset = 0;
	}
	int isNew = imageBoot(&lamp->images);
	lamp->cause = (uint8_t) (isNew && cause == CAUSE_restart ? CAUSE_update : cause);
	lamp->bootAt = instant;
	lamp->alarm = NEVER;
	lamp->slotsPeak = lamp->chunksPeak = 0;
	current = lamp;
	owner = &lamp->owned;
	if (imageDies(&lamp->images)) {
		lampEnd(lamp, EFFECT_death, DEATH_uncaughtException, "the image dies at its first boot");
		bury(lamp);
		current = NULL;
		owner = NULL;
		return;
	}
	txMachine *the = fxCloneMachine(&lampCreation, root, "lamp", lamp);
	if (!the) {
		lampEnd(lamp, EFFECT_death, DEATH_notEnoughMemory, "no room for the machine");
		bury(lamp);
		current = NULL;
		owner = NULL;
		return;
	}
	lamp->machine = the;
	stackBegin(lamp);
	memset(&lamp->deliver, 0, sizeof(txSlot));
	lamp->deliver.kind = XS_UNDEFINED_KIND;
	fxRemember(the, &lamp->deliver);
	if (lamp->isObserved) {
		double clock = lamp->clockRuns ? epochUtc + instant + lamp->clockOffset : NAN;
		effect(lamp, EFFECT_booted, lamp->cause, lamp->isRetained != 0, &clock, sizeof(clock));
	}
	turn(lamp, rootMain, NULL, 0, &lamp->deliver);
	askVerdicts(lamp);
}

void lampAlarm(Lamp *lamp, double at)
{
	double due = lamp->bootAt + at;
	while (due - lamp->bootAt < at) /* rounding: the alarm of a machine never comes early */
		due = nextafter(due, NEVER);
	lamp->alarm = due != due ? NEVER : due < instant ? instant : due;
}

/* ---- figures */

void lampStatistics(Lamp *lamp, double *into)
{
	txMachine *the = lamp->machine;
	txJump jump;
	char here;
	current = lamp;
	owner = &lamp->owned;
	the->firstJump = NULL;
	openJump(the, &jump);
	the->stackLimit = &here - NATIVE_STACK_BYTES;
	stackEnter(lamp);
	if (setjmp(jump.buffer) == 0) fxCollectGarbage(the);
	closeJump(the, &jump);
	stackLeave(lamp);
	current = NULL;
	owner = NULL;
	into[0] = lamp->computrons;
	into[1] = lamp->turns;
	into[2] = the->currentHeapCount;
	into[3] = lamp->slotsPeak;
	into[4] = the->currentChunksSize;
	into[5] = lamp->chunksPeak;
	into[6] = lamp->stackPeak;
	into[7] = lamp->collections - 1; /* except this one */
	lamp->collections--;
	into[8] = lamp->flash.erases;
	into[9] = lamp->flash.bytesWritten;
	into[10] = lamp->store.writes;
}
