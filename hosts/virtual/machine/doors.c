/**
 * Doors: the functions of `native`, the only way out of a machine. See ../lamp/native.d.ts.
 *
 * Each reads its arguments, changes the lamp, and records an effect if the world must receive it.
 * While the root is built there is no lamp: a function that needs one throws, so that no module can
 * do at load what the device's linker could not do.
 */
#include "doors.h"
#include "effects.h"
#include "hash.h"
#include "life.h"
#include "utf8.h"

/* Implemented outside: P-256 needs no C here. Never throws. */
__attribute__((import_module("host"), import_name("ecdsaVerify"))) int hostEcdsaVerify(
	const uint8_t *key, const uint8_t *digest, const uint8_t *signature, uint32_t count);

#define FLASH_LOG_BYTES (LOG_SECTORS * SECTOR_BYTES)
#define DIGEST_BYTES 32
#define KEY_BYTES 64
#define NAME_BYTES 32

/* ---- arguments and results */

static Lamp *lampOf(txMachine *the)
{
	if (!the->context) mxTypeError("no lamp while modules load");
	return the->context;
}

static txSlot *argument(txMachine *the, int i)
{
	return i < mxArgc ? mxArgv(i) : &mxUndefined;
}

static double numberArgument(txMachine *the, int i)
{
	return fxToNumber(the, argument(the, i));
}

/* A count or an offset; an invalid one becomes 4294967295, which no buffer reaches. */
static uint32_t countArgument(txMachine *the, int i)
{
	double value = numberArgument(the, i);
	return value >= 0 && value < 4294967295.0 ? (uint32_t) value : 0xFFFFFFFF;
}

/* A typed array whose elements have `size` bytes. */
static uint8_t *arrayArgument(txMachine *the, int i, int size, uint32_t *length, int writes)
{
	txSlot *slot = argument(the, i);
	txSlot *array = slot->kind == XS_REFERENCE_KIND ? slot->value.reference->next : NULL;
	if (!array || array->kind != XS_TYPED_ARRAY_KIND || array->value.typedArray.dispatch->size != size)
		mxTypeError("no such array");
	txSlot *view = array->next;
	txSlot *buffer = view->next;
	txSlot *data = buffer->value.reference->next;
	if (data->kind != XS_ARRAY_BUFFER_KIND) mxTypeError("no such array");
	if (writes && (data->flag & XS_DONT_SET_FLAG)) mxTypeError("read-only buffer");
	*length = (uint32_t) fxGetDataViewSize(the, view, buffer);
	return (uint8_t *) data->value.arrayBuffer.address + view->value.dataView.offset;
}

static uint8_t *bytesArgument(txMachine *the, int i, uint32_t *length, int writes)
{
	return arrayArgument(the, i, 1, length, writes);
}

/* `bytes, start, count` at i; NULL if the span is not inside the bytes. */
static uint8_t *spanArgument(txMachine *the, int i, uint32_t *count)
{
	uint32_t start = countArgument(the, i + 1), length;
	*count = countArgument(the, i + 2);
	uint8_t *bytes = bytesArgument(the, i, &length, 0);
	return start <= length && *count <= length - start ? bytes + start : NULL;
}

static txString textArgument(txMachine *the, int i)
{
	if (i >= mxArgc) mxTypeError("no text");
	return fxToString(the, mxArgv(i));
}

static void answerNumber(txMachine *the, double value)
{
	txInteger integer = (txInteger) value;
	if (integer == value) {
		mxResult->kind = XS_INTEGER_KIND;
		mxResult->value.integer = integer;
	} else {
		mxResult->kind = XS_NUMBER_KIND;
		mxResult->value.number = value;
	}
}

static void answerBoolean(txMachine *the, int value)
{
	mxResult->kind = XS_BOOLEAN_KIND;
	mxResult->value.boolean = value != 0;
}

static char *answerText(txMachine *the, uint32_t length)
{
	char *text = fxNewChunk(the, length + 1);
	text[length] = 0;
	mxResult->kind = XS_STRING_KIND;
	mxResult->value.string = text;
	return text;
}

/* A new Uint8Array of the digest. */
static void answerDigest(txMachine *the, const uint8_t *digest)
{
	mxPush(mxUint8ArrayConstructor);
	mxNew();
	mxPushInteger(DIGEST_BYTES);
	mxRunCount(1);
	*mxResult = *the->stack;
	mxResult->next = NULL;
	txSlot *view = mxResult->value.reference->next->next;
	txSlot *data = view->next->value.reference->next;
	memcpy(data->value.arrayBuffer.address + view->value.dataView.offset, digest, DIGEST_BYTES);
	mxPop();
}

static void dieIfCut(txMachine *the, Lamp *lamp)
{
	if (!lamp->flash.powerLost) return;
	lampEnd(lamp, EFFECT_death, DEATH_powerCut, "power failed while flash was written");
	fxExitToHost(the);
}

/* ---- doors that fail by chance, as their contract permits (src/host.ts) */

static int isUnlucky(txMachine *the, int door)
{
	return lampLuck(lampOf(the), door) != 0;
}

/* ---- what an observed lamp hears besides its inputs */

static void noteRead(Lamp *lamp, int source, int isLost, const uint8_t *bytes, uint32_t count)
{
	if (lamp->isObserved && (count || isLost)) effect(lamp, EFFECT_read, source, isLost, bytes, count);
}

static void noteRefused(Lamp *lamp, int door, const char *key)
{
	if (lamp->isObserved) effect(lamp, EFFECT_refused, door, 0, key, (uint32_t) strlen(key));
}

/* A write to the store, or the erasure of a key. If power failed in it, the value follows the key. */
static void noteStored(Lamp *lamp, int result, const char *key, const char *value)
{
	if (!lamp->isObserved) return;
	char text[STORE_KEY_BYTES + 1 + STORE_VALUE_BYTES + 1];
	int isTorn = lamp->flash.powerLost;
	int count = isTorn && value ? snprintf(text, sizeof(text), "%s %s", key, value)
								: snprintf(text, sizeof(text), "%s", key);
	if (count >= (int) sizeof(text)) count = sizeof(text) - 1;
	effect(lamp, EFFECT_stored, isTorn ? STORED_TORN : result, value == NULL, text, (uint32_t) count);
}

/* Answers whether the door did its work. */
static void answerDone(txMachine *the, int door, int isDone)
{
	if (!isDone) noteRefused(lampOf(the), door, "");
	answerBoolean(the, isDone);
}

/* Less than `count`, but at least 1, if the door does a part of its work. */
static uint32_t partOf(txMachine *the, int door, uint32_t count)
{
	uint32_t luck = count > 1 ? lampLuck(lampOf(the), door) : 0;
	return luck ? 1 + luck % (count - 1) : count;
}

/* ---- the lamp itself */

static char serialPrefix[NAME_BYTES], hardwareName[NAME_BYTES], profileName[NAME_BYTES];

void doorsName(const char *prefix, const char *hardware, const char *profile)
{
	snprintf(serialPrefix, sizeof(serialPrefix), "%s", prefix);
	snprintf(hardwareName, sizeof(hardwareName), "%s", hardware);
	snprintf(profileName, sizeof(profileName), "%s", profile);
}

static void answerName(txMachine *the, const char *name)
{
	strcpy(answerText(the, (uint32_t) strlen(name)), name);
}

static void door_serial(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	char name[64];
	snprintf(name, sizeof(name), "%s%05u", serialPrefix, (unsigned) lamp->number);
	answerName(the, name);
}

static void door_hardware(txMachine *the)
{
	answerName(the, hardwareName);
}

static void door_profile(txMachine *the)
{
	answerName(the, profileName);
}

static void door_powerCause(txMachine *the)
{
	answerNumber(the, lampOf(the)->cause);
}

static void door_monotonic(txMachine *the)
{
	answerNumber(the, instant - lampOf(the)->bootAt);
}

static void door_wallClock(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	if (lamp->clockRuns) answerNumber(the, epochUtc + instant + lamp->clockOffset);
}

static void door_setWallClock(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	double utc = numberArgument(the, 0);
	if (!(fabs(utc) <= 8.64e15)) /* ECMA-262, time value */
		return;
	lamp->clockRuns = 1;
	lamp->clockOffset = utc - (epochUtc + instant);
}

static void answerRetained(txMachine *the, int place)
{
	Lamp *lamp = lampOf(the);
	if (!(lamp->isRetained & 1 << place)) return;
	if (lampLuck(lamp, DOOR_retained))
		noteRefused(lamp, DOOR_retained, place == RETAINED_LEVEL ? "level" : "refusals"); /* it is damaged */
	else
		answerNumber(the, lamp->retained[place]);
}

static void retain(txMachine *the, int place)
{
	Lamp *lamp = lampOf(the);
	lamp->retained[place] = numberArgument(the, 0);
	lamp->isRetained |= 1 << place;
}

static void door_retainedLevel(txMachine *the)
{
	answerRetained(the, RETAINED_LEVEL);
}

static void door_retainLevel(txMachine *the)
{
	retain(the, RETAINED_LEVEL);
}

static void door_retainedRefusals(txMachine *the)
{
	answerRetained(the, RETAINED_REFUSALS);
}

static void door_retainRefusals(txMachine *the)
{
	retain(the, RETAINED_REFUSALS);
}

#define LATEST_ALARM 50 /* ms */

static void door_alarm(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	double times[2] = { numberArgument(the, 0), lampLuck(lamp, DOOR_alarm) % LATEST_ALARM };
	times[1] += times[0];
	if (lamp->isObserved && times[1] > times[0])
		effect(lamp, EFFECT_refused, DOOR_alarm, 0, times, sizeof(times));
	lampAlarm(lamp, times[1]);
}

static void door_restart(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	lampEnd(lamp, EFFECT_restart, 0, textArgument(the, 0));
	fxExitToHost(the);
}

#define POINT_BYTES (2 * sizeof(uint32_t))

static void door_duty(txMachine *the)
{
	effect(lampOf(the), EFFECT_duty, numberArgument(the, 0), 0, NULL, 0);
}

/* Points of two numbers; a count beyond the array gives what it has. */
static void door_fade(txMachine *the)
{
	uint32_t length, bytes = countArgument(the, 1);
	uint8_t *path = arrayArgument(the, 0, sizeof(uint32_t), &length, 0);
	bytes = bytes < length / POINT_BYTES ? bytes * POINT_BYTES : length;
	effect(lampOf(the), EFFECT_fade, 0, 0, path, bytes);
}

static void door_stop(txMachine *the)
{
	effect(lampOf(the), EFFECT_fade, 0, 0, NULL, 0);
}

static void door_relay(txMachine *the)
{
	effect(lampOf(the), EFFECT_relay, fxToBoolean(the, argument(the, 0)), 0, NULL, 0);
}

/* The number distinguishes an answer from that to a frame of the life before. */
static void door_busSend(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t frame = countArgument(the, 0) & 0xFFFFFF;
	int isFree = !lamp->busAwaits;
	answerBoolean(the, isFree);
	if (!isFree) return;
	lamp->busAwaits = 1;
	lamp->busFrame++;
	frame |= fxToBoolean(the, argument(the, 1)) ? 0x1000000 : 0;
	effect(lamp, EFFECT_busSend, frame, lamp->busFrame, NULL, 0);
}

static void door_busArm(txMachine *the)
{
	effect(lampOf(the), EFFECT_busArm, numberArgument(the, 0), 0, NULL, 0);
}

static void door_indicate(txMachine *the)
{
	float shown[5];
	for (int i = 0; i < 5; i++) shown[i] = (float) numberArgument(the, i);
	effect(lampOf(the), EFFECT_indicate, 0, 0, shown, sizeof(shown));
}

static void door_freeBytes(txMachine *the)
{
	txBlock *block = the->firstBlock;
	double slots = (double) (the->maximumHeapCount - the->currentHeapCount) * sizeof(txSlot);
	answerNumber(the, slots + (double) (block->limit - block->current));
}

/* An effect whose bytes are the text of the first argument. */
static void textEffect(txMachine *the, int kind)
{
	txString text = textArgument(the, 0);
	uint32_t length = utf8Length(text);
	uint8_t *bytes = malloc(length + 1);
	utf8Encode(text, bytes);
	effect(lampOf(the), kind, 0, 0, bytes, length);
	free(bytes);
}

static void door_log(txMachine *the)
{
	textEffect(the, EFFECT_log);
}

#define VERDICTS_MOST 24

static void door_verdicts(txMachine *the)
{
	double verdicts[VERDICTS_MOST];
	int count = mxArgc < VERDICTS_MOST ? mxArgc : VERDICTS_MOST;
	for (int i = 0; i < count; i++) verdicts[i] = numberArgument(the, i);
	effect(lampOf(the), EFFECT_verdicts, 0, 0, verdicts, count * sizeof(double));
}

static void door_wifi(txMachine *the)
{
	textEffect(the, EFFECT_wifi);
}

/* ---- streams, serial line, datagrams */

static Stream *streamArgument(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t id = countArgument(the, 0);
	return id < STREAMS ? &lamp->streams[id] : NULL;
}

static void door_streamOpen(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	double port = numberArgument(the, 1);
	int tls = fxToBoolean(the, argument(the, 2));
	txString host = textArgument(the, 0);
	for (int id = isUnlucky(the, DOOR_streams) ? STREAMS : 0; id < STREAMS; id++) {
		Stream *stream = &lamp->streams[id];
		if (stream->state != STREAM_FREE) continue;
		fifoClear(&stream->received);
		stream->inFlight = 0;
		stream->tls = tls;
		stream->state = STREAM_CONNECTING;
		effect(lamp, EFFECT_streamOpen, port + (tls ? 65536 : 0), id, host, (uint32_t) strlen(host));
		answerNumber(the, id);
		return;
	}
	noteRefused(lamp, DOOR_streams, "");
	answerNumber(the, -1);
}

static void door_streamSecure(txMachine *the)
{
	Stream *stream = streamArgument(the);
	if (!stream || stream->state != STREAM_REACHED) return;
	stream->state = STREAM_SECURING;
	effect(lampOf(the), EFFECT_streamSecure, 0, countArgument(the, 0), NULL, 0);
}

static uint32_t roomOf(Stream *stream)
{
	return stream && stream->state == STREAM_OPEN ? SEND_WINDOW_BYTES - stream->inFlight : 0;
}

static void door_streamWritable(txMachine *the)
{
	answerNumber(the, roomOf(streamArgument(the)));
}

static void door_streamWrite(txMachine *the)
{
	Stream *stream = streamArgument(the);
	uint32_t count;
	uint8_t *bytes = spanArgument(the, 1, &count);
	int taken = bytes && stream && stream->state == STREAM_OPEN && count <= roomOf(stream);
	if (taken && count) {
		stream->inFlight += count;
		effect(lampOf(the), EFFECT_streamWrite, 0, countArgument(the, 0), bytes, count);
	}
	answerDone(the, DOOR_streams, taken);
}

static void door_streamRead(txMachine *the)
{
	Stream *stream = streamArgument(the);
	uint32_t room;
	uint8_t *into = bytesArgument(the, 1, &room, 1);
	uint32_t waiting = stream ? stream->received.length : 0;
	room = partOf(the, DOOR_streams, room < waiting ? room : waiting);
	uint32_t taken = stream ? fifoTake(&stream->received, into, room) : 0;
	noteRead(lampOf(the), (int) countArgument(the, 0), 0, into, taken);
	answerNumber(the, taken);
}

static void door_streamClose(txMachine *the)
{
	Stream *stream = streamArgument(the);
	if (!stream || stream->state == STREAM_FREE) return;
	stream->state = STREAM_FREE;
	fifoClear(&stream->received);
	effect(lampOf(the), EFFECT_streamClose, 0, countArgument(the, 0), NULL, 0);
}

static void door_serialWrite(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t count;
	uint8_t *bytes = spanArgument(the, 0, &count);
	uint32_t room = SERIAL_FIFO_BYTES - lamp->serialInFlight;
	uint32_t taken = partOf(the, DOOR_serial, !bytes ? 0 : count < room ? count : room);
	lamp->serialInFlight += taken;
	if (taken) effect(lamp, EFFECT_serialWrite, 0, 0, bytes, taken);
	answerNumber(the, taken);
}

static void door_serialRead(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t room;
	uint8_t *into = bytesArgument(the, 0, &room, 1);
	uint32_t waiting = lamp->serial.length;
	if (!waiting && lamp->serialLost) {
		lamp->serialLost = 0;
		noteRead(lamp, READ_SERIAL, 1, NULL, 0);
		answerNumber(the, -1);
		return;
	}
	room = partOf(the, DOOR_serial, room < waiting ? room : waiting);
	uint32_t taken = fifoTake(&lamp->serial, into, room);
	noteRead(lamp, READ_SERIAL, 0, into, taken);
	answerNumber(the, taken);
}

static void door_datagramBind(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t port = countArgument(the, 0);
	int free = !lamp->port && port > 0 && port <= 65535 && !isUnlucky(the, DOOR_datagrams);
	if (free) lamp->port = (uint16_t) port;
	answerDone(the, DOOR_datagrams, free);
}

static void door_datagramClose(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	lamp->port = 0;
	fifoClear(&lamp->datagrams);
}

static void door_datagramSend(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t count = countArgument(the, 1), length;
	uint8_t *bytes = bytesArgument(the, 0, &length, 0);
	int sent = lamp->port && lamp->networkUp && count <= length && count <= DATAGRAM_BYTES
		&& !isUnlucky(the, DOOR_datagrams);
	if (sent) effect(lamp, EFFECT_datagram, lamp->port, 0, bytes, count);
	answerDone(the, DOOR_datagrams, sent);
}

/* Bytes that do not fit into the buffer are lost, as with recvfrom. */
static void door_datagramRead(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t room;
	uint8_t *into = bytesArgument(the, 0, &room, 1);
	uint16_t length = 0;
	uint8_t lost;
	fifoTake(&lamp->datagrams, (uint8_t *) &length, 2);
	uint32_t taken = fifoTake(&lamp->datagrams, into, length < room ? length : room);
	for (uint32_t left = length - taken; left; left--) fifoTake(&lamp->datagrams, &lost, 1);
	noteRead(lamp, READ_DATAGRAM, 0, into, taken);
	answerNumber(the, taken);
}

/* ---- flash */

static void door_storeRead(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t length;
	int entry = storeFind(&lamp->store, textArgument(the, 0), &length);
	dieIfCut(the, lamp);
	if (entry >= 0) storeCopy(&lamp->store, entry, (uint8_t *) answerText(the, length));
}

static void door_storeWrite(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	textArgument(the, 0);
	txString value = textArgument(the, 1);
	txString key = textArgument(the, 0); /* after the calls that may move it */
	uint32_t luck = lampLuck(lamp, DOOR_store);
	int result = luck ? luck % 2 ? STORE_FULL : STORE_FAILED
					  : storeWrite(&lamp->store, key, (uint8_t *) value, (uint32_t) strlen(value));
	noteStored(lamp, result, key, value);
	dieIfCut(the, lamp);
	answerNumber(the, result);
}

static void door_storeErase(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	txString key = textArgument(the, 0);
	int result = isUnlucky(the, DOOR_store) ? STORE_FAILED : storeErase(&lamp->store, key);
	noteStored(lamp, result, key, NULL);
	dieIfCut(the, lamp);
	answerNumber(the, result);
}

static void door_flashRead(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t offset = countArgument(the, 0), count;
	uint8_t *into = bytesArgument(the, 1, &count, 1);
	int inside =
		offset <= FLASH_LOG_BYTES && count <= FLASH_LOG_BYTES - offset && !isUnlucky(the, DOOR_flash);
	while (inside && count) {
		uint32_t at = offset % SECTOR_BYTES;
		uint32_t part = count < SECTOR_BYTES - at ? count : SECTOR_BYTES - at;
		flashRead(&lamp->flash, STORE_SECTORS + offset / SECTOR_BYTES, at, into, part);
		into += part;
		offset += part;
		count -= part;
	}
	answerDone(the, DOOR_flash, inside);
}

static void door_flashWrite(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t offset = countArgument(the, 0), count;
	uint8_t *bytes = spanArgument(the, 1, &count);
	int inside = bytes && offset <= FLASH_LOG_BYTES && count <= FLASH_LOG_BYTES - offset;
	uint32_t whole = count; /* a write that fails may leave a part of it */
	if (inside) count = partOf(the, DOOR_flash, count);
	int isWhole = count == whole;
	while (inside && count) {
		uint32_t at = offset % SECTOR_BYTES;
		uint32_t part = count < SECTOR_BYTES - at ? count : SECTOR_BYTES - at;
		inside = flashProgram(&lamp->flash, STORE_SECTORS + offset / SECTOR_BYTES, at, bytes, part);
		dieIfCut(the, lamp);
		bytes += part;
		offset += part;
		count -= part;
	}
	answerDone(the, DOOR_flash, inside && isWhole);
}

static void door_flashErase(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t sector = countArgument(the, 0);
	int erased = sector < LOG_SECTORS && !isUnlucky(the, DOOR_flash)
		&& flashErase(&lamp->flash, STORE_SECTORS + sector);
	dieIfCut(the, lamp);
	answerDone(the, DOOR_flash, erased);
}

/* ---- images */

static void door_imageSlot(txMachine *the)
{
	answerNumber(the, lampOf(the)->images.running);
}

static void door_imageState(txMachine *the)
{
	answerNumber(the, lampOf(the)->images.onProbation);
}

static void door_imageBegin(txMachine *the)
{
	uint32_t count = countArgument(the, 0);
	answerDone(the, DOOR_images, !isUnlucky(the, DOOR_images) && imageBegin(&lampOf(the)->images, count));
}

static void door_imageWrite(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t count;
	uint8_t *bytes = spanArgument(the, 0, &count);
	int written =
		bytes && !isUnlucky(the, DOOR_images) && imageWrite(&lamp->images, &lamp->flash, bytes, count);
	dieIfCut(the, lamp);
	answerDone(the, DOOR_images, written);
}

static void door_imageActivate(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	int activated = !isUnlucky(the, DOOR_images) && imageActivate(&lamp->images, &lamp->flash);
	dieIfCut(the, lamp);
	answerDone(the, DOOR_images, activated);
}

static void door_imageKeep(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	int kept = !isUnlucky(the, DOOR_images) && imageKeep(&lamp->images, &lamp->flash);
	dieIfCut(the, lamp);
	answerDone(the, DOOR_images, kept);
}

/* ---- digests, random bytes, text */

static void door_digestBegin(txMachine *the)
{
	shaBegin(&lampOf(the)->digest);
}

static void door_digestAdd(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t count;
	uint8_t *bytes = spanArgument(the, 0, &count);
	if (bytes) shaUpdate(&lamp->digest, bytes, count);
}

static void door_digestEnd(txMachine *the)
{
	uint8_t digest[DIGEST_BYTES];
	shaEnd(&lampOf(the)->digest, digest);
	answerDigest(the, digest);
}

static void door_sha256(txMachine *the)
{
	uint8_t digest[DIGEST_BYTES];
	uint32_t count;
	uint8_t *bytes = bytesArgument(the, 0, &count, 0);
	sha256(bytes, count, digest);
	answerDigest(the, digest);
}

static void door_hmacSha256(txMachine *the)
{
	uint8_t digest[DIGEST_BYTES];
	uint32_t keyCount, count;
	uint8_t *key = bytesArgument(the, 0, &keyCount, 0);
	uint8_t *bytes = bytesArgument(the, 1, &count, 0);
	hmacSha256(key, keyCount, bytes, count, digest);
	answerDigest(the, digest);
}

static void door_ecdsaVerify(txMachine *the)
{
	uint32_t keyCount, digestCount, count;
	uint8_t *key = bytesArgument(the, 0, &keyCount, 0);
	uint8_t *digest = bytesArgument(the, 1, &digestCount, 0);
	uint8_t *signature = bytesArgument(the, 2, &count, 0);
	answerBoolean(the,
		keyCount == KEY_BYTES && digestCount == DIGEST_BYTES
			&& hostEcdsaVerify(key, digest, signature, count));
}

static void door_random(txMachine *the)
{
	Lamp *lamp = lampOf(the);
	uint32_t count;
	uint8_t *into = bytesArgument(the, 0, &count, 1);
	for (uint32_t i = 0, word = 0; i < count; i++, word >>= 8) {
		if (i % 4 == 0) word = lampRandom(lamp);
		into[i] = (uint8_t) word;
	}
}

static void door_utf8Encode(txMachine *the)
{
	uint32_t at = countArgument(the, 2), room;
	txString text = textArgument(the, 0);
	uint8_t *into = bytesArgument(the, 1, &room, 1);
	uint32_t length = utf8Length(text);
	int fits = at <= room && length <= room - at;
	if (fits) utf8Encode(text, into + at);
	answerNumber(the, fits ? (double) length : -1);
}

static void door_utf8Decode(txMachine *the)
{
	uint32_t count;
	uint8_t *bytes = spanArgument(the, 0, &count);
	if (!bytes || !utf8IsValid(bytes, count)) return;
	char *text = answerText(the, count); /* may move the bytes */
	memcpy(text, spanArgument(the, 0, &count), count);
}

/* ---- branches of an instrumented image that were taken, in all machines */

static uint8_t branchesTaken[BRANCHES];

static void door_branchTaken(txMachine *the)
{
	uint32_t nth = countArgument(the, 0);
	if (nth < BRANCHES) branchesTaken[nth] = 1;
}

uint8_t *EXPORT(fleetBranchesTaken)(void)
{
	return branchesTaken;
}

/* ---- the frozen object */

typedef struct {
	const char *name;
	txCallback call;
	int length;
} Door;

static const Door doors[] = {
	{ "powerCause", door_powerCause, 0 },
	{ "monotonic", door_monotonic, 0 },
	{ "wallClock", door_wallClock, 0 },
	{ "setWallClock", door_setWallClock, 1 },
	{ "retainedLevel", door_retainedLevel, 0 },
	{ "retainLevel", door_retainLevel, 1 },
	{ "retainedRefusals", door_retainedRefusals, 0 },
	{ "retainRefusals", door_retainRefusals, 1 },
	{ "alarm", door_alarm, 1 },
	{ "restart", door_restart, 1 },
	{ "duty", door_duty, 1 },
	{ "fade", door_fade, 2 },
	{ "stop", door_stop, 0 },
	{ "relay", door_relay, 1 },
	{ "busSend", door_busSend, 2 },
	{ "busArm", door_busArm, 1 },
	{ "indicate", door_indicate, 5 },
	{ "wifi", door_wifi, 1 },
	{ "streamOpen", door_streamOpen, 3 },
	{ "streamSecure", door_streamSecure, 1 },
	{ "streamWritable", door_streamWritable, 1 },
	{ "streamWrite", door_streamWrite, 4 },
	{ "streamRead", door_streamRead, 2 },
	{ "streamClose", door_streamClose, 1 },
	{ "serialWrite", door_serialWrite, 3 },
	{ "serialRead", door_serialRead, 1 },
	{ "datagramBind", door_datagramBind, 1 },
	{ "datagramClose", door_datagramClose, 0 },
	{ "datagramSend", door_datagramSend, 2 },
	{ "datagramRead", door_datagramRead, 1 },
	{ "storeRead", door_storeRead, 1 },
	{ "storeWrite", door_storeWrite, 2 },
	{ "storeErase", door_storeErase, 1 },
	{ "flashRead", door_flashRead, 2 },
	{ "flashWrite", door_flashWrite, 4 },
	{ "flashErase", door_flashErase, 1 },
	{ "imageSlot", door_imageSlot, 0 },
	{ "imageState", door_imageState, 0 },
	{ "imageBegin", door_imageBegin, 1 },
	{ "imageWrite", door_imageWrite, 3 },
	{ "imageActivate", door_imageActivate, 0 },
	{ "imageKeep", door_imageKeep, 0 },
	{ "digestBegin", door_digestBegin, 0 },
	{ "digestAdd", door_digestAdd, 3 },
	{ "digestEnd", door_digestEnd, 0 },
	{ "sha256", door_sha256, 1 },
	{ "hmacSha256", door_hmacSha256, 2 },
	{ "ecdsaVerify", door_ecdsaVerify, 3 },
	{ "random", door_random, 1 },
	{ "utf8Encode", door_utf8Encode, 3 },
	{ "utf8Decode", door_utf8Decode, 3 },
	{ "freeBytes", door_freeBytes, 0 },
	{ "log", door_log, 1 },
	{ "verdicts", door_verdicts, VERDICTS_MOST },
	{ "branchTaken", door_branchTaken, 1 },
};

#define FIXED (XS_DONT_DELETE_FLAG | XS_DONT_SET_FLAG)

void buildDoors(txMachine *the)
{
	mxPush(mxObjectPrototype);
	txSlot *native = fxNewObjectInstance(the);
	txSlot *last = fxLastProperty(the, native);
	last = fxNextHostAccessorProperty(the, last, door_serial, NULL, fxID(the, "serial"), XS_DONT_DELETE_FLAG);
	last = fxNextHostAccessorProperty(
		the, last, door_hardware, NULL, fxID(the, "hardware"), XS_DONT_DELETE_FLAG);
	last =
		fxNextHostAccessorProperty(the, last, door_profile, NULL, fxID(the, "profile"), XS_DONT_DELETE_FLAG);
	last = fxNextIntegerProperty(the, last, LOG_SECTORS, fxID(the, "flashSectors"), FIXED);
	for (size_t i = 0; i < sizeof(doors) / sizeof(Door); i++)
		last = fxNextHostFunctionProperty(
			the, last, doors[i].call, doors[i].length, fxID(the, (txString) doors[i].name), FIXED);
	native->flag |= XS_DONT_PATCH_FLAG;
	mxPush(mxGlobal);
	mxSetID(fxID(the, "native"));
	mxPop();
}
