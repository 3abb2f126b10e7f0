/**
 * Images: two slots of firmware and the bootloader's rule for them, as ESP-IDF's with rollback.
 *
 * The machine always runs the one image in the root; the bytes written here affect the bootloader
 * only. An image whose first bytes are DIES ends at its first boot, like one that crashes.
 */
#include "machine.h"

#define DIES "DIES"
#define STATE_BYTES 32 /* an entry of the partition otadata */

/* Programs `count` bytes, also into `into` unless it is NULL; 0 if the power failed on the way. */
static int program(Flash* flash, uint8_t* into, const uint8_t* bytes, uint32_t count)
{
	if (flash->powerLost)
		return 0;
	for (uint32_t i = 0; i < count; i++) {
		if (flash->armed == 0) {
			flash->powerLost = 1;
			return 0;
		}
		if (flash->armed != NOT_ARMED)
			flash->armed--;
		if (into)
			into[i] = bytes[i];
	}
	return 1;
}

/* Refused for the slot to which an image on probation would roll back. */
int imageBegin(Images* images, uint32_t count)
{
	if (images->onProbation || count == 0 || count > IMAGE_BYTES)
		return 0;
	int other = !images->running;
	if (!images->bytes[other])
		images->bytes[other] = malloc(IMAGE_BYTES);
	memset(images->bytes[other], 0xFF, IMAGE_BYTES);
	images->activated = 0;
	images->wanted = count;
	images->written = 0;
	return 1;
}

int imageWrite(Images* images, Flash* flash, const uint8_t* bytes, uint32_t count)
{
	if (!images->wanted || count > images->wanted - images->written)
		return 0;
	if (!program(flash, images->bytes[!images->running] + images->written, bytes, count))
		return 0;
	images->written += count;
	return 1;
}

/* A torn entry is ignored: until it is whole, the previous one applies. */
int imageActivate(Images* images, Flash* flash)
{
	if (!images->wanted || images->written != images->wanted
			|| !program(flash, NULL, NULL, STATE_BYTES))
		return 0;
	images->wanted = 0;
	images->activated = 1;
	return 1;
}

int imageKeep(Images* images, Flash* flash)
{
	if (images->onProbation && !program(flash, NULL, NULL, STATE_BYTES))
		return 0;
	images->onProbation = 0;
	return 1;
}

/* The bootloader's decision. 1: a new image boots for the first time. */
int imageBoot(Images* images)
{
	int isNew = !images->onProbation && images->activated;
	if (images->onProbation || isNew)
		images->running = !images->running;
	images->onProbation = (uint8_t)isNew;
	images->activated = 0;
	images->wanted = 0;
	return isNew;
}

int imageDies(Images* images)
{
	uint8_t* bytes = images->bytes[images->running];
	return bytes && !memcmp(bytes, DIES, sizeof(DIES) - 1);
}
