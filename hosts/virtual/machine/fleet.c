/**
 * Fleet: many lamps, a clock that jumps to the next alarm, inputs and effects in bulk.
 *
 * Lamps with something due stand in a heap by (instant, number), so that effects come out in that
 * order and a lamp with nothing due costs nothing.
 */
#include "doors.h"
#include "effects.h"
#include "life.h"
#include "root.h"

/* A machine that sets alarms for the same instant again and again would stop the street's clock. */
#define TURNS_AT_ONE_INSTANT 10000
#ifndef STAGED_RECORDS /* fewer on a board */
#define STAGED_RECORDS 1024
#define STAGED_BYTES 65536
#endif
#define DATAGRAMS_BYTES 4096 /* unread; more are dropped, as UDP does */
#define SERIAL_RECEIVE_BYTES 1024 /* of the UART driver; an overflow is lost, as there */

static Lamp *lamps;
static int lampCount;
static uint32_t firstNumber;
static Lamp **heap;
static int heapCount;

static struct {
	Item items[STAGED_RECORDS];
	uint8_t bytes[STAGED_BYTES];
} staged;

static struct {
	double nextDue;
	uint32_t effectCount, effectsAt, bytesAt, bytesCount;
	double figures[11];
} report;

/* ---- the heap */

static int isBefore(Lamp *a, Lamp *b)
{
	return a->due < b->due || (a->due == b->due && a->number < b->number);
}

static void put(Lamp *lamp, int place)
{
	heap[place] = lamp;
	lamp->place = place;
}

static void siftUp(Lamp *lamp, int place)
{
	while (place > 0 && isBefore(lamp, heap[(place - 1) / 2])) {
		put(heap[(place - 1) / 2], place);
		place = (place - 1) / 2;
	}
	put(lamp, place);
}

static void siftDown(Lamp *lamp, int place)
{
	for (;;) {
		int child = 2 * place + 1;
		if (child >= heapCount) break;
		if (child + 1 < heapCount && isBefore(heap[child + 1], heap[child])) child++;
		if (!isBefore(heap[child], lamp)) break;
		put(heap[child], place);
		place = child;
	}
	put(lamp, place);
}

static int isPower(Input *input)
{
	return input->kind == INPUT_boot || input->kind == INPUT_cut;
}

/* A busy machine receives inputs after its work; the mains act at once. */
static double afterWork(Lamp *lamp)
{
	for (Input *input = lamp->firstInput; input && input->at < lamp->busyUntil; input = input->next)
		if (isPower(input)) return input->at;
	return lamp->busyUntil;
}

static void schedule(Lamp *lamp)
{
	double due = lamp->machine ? lamp->alarm : NEVER;
	if (lamp->firstInput && lamp->firstInput->at < due) due = lamp->firstInput->at;
	if (due < lamp->busyUntil) due = afterWork(lamp);
	lamp->due = due;
	if (lamp->place < 0) {
		if (due == NEVER) return;
		siftUp(lamp, heapCount++);
	} else if (due == NEVER) {
		int place = lamp->place;
		Lamp *last = heap[--heapCount];
		lamp->place = -1;
		if (last != lamp) {
			siftUp(last, place);
			siftDown(last, last->place);
		}
	} else {
		siftUp(lamp, lamp->place);
		siftDown(lamp, lamp->place);
	}
}

/* ---- inputs */

static void post(const Item *item)
{
	Lamp *lamp = lamps + (item->lamp - firstNumber);
	Input *input = malloc(sizeof(Input) + item->length);
	*input = (Input){ NULL, item->at, item->value, item->kind, item->channel, item->length };
	memcpy(input->bytes, staged.bytes + item->offset, item->length);
	if (!lamp->firstInput)
		lamp->firstInput = lamp->lastInput = input;
	else if (lamp->lastInput->at <= input->at)
		lamp->lastInput = lamp->lastInput->next = input;
	else {
		Input **address = &lamp->firstInput;
		while ((*address)->at <= input->at) address = &(*address)->next;
		input->next = *address;
		*address = input;
	}
	if (lamp->firstInput == input || isPower(input)) schedule(lamp);
}

static void dropInput(Lamp *lamp)
{
	Input *input = lamp->firstInput;
	lamp->firstInput = input->next;
	if (!input->next) lamp->lastInput = NULL;
	free(input);
}

static uint32_t less(uint32_t from, double by)
{
	return by >= from ? 0 : from - (uint32_t) by;
}

/* Moves an input into the lamp's own buffers; 0 if no stream or port takes it. */
static int takeIn(Lamp *lamp, Input *input)
{
	Stream *stream = input->channel < STREAMS ? &lamp->streams[input->channel] : NULL;
	uint16_t length = (uint16_t) input->length;
	switch (input->kind) {
	case INPUT_streamReached:
		if (!stream || stream->state != STREAM_CONNECTING || !stream->tls) return 0;
		stream->state = STREAM_REACHED;
		return 1;
	case INPUT_streamOpen:
		if (!stream || stream->state != (stream->tls ? STREAM_WORKED : STREAM_CONNECTING)) return 0;
		stream->state = STREAM_OPEN;
		return 1;
	case INPUT_streamReadable:
		if (!stream || stream->state != STREAM_OPEN) return 0;
		fifoPut(&stream->received, input->bytes, input->length);
		input->value = input->length;
		return 1;
	case INPUT_streamWritable:
		if (!stream || stream->state != STREAM_OPEN) return 0;
		stream->inFlight = less(stream->inFlight, input->value);
		return 1;
	case INPUT_streamClosed:
		if (!stream || stream->state == STREAM_FREE) return 0;
		stream->state = STREAM_FREE; /* bytes that came before can still be read */
		return 1;
	case INPUT_serialReadable:
		if (lamp->serialLost) input->length = 0; /* until the firmware has read what came before the loss */
		if (input->length > SERIAL_RECEIVE_BYTES - lamp->serial.length) {
			input->length = SERIAL_RECEIVE_BYTES - lamp->serial.length;
			lamp->serialLost = 1;
		}
		fifoPut(&lamp->serial, input->bytes, input->length);
		input->value = input->length;
		return 1;
	case INPUT_serialWritable:
		lamp->serialInFlight = less(lamp->serialInFlight, input->value);
		return 1;
	case INPUT_network:
		lamp->networkUp = input->value != 0;
		return 1;
	case INPUT_busAnswered:
		if (!lamp->busAwaits || input->channel != lamp->busFrame) return 0;
		lamp->busAwaits = 0;
		return 1;
	case INPUT_datagram:
		if (!lamp->port || input->value != lamp->port) return 0;
		if (lamp->datagrams.length + 2 + input->length > DATAGRAMS_BYTES) return 0;
		fifoPut(&lamp->datagrams, (uint8_t *) &length, 2);
		fifoPut(&lamp->datagrams, input->bytes, length);
		return 1;
	default:
		return 1;
	}
}

/* The peer's flight of a handshake: the machine works on it before it can report the result. */
static int isFlight(Lamp *lamp)
{
	Input *input = lamp->firstInput;
	if (input->kind != INPUT_streamOpen && input->kind != INPUT_streamClosed) return 0;
	if (input->channel >= STREAMS || lamp->streams[input->channel].state != STREAM_SECURING) return 0;
	lamp->streams[input->channel].state = STREAM_WORKED;
	lamp->busyUntil = instant + HANDSHAKE;
	return 1;
}

static int isNext(Lamp *lamp)
{
	return lamp->firstInput && lamp->firstInput->at <= instant && !isPower(lamp->firstInput);
}

/* All inputs of the instant, then their tick; the alarm alone is a tick by itself. */
static void deliverInputs(Lamp *lamp)
{
	int owed = lamp->alarm <= instant;
	if (owed) lamp->alarm = NEVER;
	while (lamp->machine && isNext(lamp) && !isFlight(lamp)) {
		Input *input = lamp->firstInput;
		int isTaken = takeIn(lamp, input);
		int kind = input->kind, channel = input->channel;
		double value = input->value;
		dropInput(lamp);
		if (isTaken) {
			owed = isNext(lamp);
			lampDeliver(lamp, kind, value, channel, owed);
		}
	}
	if (lamp->machine && owed) lampDeliver(lamp, INPUT_tick, 0, 0, 0);
	while (!lamp->machine && isNext(lamp)) dropInput(lamp);
}

/* Ends a machine that does not let time pass; it names what is due in a log. */
static void endTurns(Lamp *lamp)
{
	char text[TEXT_BYTES] = "no end of turns at one instant";
	uint32_t length = (uint32_t) strlen(text), before = effects.count;
	lampDeliver(lamp, INPUT_endless, 0, 0, 1);
	if (!lamp->machine) return;
	if (effects.count > before && effects.items[effects.count - 1].kind == EFFECT_log) {
		Item *log = &effects.items[effects.count - 1];
		uint32_t count = log->length < TEXT_BYTES - length - 2 ? log->length : TEXT_BYTES - length - 2;
		memcpy(text + length, ": ", 2);
		memcpy(text + length + 2, effects.bytes + log->offset, count);
		length += 2 + count;
		effects.count--; /* it is said once */
		effects.bytesCount = log->offset;
	}
	effect(lamp, EFFECT_death, DEATH_watchdog, 0, text, length);
	lampRelease(lamp);
}

static void wake(Lamp *lamp)
{
	instant = lamp->due;
	if (lamp->turnsAt != instant) {
		lamp->turnsAt = instant;
		lamp->turnsThere = 0;
	}
	if (++lamp->turnsThere > TURNS_AT_ONE_INSTANT && lamp->machine) endTurns(lamp);
	while (instant < lamp->busyUntil && !isPower(lamp->firstInput))
		dropInput(lamp); /* the power fails before it was delivered */
	if (lamp->firstInput && lamp->firstInput->at <= instant && isPower(lamp->firstInput)) {
		int kind = lamp->firstInput->kind;
		int cause = (int) lamp->firstInput->value;
		dropInput(lamp);
		if (kind == INPUT_boot)
			lampBoot(lamp, cause);
		else
			lampCut(lamp);
	} else
		deliverInputs(lamp);
	schedule(lamp);
}

/* ---- called by the street */

void *EXPORT(allocate)(uint32_t count)
{
	return malloc(count);
}

void EXPORT(release)(void *address)
{
	free(address);
}

void *EXPORT(stagedAt)(void)
{
	return &staged;
}

void *EXPORT(reportAt)(void)
{
	return &report;
}

int EXPORT(fleetOpen)(uint32_t first, int count, double seed, double epoch, double budget, const char *prefix,
	const char *hardware, const char *profile)
{
	firstNumber = first;
	lampCount = count;
	epochUtc = epoch;
	computronBudget = budget;
	doorsName(prefix, hardware, profile);
	lamps = calloc(count, sizeof(Lamp));
	heap = malloc(count * sizeof(Lamp *));
	if (!lamps || !heap) return 0;
	for (int i = 0; i < count; i++) {
		Lamp *lamp = lamps + i;
		lamp->number = first + i;
		lamp->place = -1;
		lamp->due = lamp->alarm = NEVER;
		lamp->turnsAt = -NEVER;
		lamp->flash.armed = NOT_ARMED;
		lamp->store.flash = &lamp->flash;
		ownedOpen(&lamp->owned);
		lampSeed(lamp, (uint64_t) (int64_t) seed);
	}
	return 1;
}

int EXPORT(imageBuild)(const char *main, int chunkBytes, int slots, int stackSlots, int keys)
{
	lampCreation = (txCreation){ chunkBytes, 0, slots, 0, stackSlots, keys, 0, 53, 37, 1024, 127, 0 };
	report.nextDue = NEVER;
	return rootBuild(main, &lampCreation, buildDoors);
}

static void fillReport(void)
{
	report.nextDue = heapCount ? heap[0]->due : NEVER;
	report.effectCount = effects.count;
	report.effectsAt = (uint32_t) (uintptr_t) effects.items;
	report.bytesAt = (uint32_t) (uintptr_t) effects.bytes;
	report.bytesCount = effects.bytesCount;
}

void EXPORT(fleetPost)(int count)
{
	for (int i = 0; i < count; i++) post(&staged.items[i]);
	fillReport();
}

/* Drops the last run's effects, takes `count` staged inputs. */
void EXPORT(fleetStart)(int count)
{
	effectsDrop();
	fleetPost(count);
}

void EXPORT(fleetRun)(double until)
{
	while (heapCount && heap[0]->due <= until) wake(heap[0]);
	fillReport();
}

/* After a stack overflow: the dead lamp keeps its place in the heap. */
void EXPORT(fleetSettle)(void)
{
	if (heapCount) schedule(heap[0]);
}

static Lamp *lampOf(uint32_t number)
{
	return lamps + (number - firstNumber);
}

int EXPORT(fleetStatistics)(uint32_t number)
{
	Lamp *lamp = lampOf(number);
	if (!lamp->machine) return 0;
	lampStatistics(lamp, report.figures);
	return 1;
}

void EXPORT(fleetArm)(uint32_t number, double bytes)
{
	lampOf(number)->flash.armed = (int64_t) bytes;
}

/* From now on the flash takes nothing, or takes everything again. */
void EXPORT(fleetWorn)(uint32_t number, int isWorn)
{
	lampOf(number)->flash.isWorn = isWorn;
}

/* Its flash log has another's bytes; for a lamp without power. */
void EXPORT(fleetScrawl)(uint32_t number)
{
	flashScrawl(&lampOf(number)->flash, STORE_SECTORS, LOG_SECTORS);
}

/* From now on a door fails by chance in this share of its calls. */
void EXPORT(fleetLuck)(uint32_t number, int door, double share)
{
	if (door >= 0 && door < DOORS) lampOf(number)->share[door] = share;
}

/* From its next boot on, what the lamp hears is an effect, too. */
void EXPORT(fleetObserve)(uint32_t number)
{
	lampOf(number)->isObserved = 1;
}

int EXPORT(fleetStoreRead)(uint32_t number, const char *key)
{
	uint32_t length;
	Lamp *lamp = lampOf(number);
	int entry = storeFind(&lamp->store, key, &length);
	if (entry < 0) return -1;
	storeCopy(&lamp->store, entry, staged.bytes);
	return (int) length;
}

int EXPORT(fleetStoreWrite)(uint32_t number, const char *key, uint32_t length)
{
	Lamp *lamp = lampOf(number);
	int64_t armed = lamp->flash.armed; /* operations of the street itself are not interrupted */
	lamp->flash.armed = NOT_ARMED;
	int result = storeWrite(&lamp->store, key, staged.bytes, length);
	lamp->flash.armed = armed;
	return result;
}

/* The bytes of a slot; their number: fleetSlotBytes. */
const void *EXPORT(fleetSlotAt)(uint32_t number, int slot)
{
	return lampOf(number)->images.bytes[slot];
}

uint32_t EXPORT(fleetSlotBytes)(uint32_t number, int slot)
{
	return lampOf(number)->images.length[slot];
}

uint32_t EXPORT(fleetWear)(uint32_t number, int sector)
{
	return lampOf(number)->flash.wear[sector];
}
