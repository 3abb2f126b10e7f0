/**
 * Images: two slots of firmware and the bootloader's rule for them, as ESP-IDF's with rollback.
 *
 * The machine always runs the one image in the root; the bytes written here affect the bootloader
 * and the version's text only. An image whose first bytes are DIES ends at its first boot, like one
 * that crashes. One whose first line is RUNS and a version runs under this version. One that begins
 * as a controller's is verified as ESP-IDF does before it boots; any other stands for one.
 */
#include <stdlib.h>
#include <string.h>
#include "images.h"
#include "hash.h"

#define DIES "DIES"
#define RUNS "RUNS "
#define RUNS_BYTES (sizeof(RUNS) - 1)
#define STATE_BYTES 32 /* an entry of the partition otadata */

/* Programs `count` bytes, also into `into` unless it is NULL; 0 if the power failed on the way. */
static int program(Flash *flash, uint8_t *into, const uint8_t *bytes, uint32_t count)
{
	if (flash->powerLost) return 0;
	for (uint32_t i = 0; i < count; i++) {
		if (flash->armed == 0) {
			flash->powerLost = 1;
			return 0;
		}
		if (flash->armed != NOT_ARMED) flash->armed--;
		if (into) into[i] = bytes[i];
	}
	return 1;
}

/* Refused for the slot to which an image on probation would roll back. */
int imageBegin(Images *images, uint32_t count)
{
	if (images->onProbation || count == 0 || count > IMAGE_BYTES) return 0;
	int other = !images->running;
	free(images->bytes[other]);
	images->bytes[other] = malloc(count);
	images->wanted = images->length[other] = 0;
	if (!images->bytes[other]) return 0;
	memset(images->bytes[other], 0xFF, count);
	images->length[other] = count;
	images->activated = 0;
	images->wanted = count;
	images->written = 0;
	return 1;
}

int imageWrite(Images *images, Flash *flash, const uint8_t *bytes, uint32_t count)
{
	if (!images->wanted || count > images->wanted - images->written) return 0;
	if (!program(flash, images->bytes[!images->running] + images->written, bytes, count)) return 0;
	images->written += count;
	return 1;
}

/* esp_image_format.h: segments, a checksum at the end of 16 bytes, the SHA-256 of all that. */
#define ESP_MAGIC 0xE9
#define ESP_HEADER_BYTES 24
#define ESP_SEGMENT_HEADER_BYTES 8
#define ESP_CHECKSUM_SEED 0xEF
#define ESP_ALIGNMENT 16
#define ESP_DIGEST_BYTES 32

static int isWhole(const uint8_t *bytes, uint32_t length)
{
	uint32_t at = ESP_HEADER_BYTES;
	uint8_t checksum = ESP_CHECKSUM_SEED, digest[ESP_DIGEST_BYTES];
	if (bytes[0] != ESP_MAGIC) return 1;
	if (length < ESP_HEADER_BYTES) return 0;
	for (int left = bytes[1]; left > 0; left--) {
		uint32_t size;
		if (length - at < ESP_SEGMENT_HEADER_BYTES) return 0;
		memcpy(&size, bytes + at + 4, sizeof(size));
		at += ESP_SEGMENT_HEADER_BYTES;
		if (length - at < size) return 0;
		while (size-- > 0) checksum ^= bytes[at++];
	}
	uint32_t end = (at / ESP_ALIGNMENT + 1) * ESP_ALIGNMENT;
	if (length < end || length - end < ESP_DIGEST_BYTES || bytes[end - 1] != checksum) return 0;
	sha256(bytes, end, digest);
	return !memcmp(digest, bytes + end, ESP_DIGEST_BYTES);
}

/* A torn entry is ignored: until it is whole, the previous one applies. */
int imageActivate(Images *images, Flash *flash)
{
	int other = !images->running;
	if (!images->wanted || images->written != images->wanted
		|| !isWhole(images->bytes[other], images->length[other]) || !program(flash, NULL, NULL, STATE_BYTES))
		return 0;
	images->wanted = 0;
	images->activated = 1;
	return 1;
}

int imageKeep(Images *images, Flash *flash)
{
	if (images->onProbation && !program(flash, NULL, NULL, STATE_BYTES)) return 0;
	images->onProbation = 0;
	return 1;
}

/* Notes the version in the first line of the image that boots; none: the root's own. */
static void nameVersion(Images *images)
{
	uint8_t *bytes = images->bytes[images->running];
	uint32_t length = images->length[images->running], count = 0;
	images->version[0] = 0;
	if (!bytes || length < RUNS_BYTES || memcmp(bytes, RUNS, RUNS_BYTES)) return;
	bytes += RUNS_BYTES;
	length -= RUNS_BYTES;
	while (count < length && bytes[count] > ' ' && bytes[count] < 0x7F) count++;
	if (count == length || bytes[count] != '\n' || count >= VERSION_BYTES) return;
	memcpy(images->version, bytes, count);
	images->version[count] = 0;
}

/* The bootloader's decision. 1: a new image boots for the first time. */
int imageBoot(Images *images)
{
	int isNew = !images->onProbation && images->activated;
	if (images->onProbation || isNew) images->running = !images->running;
	images->onProbation = (uint8_t) isNew;
	images->activated = 0;
	images->wanted = 0;
	nameVersion(images);
	return isNew;
}

int imageDies(Images *images)
{
	uint8_t *bytes = images->bytes[images->running];
	return bytes && !memcmp(bytes, DIES, sizeof(DIES) - 1);
}
