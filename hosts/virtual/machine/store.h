/**
 * Store: keys and values on the first sectors of the flash.
 */
#ifndef LUMINODE_STORE_H
#define LUMINODE_STORE_H

#include "flash.h"

#define STORE_KEY_BYTES 15
#define STORE_VALUE_BYTES 3900
enum { STORE_OK, STORE_FULL, STORE_FAILED };
#define STORED_TORN 3 /* power failed in it */

typedef struct {
	uint16_t offset;
	uint8_t sector;
	uint8_t erased;
} StoreEntry;
typedef struct {
	Flash *flash;
	StoreEntry *entries; /* the newest record of every key, found at mount */
	int count, room, mounted, active;
	uint32_t sequence[STORE_SECTORS]; /* 0: free */
	uint16_t end[STORE_SECTORS]; /* place of the next record */
	uint32_t writes;
} Store;

int storeFind(Store *store, const char *key, uint32_t *length);
void storeCopy(Store *store, int entry, uint8_t *into);
int storeWrite(Store *store, const char *key, const uint8_t *value, uint32_t length);
int storeErase(Store *store, const char *key);
void storeUnmount(Store *store);

#endif
