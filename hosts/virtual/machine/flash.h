/**
 * Flash: 4 KB sectors in pages that are allocated when they are first programmed.
 */
#ifndef LUMINODE_FLASH_H
#define LUMINODE_FLASH_H

#include <stdint.h>

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

#endif
