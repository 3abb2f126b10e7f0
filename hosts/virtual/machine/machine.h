/**
 * Machine: declarations shared by the files of the embedding.
 *
 * One instance of the program holds one fleet: a frozen root machine (the flash) and a lamp per
 * number, each with a clone of the root while it has power. Instants are virtual milliseconds.
 */
#ifndef LUMINODE_MACHINE_H
#define LUMINODE_MACHINE_H

#include "xsAll.h"
#include "protocol.h"

#define EXPORT(NAME) __attribute__((export_name(#NAME), used)) NAME
#define NEVER __builtin_inf()
#define TEXT_BYTES 512 /* of a death's or an error's text; longer ones are cut */

/* The allocations of one owner, in a ring, so that they can be freed at once. */
typedef struct Owned Owned;
struct Owned {
	Owned *next;
	Owned *previous;
};
extern Owned *owner;
void ownedOpen(Owned *ring);
void ownedFreeAll(Owned *ring);

/* Waiting bytes, first in, first out. */
typedef struct {
	uint8_t *data;
	uint32_t start, length, room;
} Fifo;
void fifoPut(Fifo *fifo, const uint8_t *bytes, uint32_t count);
uint32_t fifoTake(Fifo *fifo, uint8_t *into, uint32_t room);
void fifoClear(Fifo *fifo);

/* Places of the numbers that a restart leaves in memory. */
enum { RETAINED_LEVEL, RETAINED_REFUSALS, RETAINED };

typedef struct Input Input;
struct Input {
	Input *next;
	double at;
	double value;
	uint16_t kind, channel;
	uint32_t length;
	uint8_t bytes[];
};

/* ---- flash.c: 4 KB sectors in lazily allocated pages */
#define SECTOR_BYTES 4096
#define PAGE_BYTES 256
#define STORE_SECTORS 6 /* the NVS partition of partitions.csv: 24 KB */
#define LOG_SECTORS 16 /* the raw log partition: 64 KB */
#define FLASH_SECTORS (STORE_SECTORS + LOG_SECTORS)
#define NOT_ARMED (-1)

typedef struct {
	uint8_t *pages[SECTOR_BYTES / PAGE_BYTES];
} Sector;
typedef struct {
	Sector *sectors[FLASH_SECTORS]; /* NULL: not programmed since it was erased */
	uint32_t wear[FLASH_SECTORS];
	uint32_t erases;
	double bytesWritten;
	int64_t armed; /* bytes until the power fails; NOT_ARMED */
	int powerLost;
	int isWorn; /* it takes nothing more: writes and erases fail */
	uint32_t noise; /* selects the bits that a torn page lost */
} Flash;

void flashRead(Flash *flash, int sector, uint32_t offset, uint8_t *into, uint32_t count);
int flashProgram(Flash *flash, int sector, uint32_t offset, const uint8_t *bytes, uint32_t count);
int flashErase(Flash *flash, int sector);
void flashScrawl(Flash *flash, int first, int count);
int flashIsBlank(Flash *flash, int sector, uint32_t from);

/* ---- store.c: keys and values on the first sectors */
#define STORE_KEY_BYTES 15
#define STORE_VALUE_BYTES 3900
enum { STORE_OK, STORE_FULL, STORE_FAILED };

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

/* ---- images.c: the two slots of firmware */
#define IMAGE_BYTES 0x1D0000 /* of a slot, as in partitions.csv */
#define VERSION_BYTES 16 /* of a version's text and its end */

typedef struct {
	uint8_t *bytes[2]; /* NULL: the factory's image */
	uint32_t length[2];
	uint32_t wanted, written; /* of the slot that does not run */
	uint8_t running, onProbation, activated;
	char version[VERSION_BYTES]; /* of the image that runs; empty: the root's */
} Images;

int imageBegin(Images *images, uint32_t count);
int imageWrite(Images *images, Flash *flash, const uint8_t *bytes, uint32_t count);
int imageActivate(Images *images, Flash *flash);
int imageKeep(Images *images, Flash *flash);
int imageBoot(Images *images);
int imageDies(Images *images);

/* ---- hash.c */
typedef struct {
	uint32_t state[8];
	uint8_t block[64];
	uint32_t filled;
	uint64_t count;
} Sha256;
void shaBegin(Sha256 *sha);
void shaUpdate(Sha256 *sha, const uint8_t *bytes, uint32_t count);
void shaEnd(Sha256 *sha, uint8_t *digest);

/* ---- one lamp */
/* Over TLS: connecting, reached, securing, worked (the handshake is done and not reported yet),
 * open. */
enum { STREAM_FREE, STREAM_CONNECTING, STREAM_REACHED, STREAM_SECURING, STREAM_WORKED, STREAM_OPEN };
typedef struct {
	int state, tls;
	uint32_t inFlight;
	Fifo received;
} Stream;

typedef struct {
	txMachine *machine; /* NULL: without power, or dead */
	Owned owned;
	txSlot deliver;
	Input *firstInput;
	Input *lastInput;
	double due; /* the earlier of alarm and first input */
	double alarm;
	double busyUntil; /* in a TLS handshake: only the mains reach the machine */
	double bootAt;
	double clockOffset;
	int place; /* in the heap of due lamps; -1: not in it */
	uint32_t number;
	uint32_t random[4];
	uint32_t luck; /* of its doors */
	double share[DOORS]; /* of the calls of a door that fail by chance */
	double retained[RETAINED]; /* survive a restart, not a loss of power */
	uint8_t cause, clockRuns, isRetained, ended; /* isRetained: a bit for each of them */
	int endKind;
	double endValue;
	double turnsAt; /* the instant that turnsThere counts */
	uint32_t turnsThere;
	Stream streams[STREAMS];
	Fifo serial, datagrams;
	uint16_t port; /* of the datagrams; 0: none is bound */
	uint8_t networkUp, serialLost, busAwaits;
	uint16_t busFrame; /* number of the last frame */
	uint32_t serialInFlight;
	Flash flash;
	Store store;
	Images images;
	Sha256 digest; /* the digest in progress */
	double computrons;
	double turns;
	uint32_t slotsPeak, chunksPeak, collections;
	txSlot *base; /* the stack between two turns */
	uint32_t stackPeak; /* slots */
} Lamp;

extern Lamp *current; /* the lamp being run; NULL while the root is built */
extern txMachine *root;
extern txSlot *rootMain; /* the default export of the started module, in the root */
extern double instant; /* the virtual instant being run */
extern double epochUtc;
extern double computronBudget;
extern char errorText[TEXT_BYTES];
extern const char *memoryWhy; /* the memory that ran out last */
extern txCreation lampCreation;
/* Names of the lamps of a fleet. */
extern char serialPrefix[], hardwareName[], profileName[];

void lampBoot(Lamp *lamp, int cause);
void lampCut(Lamp *lamp);
void lampRelease(Lamp *lamp);
void lampDeliver(Lamp *lamp, int kind, double value, int channel, int more);
void lampEnd(Lamp *lamp, int kind, double value, const char *text);
void lampStatistics(Lamp *lamp, double *into);
void lampAlarm(Lamp *lamp, double at);
uint32_t lampRandom(Lamp *lamp);
uint32_t lampLuck(Lamp *lamp, int door);
void lampSeed(Lamp *lamp, uint64_t seed);
void describeException(txMachine *the, char *into, int room);

/* ---- stack.c */
void stackEnter(Lamp *lamp);
void stackLeave(Lamp *lamp);
void stackBegin(Lamp *lamp);
void stackClear(void);

/* ---- effects.c */
/* Inputs and effects alike; ../fleet/records.ts reads the layout. */
typedef struct {
	double at, value;
	uint32_t lamp;
	uint16_t kind, channel;
	uint32_t length, offset;
} Item;
typedef struct {
	Item *items;
	uint8_t *bytes;
	uint32_t count, bytesCount;
} Effects;
extern Effects effects; /* of the last run, in order of instant, then lamp */
void effect(Lamp *lamp, int kind, double value, int channel, const void *bytes, uint32_t count);
void effectsDrop(void);

int rootBuild(const char *main);
void rootVersion(const char *version);
void rootFreeze(txMachine *the);
void buildDoors(txMachine *the);

void sha256(const uint8_t *bytes, uint32_t count, uint8_t *digest);
void hmacSha256(const uint8_t *key, uint32_t keyCount, const uint8_t *bytes, uint32_t count, uint8_t *digest);
uint32_t crc32Of(uint32_t crc, const uint8_t *bytes, uint32_t count);

uint32_t utf8Length(const char *string);
void utf8Encode(const char *string, uint8_t *into);
int utf8IsValid(const uint8_t *bytes, uint32_t count);

#endif
