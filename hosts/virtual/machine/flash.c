/**
 * Flash: a model of NOR flash. Erased bytes are FF, programming only clears bits, erasing takes a
 * whole sector, and a power failure tears the page or sector under work in any order.
 *
 * Memory comes in pages when they are first programmed: untouched flash costs nothing.
 */
#include <stdlib.h>
#include <string.h>
#include "flash.h"

void flashRead(Flash *flash, int sector, uint32_t offset, uint8_t *into, uint32_t count)
{
	Sector *pages = flash->sectors[sector];
	for (uint32_t i = 0; i < count; i++, offset++) {
		uint8_t *page = pages ? pages->pages[offset / PAGE_BYTES] : NULL;
		into[i] = page ? page[offset % PAGE_BYTES] : 0xFF;
	}
}

static uint8_t *byteOf(Flash *flash, int sector, uint32_t offset)
{
	Sector *pages = flash->sectors[sector];
	if (!pages) pages = flash->sectors[sector] = calloc(1, sizeof(Sector));
	uint8_t *page = pages->pages[offset / PAGE_BYTES];
	if (!page) {
		page = pages->pages[offset / PAGE_BYTES] = malloc(PAGE_BYTES);
		memset(page, 0xFF, PAGE_BYTES);
	}
	return page + offset % PAGE_BYTES;
}

/* ---- a write or an erase that power failed in
 *
 * Within a page (of an erase: within the sector) flash changes its bits in no stated order. */
enum { FROM_FRONT, FROM_BACK, SOME_BYTES, SOME_BITS, FEW_BITS, STYLES };
typedef struct {
	int style;
	uint32_t share, edge;
} Tear;

/* 0 to 255. */
static uint8_t chance(Flash *flash)
{
	flash->noise = flash->noise * 1664525 + 1013904223;
	return (uint8_t) (flash->noise >> 24);
}

/* Of `size` bytes of which so many as are armed were to be written. */
static Tear tearOf(Flash *flash, uint32_t size)
{
	uint32_t armed = (uint32_t) flash->armed;
	flash->noise ^= ((uint32_t) flash->bytesWritten + armed) * 0x9E3779B1; /* another at each place */
	int style = chance(flash) % STYLES;
	uint32_t share = chance(flash);
	return (Tear){ style, share, style == FROM_FRONT ? armed : share * size >> 8 };
}

/* Which bits of byte `at` stay as they were. */
static uint8_t staying(Flash *flash, Tear tear, uint32_t at)
{
	switch (tear.style) {
	case FROM_FRONT:
		return at < tear.edge ? 0 : at > tear.edge ? 0xFF : chance(flash);
	case FROM_BACK:
		return at < tear.edge ? 0xFF : 0;
	case SOME_BYTES:
		return chance(flash) < tear.share ? 0xFF : 0;
	case SOME_BITS:
		return chance(flash);
	default:
		return chance(flash) < tear.share ? chance(flash) : 0xFF;
	}
}

/* ---- programming and erasing */

/* 1, or 0 if the power failed on the way: then the pages before are written, and of the page under
 * work some bits. */
int flashProgram(Flash *flash, int sector, uint32_t offset, const uint8_t *bytes, uint32_t count)
{
	if (flash->powerLost || flash->isWorn) return 0;
	for (uint32_t at = 0, end; at < count; at = end) {
		end = at + PAGE_BYTES - (offset + at) % PAGE_BYTES;
		if (end > count) end = count;
		uint32_t size = end - at;
		uint8_t *page = byteOf(flash, sector, offset + at);
		if (flash->armed != NOT_ARMED && flash->armed < size) {
			Tear tear = tearOf(flash, size);
			for (uint32_t i = 0; i < size; i++) page[i] &= bytes[at + i] | staying(flash, tear, i);
			flash->armed = 0;
			flash->powerLost = 1;
			return 0;
		}
		if (flash->armed != NOT_ARMED) flash->armed -= size;
		for (uint32_t i = 0; i < size; i++) page[i] &= bytes[at + i];
		flash->bytesWritten += size;
	}
	return 1;
}

/* An interrupted erase leaves some bits of the sector as they were. */
int flashErase(Flash *flash, int sector)
{
	if (flash->powerLost || flash->isWorn) return 0;
	int isCut = flash->armed != NOT_ARMED && flash->armed < SECTOR_BYTES;
	if (isCut)
		flash->powerLost = 1;
	else if (flash->armed != NOT_ARMED)
		flash->armed -= SECTOR_BYTES;
	flash->wear[sector]++;
	flash->erases++;
	Sector *pages = flash->sectors[sector];
	Tear tear = isCut ? tearOf(flash, SECTOR_BYTES) : (Tear){ 0, 0, 0 };
	for (uint32_t nth = 0; pages && nth < SECTOR_BYTES / PAGE_BYTES; nth++) {
		uint8_t *page = pages->pages[nth];
		for (uint32_t i = 0; isCut && page && i < PAGE_BYTES; i++)
			page[i] |= (uint8_t) ~staying(flash, tear, nth * PAGE_BYTES + i);
		if (!isCut) free(page);
	}
	if (!isCut) {
		free(pages);
		flash->sectors[sector] = NULL;
	}
	return !isCut;
}

/* As of a chip that was elsewhere before: a sector stays, or has any bytes, those of the next one, or
 * none. It wears nothing. */
void flashScrawl(Flash *flash, int first, int count)
{
	for (int nth = 0; nth < count; nth++) {
		int how = chance(flash) & 3;
		for (uint32_t at = 0; how && at < SECTOR_BYTES; at++) {
			uint8_t byte = how == 1 ? chance(flash) : 0xFF;
			if (how == 2) flashRead(flash, first + (nth + 1) % count, at, &byte, 1);
			*byteOf(flash, first + nth, at) = byte;
		}
	}
}

int flashIsBlank(Flash *flash, int sector, uint32_t from)
{
	Sector *pages = flash->sectors[sector];
	if (!pages) return 1;
	for (uint32_t offset = from; offset < SECTOR_BYTES; offset++) {
		uint8_t *page = pages->pages[offset / PAGE_BYTES];
		if (!page)
			offset |= PAGE_BYTES - 1;
		else if (page[offset % PAGE_BYTES] != 0xFF)
			return 0;
	}
	return 1;
}
