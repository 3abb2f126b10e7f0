/** Driver: hosts/esp32/fade.c, asked line by line; each answer is the duty, whether it moves, whether it wants beats. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fade.h"

#define MOST 100

static struct FadePoint path[MOST];

int main(void)
{
	struct Fade fade = { 0 };
	char word[8];
	uint32_t now, first, second;
	while (scanf("%7s %u", word, &now) == 2) {
		if (strcmp(word, "hold") == 0) {
			fadeHold(&fade, now);
		} else if (strcmp(word, "start") == 0) {
			uint32_t count = 0;
			while (count < MOST && scanf(" %u:%u", &first, &second) == 2)
				path[count++] = (struct FadePoint){ .at = first, .duty = second };
			fadeStart(&fade, path, count, now);
		} else if (strcmp(word, "stop") == 0) {
			fadeStop(&fade, now);
		} else if (strcmp(word, "beat") == 0) {
			fadeBeat(&fade, now);
		} else if (strcmp(word, "step") == 0) {
			fadeStep(&fade, now);
		} else if (strcmp(word, "value") == 0 && scanf(" %u %u", &first, &second) == 2) {
			printf("%u\n", fadeValue(now, first, second != 0));
			continue;
		} else {
			return 2;
		}
		printf("%u %d %d\n", fade.duty, fade.phase, fadeWantsBeats(&fade, now));
	}
	return feof(stdin) ? 0 : 3;
}
