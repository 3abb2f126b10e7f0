/**
 * Store: keys and values in flash, correct after a power cut at any byte.
 *
 * A log of records over the sectors, in the order of the sectors' sequence numbers; of a key, the
 * last record counts. One sector stays free. When the others are full, the sector with the least
 * that still counts is copied into the free one and erased. A sector's header:
 *
 *    0 magic   4 sequence   8 sequence of the sector it is the copy of, or FFFFFFFF
 *   12 crc of these   16 FFFFFFFF until the copy is complete, then 0   20 records
 *
 * and a record: 0 mark  1 kind  2 key's length  3 zero  4 value's length (16 bits)  6 zero  8 key,
 * value, crc of all before it; the next one begins at a multiple of 4.
 */
#include <stdlib.h>
#include <string.h>
#include "store.h"
#include "hash.h"

#define MAGIC 0x31534E4C /* "LNS1" */
#define NO_VICTIM 0xFFFFFFFF
#define COMPLETE_AT 16
#define RECORDS_AT 20
#define MARK 0x5A
#define KIND_VALUE 1
#define KIND_ERASED 2
#define RECORD_HEAD 8
#define RECORD_BYTES (RECORD_HEAD + STORE_KEY_BYTES + STORE_VALUE_BYTES + 4)

typedef struct {
	uint8_t kind, keyLength;
	uint16_t valueLength;
	char key[STORE_KEY_BYTES + 1];
} Record;

static uint32_t sizeOf(const Record *record)
{
	return (RECORD_HEAD + record->keyLength + record->valueLength + 4 + 3) & ~3u;
}

/* The record at a place, its crc checked; 0 if there is none. */
static int readRecord(Flash *flash, int sector, uint32_t offset, Record *record)
{
	uint8_t bytes[RECORD_BYTES];
	if (offset + RECORD_HEAD + 4 > SECTOR_BYTES) return 0;
	flashRead(flash, sector, offset, bytes, RECORD_HEAD);
	record->kind = bytes[1];
	record->keyLength = bytes[2];
	record->valueLength = (uint16_t) (bytes[4] | bytes[5] << 8);
	if (bytes[0] != MARK || !record->keyLength || record->keyLength > STORE_KEY_BYTES
		|| record->valueLength > STORE_VALUE_BYTES || offset + sizeOf(record) > SECTOR_BYTES)
		return 0;
	uint32_t length = RECORD_HEAD + record->keyLength + record->valueLength;
	uint32_t crc;
	flashRead(flash, sector, offset, bytes, length);
	flashRead(flash, sector, offset + length, (uint8_t *) &crc, 4);
	if (crc != crc32Of(0, bytes, length)) return 0;
	memcpy(record->key, bytes + RECORD_HEAD, record->keyLength);
	record->key[record->keyLength] = 0;
	return 1;
}

/* Of a record known to be whole. */
static void peekRecord(Flash *flash, int sector, uint32_t offset, Record *record)
{
	uint8_t head[RECORD_HEAD];
	flashRead(flash, sector, offset, head, RECORD_HEAD);
	record->kind = head[1];
	record->keyLength = head[2];
	record->valueLength = (uint16_t) (head[4] | head[5] << 8);
	flashRead(flash, sector, offset + RECORD_HEAD, (uint8_t *) record->key, record->keyLength);
	record->key[record->keyLength] = 0;
}

static int entryOf(Store *store, const char *key)
{
	Record record;
	for (int i = 0; i < store->count; i++) {
		peekRecord(store->flash, store->entries[i].sector, store->entries[i].offset, &record);
		if (!strcmp(record.key, key)) return i;
	}
	return -1;
}

static void note(Store *store, const char *key, int sector, uint32_t offset, int erased)
{
	int i = entryOf(store, key);
	if (i < 0) {
		if (store->count == store->room) {
			store->room = store->room ? store->room * 2 : 8;
			store->entries = realloc(store->entries, store->room * sizeof(StoreEntry));
		}
		i = store->count++;
	}
	store->entries[i] = (StoreEntry){ (uint16_t) offset, (uint8_t) sector, (uint8_t) erased };
}

/* ---- mounting */

static int readHeader(Flash *flash, int sector, uint32_t *header)
{
	flashRead(flash, sector, 0, (uint8_t *) header, RECORDS_AT);
	return header[0] == MAGIC && header[1] && header[3] == crc32Of(0, (uint8_t *) header, 12);
}

static int sectorOf(Store *store, uint32_t sequence)
{
	for (int s = 0; s < STORE_SECTORS; s++)
		if (store->sequence[s] == sequence) return s;
	return -1;
}

static int newestSector(Store *store)
{
	int newest = -1;
	for (int s = 0; s < STORE_SECTORS; s++)
		if (store->sequence[s] && (newest < 0 || store->sequence[s] > store->sequence[newest])) newest = s;
	return newest;
}

static int freeCount(Store *store)
{
	int count = 0;
	for (int s = 0; s < STORE_SECTORS; s++) count += !store->sequence[s];
	return count;
}

static uint32_t liveBytes(Store *store, int sector)
{
	Record record;
	uint32_t bytes = 0;
	for (int i = 0; i < store->count; i++)
		if (store->entries[i].sector == sector) {
			peekRecord(store->flash, sector, store->entries[i].offset, &record);
			bytes += sizeOf(&record);
		}
	return bytes;
}

static int release(Store *store, int sector)
{
	if (!flashErase(store->flash, sector)) return 0;
	store->sequence[sector] = 0;
	return 1;
}

static void readRecords(Store *store, int sector)
{
	Record record;
	uint32_t offset = RECORDS_AT;
	while (readRecord(store->flash, sector, offset, &record)) {
		note(store, record.key, sector, offset, record.kind == KIND_ERASED);
		offset += sizeOf(&record);
	}
	/* A torn record closes its sector. */
	store->end[sector] = flashIsBlank(store->flash, sector, offset) ? offset : SECTOR_BYTES;
}

/* A copy interrupted by a power cut is repeated; after a complete copy the original is not
 * needed. */
static int settleCopy(Store *store, int newest)
{
	uint32_t header[RECORDS_AT / 4];
	readHeader(store->flash, newest, header);
	int victim = header[2] == NO_VICTIM ? -1 : sectorOf(store, header[2]);
	if (victim < 0) return 1;
	return release(store, header[4] == 0 ? victim : newest);
}

static int mount(Store *store)
{
	uint32_t header[RECORDS_AT / 4];
	if (store->mounted) return 1;
	store->count = 0;
	for (int s = 0; s < STORE_SECTORS; s++) {
		store->sequence[s] = readHeader(store->flash, s, header) ? header[1] : 0;
		if (!store->sequence[s] && !flashIsBlank(store->flash, s, 0) && !flashErase(store->flash, s))
			return 0;
	}
	int newest = newestSector(store);
	if (newest >= 0 && !settleCopy(store, newest)) return 0;
	uint32_t last = 0;
	for (;;) { /* the sectors in their order */
		int next = -1;
		for (int s = 0; s < STORE_SECTORS; s++)
			if (store->sequence[s] > last && (next < 0 || store->sequence[s] < store->sequence[next]))
				next = s;
		if (next < 0) break;
		readRecords(store, next);
		last = store->sequence[next];
	}
	if (!freeCount(store)) /* power failed after the last sector's record emptied another */
		for (int s = 0; s < STORE_SECTORS; s++)
			if (!liveBytes(store, s) && !release(store, s)) return 0;
	store->active = newestSector(store);
	store->mounted = 1;
	return 1;
}

void storeUnmount(Store *store)
{
	free(store->entries);
	store->entries = NULL;
	store->count = store->room = store->mounted = 0;
}

/* ---- writing */

static int openSector(Store *store, uint32_t victim)
{
	int newest = newestSector(store);
	int sector = sectorOf(store, 0);
	if (sector < 0) return 0;
	uint32_t header[4] = { MAGIC, newest < 0 ? 1 : store->sequence[newest] + 1, victim, 0 };
	header[3] = crc32Of(0, (uint8_t *) header, 12);
	if (!flashProgram(store->flash, sector, 0, (uint8_t *) header, sizeof(header))) return 0;
	store->sequence[sector] = header[1];
	store->end[sector] = RECORDS_AT;
	store->active = sector;
	return 1;
}

static int holdsKey(Store *store, int sector, const char *key)
{
	Record record;
	uint32_t offset = RECORDS_AT;
	for (; readRecord(store->flash, sector, offset, &record); offset += sizeOf(&record))
		if (!strcmp(record.key, key)) return 1;
	return 0;
}

/* An erasure must be kept while an older value of its key lies elsewhere. */
static int isNeeded(Store *store, StoreEntry *entry, int victim)
{
	Record record;
	if (!entry->erased) return 1;
	peekRecord(store->flash, victim, entry->offset, &record);
	for (int s = 0; s < STORE_SECTORS; s++)
		if (s != victim && store->sequence[s] && holdsKey(store, s, record.key)) return 1;
	return 0;
}

static int compact(Store *store, int victim)
{
	static const uint8_t complete[4];
	uint8_t bytes[RECORD_BYTES];
	Record record;
	if (!openSector(store, store->sequence[victim])) return 0;
	int target = store->active;
	for (int i = store->count - 1; i >= 0; i--) {
		StoreEntry *entry = &store->entries[i];
		if (entry->sector != victim) continue;
		if (!isNeeded(store, entry, victim)) {
			*entry = store->entries[--store->count];
			continue;
		}
		peekRecord(store->flash, victim, entry->offset, &record);
		uint32_t length = RECORD_HEAD + record.keyLength + record.valueLength + 4;
		flashRead(store->flash, victim, entry->offset, bytes, length);
		if (!flashProgram(store->flash, target, store->end[target], bytes, length)) return 0;
		entry->sector = (uint8_t) target;
		entry->offset = store->end[target];
		store->end[target] += sizeOf(&record);
	}
	return flashProgram(store->flash, target, COMPLETE_AT, complete, 4) && release(store, victim);
}

/* Makes room for `size` bytes at the end of the active sector. */
static int makeRoom(Store *store, uint32_t size, int replaced)
{
	if (store->active >= 0 && store->end[store->active] + size <= SECTOR_BYTES) return STORE_OK;
	if (freeCount(store) > 1) return openSector(store, NO_VICTIM) ? STORE_OK : STORE_FAILED;
	int victim = -1;
	uint32_t least = 0;
	for (int s = 0; s < STORE_SECTORS; s++) {
		uint32_t live = store->sequence[s] ? liveBytes(store, s) : 0;
		if (store->sequence[s]
			&& (victim < 0 || live < least
				|| (live == least && store->sequence[s] < store->sequence[victim]))) {
			victim = s;
			least = live;
		}
	}
	if (RECORDS_AT + least + size <= SECTOR_BYTES) return compact(store, victim) ? STORE_OK : STORE_FAILED;
	/* The free sector may be used up if the record empties another one. */
	if (replaced >= 0) {
		Record record;
		StoreEntry *entry = &store->entries[replaced];
		peekRecord(store->flash, entry->sector, entry->offset, &record);
		if (liveBytes(store, entry->sector) == sizeOf(&record))
			return openSector(store, NO_VICTIM) ? STORE_OK : STORE_FAILED;
	}
	return STORE_FULL;
}

static int append(Store *store, int kind, const char *key, const uint8_t *value, uint32_t length)
{
	uint8_t bytes[RECORD_BYTES] = { MARK, (uint8_t) kind, (uint8_t) strlen(key), 0, (uint8_t) length,
		(uint8_t) (length >> 8) };
	uint32_t size = RECORD_HEAD + bytes[2] + length;
	memcpy(bytes + RECORD_HEAD, key, bytes[2]);
	memcpy(bytes + RECORD_HEAD + bytes[2], value, length);
	uint32_t crc = crc32Of(0, bytes, size);
	memcpy(bytes + size, &crc, 4);
	size += 4;
	int result = makeRoom(store, (size + 3) & ~3u, entryOf(store, key));
	if (result != STORE_OK) return result;
	int sector = store->active;
	uint32_t offset = store->end[sector];
	if (!flashProgram(store->flash, sector, offset, bytes, size)) return STORE_FAILED;
	store->writes++;
	store->end[sector] = (uint16_t) (offset + ((size + 3) & ~3u));
	note(store, key, sector, offset, kind == KIND_ERASED);
	if (!freeCount(store))
		for (int s = 0; s < STORE_SECTORS; s++)
			if (!liveBytes(store, s) && !release(store, s)) return STORE_FAILED;
	return STORE_OK;
}

static int isKey(const char *key)
{
	size_t length = strlen(key);
	for (size_t i = 0; i < length; i++)
		if (key[i] < 0x20 || key[i] > 0x7E) return 0;
	return length >= 1 && length <= STORE_KEY_BYTES;
}

/* The entry of a key that has a value, and the value's length; -1. */
int storeFind(Store *store, const char *key, uint32_t *length)
{
	Record record;
	if (!isKey(key) || !mount(store)) return -1;
	int i = entryOf(store, key);
	if (i < 0 || store->entries[i].erased) return -1;
	peekRecord(store->flash, store->entries[i].sector, store->entries[i].offset, &record);
	*length = record.valueLength;
	return i;
}

void storeCopy(Store *store, int i, uint8_t *into)
{
	Record record;
	StoreEntry *entry = &store->entries[i];
	peekRecord(store->flash, entry->sector, entry->offset, &record);
	flashRead(store->flash, entry->sector, entry->offset + RECORD_HEAD + record.keyLength, into,
		record.valueLength);
}

int storeWrite(Store *store, const char *key, const uint8_t *value, uint32_t length)
{
	uint8_t old[STORE_VALUE_BYTES];
	uint32_t oldLength;
	if (!isKey(key) || length > STORE_VALUE_BYTES || !mount(store)) return STORE_FAILED;
	int i = storeFind(store, key, &oldLength);
	if (i >= 0 && oldLength == length) { /* an unchanged value costs no flash */
		storeCopy(store, i, old);
		if (!memcmp(old, value, length)) return STORE_OK;
	}
	return append(store, KIND_VALUE, key, value, length);
}

int storeErase(Store *store, const char *key)
{
	uint32_t length;
	if (!isKey(key) || !mount(store)) return STORE_FAILED;
	if (storeFind(store, key, &length) < 0) return STORE_OK;
	return append(store, KIND_ERASED, key, NULL, 0);
}
