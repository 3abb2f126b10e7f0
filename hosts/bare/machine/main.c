/**
 * Main: one lamp on the board, from power on until its script or its power ends.
 *
 * The scheduler is the simulator's, for a fleet of one. The script lies in flash: a head, then
 * records as in ../../virtual/fleet/records.ts. Without a root in flash the program builds one.
 */
#include "board.h"
#include "effects.h"
#include "flashed.h"

#define SCRIPT_MAGIC 0x50524353u /* "SCRP" */
#define INPUT_store 200 /* bytes: key, zero, value: written before the first boot */
#define LAMP 1
/* One way over the serial line, ms, and from a lamp's end to its next boot. */
#define LATENCY 25
#define REBOOT 1000
#define CAUSE_crash 3
#define FIGURES 11

typedef struct {
	uint32_t magic, count;
	double seed, epoch, end;
	Item items[];
} Script;

static const Script *const script = (const Script *) SCRIPT_AT;
static const Settings *const settings = (const Settings *) SETTINGS_AT;

/* Of fleet.c, as the simulator's host sees it. */
typedef struct {
	Item items[STAGED_RECORDS];
	uint8_t bytes[STAGED_BYTES];
} Staged;
typedef struct {
	double nextDue;
	uint32_t effects[4];
	double figures[FIGURES];
} Report;
void *stagedAt(void);
void *reportAt(void);
int fleetOpen(uint32_t first, int count, double seed, double epoch, double budget, const char *prefix,
	const char *hardware, const char *profile);
void fleetPost(int count);
void fleetRun(double until);
int fleetStatistics(uint32_t number);
int fleetStoreWrite(uint32_t number, const char *key, uint32_t length);

/* No image is offered on this board, so no signature is checked. */
int hostEcdsaVerify(const uint8_t *key, const uint8_t *digest, const uint8_t *signature, uint32_t count)
{
	putText("failed: a signature is checked, which this board cannot\n");
	boardExit(EXIT_failed);
}

static void post(double at, int kind, double value, const uint8_t *bytes, uint32_t length)
{
	Staged *staged = stagedAt();
	staged->items[0] = (Item){ at, value, LAMP, (uint16_t) kind, 0, length, 0 };
	memcpy(staged->bytes, bytes, length);
	fleetPost(1);
}

static void store(const uint8_t *bytes, uint32_t length)
{
	Staged *staged = stagedAt();
	uint32_t key = (uint32_t) strlen((const char *) bytes) + 1;
	memcpy(staged->bytes, bytes + key, length - key);
	if (fleetStoreWrite(LAMP, (const char *) bytes, length - key)) {
		putText("failed: the store\n");
		boardExit(EXIT_failed);
	}
}

/* Takes the inputs of the next instant; returns that instant. */
static double takeInputs(uint32_t *next)
{
	const Report *report = reportAt();
	double at = script->end;
	if (*next < script->count && script->items[*next].at < at) at = script->items[*next].at;
	if (report->nextDue < at) return report->nextDue;
	for (; *next < script->count && script->items[*next].at == at; (*next)++) {
		const Item *item = &script->items[*next];
		const uint8_t *bytes = (const uint8_t *) SCRIPT_AT + item->offset;
		if (item->kind == INPUT_store)
			store(bytes, item->length);
		else
			post(at, item->kind, item->value, bytes, item->length);
	}
	return at;
}

/* Points of a fade; none: the duty of this instant is held. */
static void putPath(const uint8_t *bytes, uint32_t length)
{
	uint32_t point[2];
	if (!length) putText(" stop");
	for (uint32_t at = 0; at < length; at += sizeof(point)) {
		memcpy(point, bytes + at, sizeof(point));
		putText(" +");
		putCount(point[0]);
		putText(":");
		putCount(point[1]);
	}
}

static void putEffect(const Item *item)
{
	const uint8_t *bytes = effects.bytes + item->offset;
	switch (item->kind) {
	case EFFECT_duty:
		putText("duty ");
		putNumber(item->at);
		putText(" ");
		putNumber(item->value);
		break;
	case EFFECT_fade:
		putText("fade ");
		putNumber(item->at);
		putPath(bytes, item->length);
		break;
	case EFFECT_serialWrite:
		putText("serial ");
		putNumber(item->at);
		putText(" ");
		putHex(bytes, item->length);
		post(item->at + LATENCY, INPUT_serialWritable, item->length, NULL, 0);
		break;
	case EFFECT_restart:
	case EFFECT_death:
		putText(item->kind == EFFECT_death ? "death " : "restart ");
		putNumber(item->at);
		putText(" ");
		putHex(bytes, item->length);
		post(
			item->at + REBOOT, INPUT_boot, item->kind == EFFECT_death ? CAUSE_crash : CAUSE_restart, NULL, 0);
		break;
	default:
		return;
	}
	putText("\n");
}

static void putEffects(void)
{
	for (uint32_t i = 0; i < effects.count; i++) putEffect(&effects.items[i]);
	effectsDrop();
}

static void putFigures(void)
{
	const Report *report = reportAt();
	if (!fleetStatistics(LAMP)) return;
	putText("statistics");
	for (int i = 0; i < FIGURES; i++) {
		putText(" ");
		putNumber(report->figures[i]);
	}
	putText("\nstack ");
	putCount(stackPeak());
	putText(" ");
	putCount(stackSize());
	putText("\nheap ");
	putCount(heapPeak());
	putText(" ");
	putCount(staticBytes());
	putText("\nend ");
	putCount(instructions());
	putText("\n");
}

static void runScript(void)
{
	const Root *image = (const Root *) ROOT_AT;
	if (script->magic != SCRIPT_MAGIC) {
		putText("failed: no script in flash\n");
		boardExit(EXIT_failed);
	}
	rootTake(image);
	fleetOpen(LAMP, 1, script->seed, script->epoch, image->budget, "scripted-", "virtual/1", "development");
	flashNoise(settings->noise);
	if (settings->cutAt) boardArm(settings->cutAt);
	if (settings->poke) *(volatile uint8_t *) settings->poke = 0;
	uint32_t next = 0;
	for (;;) {
		double at = takeInputs(&next);
		fleetRun(at);
		putEffects();
		putText("at ");
		putNumber(at);
		putText(" ");
		putCount(instructions());
		putText("\n");
		if (at >= script->end) break;
	}
	putFigures();
	boardExit(EXIT_done);
}

int main(void)
{
	int isFlashed = ((const Root *) ROOT_AT)->magic == ROOT_MAGIC;
	boardStart(isFlashed);
	if (isFlashed) runScript();
	build();
}
