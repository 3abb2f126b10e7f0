/**
 * Flash: a model of NOR flash. Erased bytes are FF, programming only clears bits, erasing takes a
 * whole sector, and a power failure tears the write in progress.
 *
 * Memory comes in pages when they are first programmed: untouched flash costs nothing.
 */
#include "machine.h"

void flashRead(Flash* flash, int sector, uint32_t offset, uint8_t* into, uint32_t count)
{
	Sector* pages = flash->sectors[sector];
	for (uint32_t i = 0; i < count; i++, offset++) {
		uint8_t* page = pages ? pages->pages[offset / PAGE_BYTES] : NULL;
		into[i] = page ? page[offset % PAGE_BYTES] : 0xFF;
	}
}

static uint8_t* byteOf(Flash* flash, int sector, uint32_t offset)
{
	Sector* pages = flash->sectors[sector];
	if (!pages)
		pages = flash->sectors[sector] = calloc(1, sizeof(Sector));
	uint8_t* page = pages->pages[offset / PAGE_BYTES];
	if (!page) {
		page = pages->pages[offset / PAGE_BYTES] = malloc(PAGE_BYTES);
		memset(page, 0xFF, PAGE_BYTES);
	}
	return page + offset % PAGE_BYTES;
}

/* Some of the bits to be cleared are cleared. */
static uint8_t torn(Flash* flash, uint8_t now, uint8_t wanted)
{
	flash->noise = flash->noise * 1664525 + 1013904223;
	return now & (wanted | (uint8_t)(flash->noise >> 24));
}

/* 1, or 0 if the power failed on the way: then the bytes before are written. */
int flashProgram(Flash* flash, int sector, uint32_t offset, const uint8_t* bytes, uint32_t count)
{
	if (flash->powerLost)
		return 0;
	for (uint32_t i = 0; i < count; i++) {
		uint8_t* byte = byteOf(flash, sector, offset + i);
		if (flash->armed == 0) {
			*byte = torn(flash, *byte, bytes[i]);
			flash->powerLost = 1;
			return 0;
		}
		if (flash->armed != NOT_ARMED)
			flash->armed--;
		*byte &= bytes[i];
		flash->bytesWritten++;
	}
	return 1;
}

/* An interrupted erase leaves the beginning erased and the rest unchanged. */
int flashErase(Flash* flash, int sector)
{
	if (flash->powerLost)
		return 0;
	uint32_t count = SECTOR_BYTES;
	if (flash->armed != NOT_ARMED) {
		if (flash->armed < SECTOR_BYTES) {
			count = (uint32_t)flash->armed;
			flash->powerLost = 1;
		}
		else
			flash->armed -= SECTOR_BYTES;
	}
	flash->wear[sector]++;
	flash->erases++;
	Sector* pages = flash->sectors[sector];
	if (pages) {
		for (uint32_t page = 0; page < SECTOR_BYTES / PAGE_BYTES; page++) {
			uint32_t from = page * PAGE_BYTES;
			if (!pages->pages[page] || from >= count)
				continue;
			if (count - from >= PAGE_BYTES) {
				free(pages->pages[page]);
				pages->pages[page] = NULL;
			}
			else
				memset(pages->pages[page], 0xFF, count - from);
		}
		if (count == SECTOR_BYTES) {
			free(pages);
			flash->sectors[sector] = NULL;
		}
	}
	return !flash->powerLost;
}

int flashIsBlank(Flash* flash, int sector, uint32_t from)
{
	Sector* pages = flash->sectors[sector];
	if (!pages)
		return 1;
	for (uint32_t offset = from; offset < SECTOR_BYTES; offset++) {
		uint8_t* page = pages->pages[offset / PAGE_BYTES];
		if (!page)
			offset |= PAGE_BYTES - 1;
		else if (page[offset % PAGE_BYTES] != 0xFF)
			return 0;
	}
	return 1;
}
